import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, describe, expect, inject, test } from 'vitest';
import { randomOf } from '../../seed/demo/random.js';
import { findPostgres, startCluster } from '../harness/cluster.js';
import { connectTo } from '../harness/database.js';
import { newHome } from '../harness/template.js';
import { startOn } from '../harness/township.js';
import { buildWorld, recordCase } from '../harness/world.js';
import { expectNoInnards } from './answers.js';
import { writeDueCases } from './due-cases.js';
import { expectOneNoticeASweep, expectWholeLadder } from './ladder.js';
import { CASES_A_ROUND, LONG, SEED } from './length.js';
import { expectNothingLost, startLoad, type Sent } from './load.js';
import { sweepNow, untilHealth, untilSwept } from './until.js';

const bin = findPostgres();

describe.skipIf(bin === null)('PostgreSQL goes away', async () => {
	if (bin === null) return;
	const from = inject('template').stages.provisioned;
	if ('failure' in from) throw new Error(from.failure);
	const cluster = await startCluster(bin, from.database);
	const township = await startOn(
		{ home: await newHome(), database: cluster.database },
		{ env: { DOORSTEP_SWEEP_SECONDS: '0.5' } },
	);
	const world = await buildWorld(township);
	const database = connectTo(cluster.database);
	afterAll(async () => {
		await township.stop();
		await database.destroy();
		await cluster.remove();
	});

	const random = randomOf(SEED);
	const sent: Sent[] = [];
	/** Cuts off whoever is connected now, but not the one who asks. */
	const killBackEnds = () =>
		database.raw(
			'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
		);
	const startWork = async () => {
		const cases = await Promise.all(
			Array.from({ length: 4 }, () => recordCase(world.cadre, world.household)),
		);
		return startLoad(
			world.cadre,
			cases.map(({ id }) => id),
			8,
		);
	};

	test(`F3, F4: back ends killed while officials work: what was answered is there, what was not comes once when sent again (seed ${SEED})`, async () => {
		const load = await startWork();
		for (let round = 0; round < (LONG ? 200 : 12); round += 1) {
			await writeDueCases(database, world, CASES_A_ROUND / 10, random);
			await sleep(random.between(50, 500));
			await killBackEnds();
		}
		await load.stop();
		await untilHealth(township, 200, 'ready');
		sent.push(...load.sent);
		const answers = load.sent.flatMap(({ answer }) => answer ?? []);
		expect(answers.filter(({ status }) => status === 200)).not.toEqual([]);
		expect(answers.filter(({ status }) => status !== 200)).not.toEqual([]);
		expectNoInnards(answers);
		await expectNothingLost(township, world.cadre, sent);
	});

	test('F3, F4: after all that each rung was raised once, by its own sweeps', async () => {
		await untilSwept(township);
		const { as_of } = await sweepNow(township);
		await expectWholeLadder(database, world, as_of);
		await expectOneNoticeASweep(database);
	});

	test.each(['fast', 'immediate'] as const)(
		'restarted under load (%s): health says 503 meanwhile and 200 again by itself, nothing is lost, rungs are made up for',
		async (how) => {
			const load = await startWork();
			await sleep(random.between(200, 1000));
			await writeDueCases(database, world, CASES_A_ROUND, random);
			await cluster.stop(how);
			await untilHealth(township, 503, 'database_unavailable');
			const away = await Promise.all([
				township.admin.request('GET', '/doorstep/health'),
				township.admin.request('POST', '/doorstep/sweep'),
				township.admin.request('GET', '/doorstep/audit'),
				world.cadre.client.request('POST', '/items/doorstep_cases', {}),
			]);
			expect(away.slice(1, 3).map(({ errors }) => errors[0]?.extensions.code)).toEqual([
				'DOORSTEP_DATABASE_UNAVAILABLE',
				'DOORSTEP_DATABASE_UNAVAILABLE',
			]);
			await cluster.start();
			await untilHealth(township, 200, 'ready');
			await load.stop();
			expectNoInnards([...away, ...load.sent.flatMap(({ answer }) => answer ?? [])]);
			sent.push(...load.sent);
			await expectNothingLost(township, world.cadre, sent);
			await untilSwept(township);
			const { as_of } = await sweepNow(township);
			await expectWholeLadder(database, world, as_of);
			await expectOneNoticeASweep(database);
		},
	);
});
