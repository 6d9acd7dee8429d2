import { randomBytes } from 'node:crypto';
import { afterAll, describe, expect, inject, test } from 'vitest';
import { randomOf } from '../../seed/demo/random.js';
import { findPostgres, startCluster } from '../harness/cluster.js';
import { connectTo, copyDatabase, type DatabaseSettings } from '../harness/database.js';
import type { Answer } from '../harness/request.js';
import { mountSmallDisk } from '../harness/small-disk.js';
import { newHome } from '../harness/template.js';
import { startOn } from '../harness/township.js';
import { buildWorld, recordCase, step, type Person } from '../harness/world.js';
import { expectNoInnards } from './answers.js';
import { writeDueCases } from './due-cases.js';
import { expectOneNoticeASweep, expectWholeLadder } from './ladder.js';
import { CASES_A_ROUND, SEED } from './length.js';
import { sweepNow, untilHealth, untilSwept } from './until.js';

const kind = inject('database');
const bin = kind === 'postgres' ? findPostgres() : '';
const disk = bin === null ? null : await mountSmallDisk(kind === 'postgres' ? 64 : 24);

describe.skipIf(disk === null)('the disk is full', async () => {
	if (disk === null || bin === null) return;
	const from = inject('template').stages.provisioned;
	if ('failure' in from) throw new Error(from.failure);
	const cluster = kind === 'postgres' ? await startCluster(bin, from.database, disk.path) : null;
	const place: DatabaseSettings = cluster?.database ?? (await copyDatabase(from.database, disk.path));
	const township = await startOn(
		{ home: await newHome(), database: place },
		{ env: { DOORSTEP_SWEEP_SECONDS: '0.5' } },
	);
	const world = await buildWorld(township);
	const database = connectTo(place);
	afterAll(async () => {
		await township.stop();
		await database.destroy();
		await cluster?.remove();
		await disk.remove();
	});

	const random = randomOf(SEED);
	const administrator = { ...world.cadre, client: township.admin };
	/** Notes that take room, for nobody can press them smaller, until there is none for another. */
	const noteUntilRefused = async (by: Person, caseId: string): Promise<Answer<unknown>> => {
		for (let left = 2_000; left > 0; left -= 1) {
			const answer = await step(by, caseId, 'note', { note: randomBytes(1500).toString('base64') });
			if (answer.status !== 200) return answer;
		}
		throw new Error('The disk does not get full.');
	};

	test('steps, cases and sweeps are refused in words that tell why, and nothing is half done', async () => {
		const recorded = await recordCase(world.cadre, world.household);
		// Nothing is to be swept before there is no room. PostgreSQL lets nobody in on a full disk, so there it only stands still
		// meanwhile; on SQLite it might hold the file.
		if (kind === 'postgres') township.signal('SIGSTOP');
		else await township.kill();
		await writeDueCases(database, world, CASES_A_ROUND, random);
		await disk.fill();
		if (kind === 'postgres') township.signal('SIGCONT');
		else await township.restart();

		const refused = [
			await noteUntilRefused(world.cadre, recorded.id),
			await noteUntilRefused(administrator, recorded.id),
			await township.admin.request('POST', '/doorstep/sweep'),
		];
		expectNoInnards(refused);
		expect(refused.map(({ status, errors }) => [status, errors[0]?.extensions.code])).toEqual(
			refused.map(() => [503, 'DOORSTEP_DATABASE_UNAVAILABLE']),
		);
		await expectOneNoticeASweep(database);
	});

	test('F3, F4: with room again everything goes on by itself: each rung once, with its true time', async () => {
		await disk.clear();
		await untilSwept(township);
		await untilHealth(township, 200, 'ready');
		const { as_of } = await sweepNow(township);
		await expectWholeLadder(database, world, as_of);
		await expectOneNoticeASweep(database);
		const recorded = await recordCase(world.cadre, world.household);
		expect((await step(world.cadre, recorded.id, 'note', { note: '照常办理' })).status).toBe(200);
		expect(await township.admin.ok('GET', '/doorstep/audit')).toMatchObject({ ok: true, faults: [] });
	});
});
