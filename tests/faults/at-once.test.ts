import { afterAll, expect, test } from 'vitest';
import { randomOf } from '../../seed/demo/random.js';
import { connectTo } from '../harness/database.js';
import { startProvisioned, startSecondInstance, type RunningInstance } from '../harness/township.js';
import { buildWorld } from '../harness/world.js';
import { writeDueCases } from './due-cases.js';
import { expectOneNoticeASweep, expectWholeLadder } from './ladder.js';
import { CASES_A_ROUND, ROUNDS_AT_ONCE, SEED } from './length.js';
import { sweepNow } from './until.js';

const quiet = { env: { DOORSTEP_SWEEP_SECONDS: '0' } };
const township = await startProvisioned(quiet);
const world = await buildWorld(township);
const database = connectTo(township.stopped.database);
// SQLite has one process; there the three sweeps meet in it.
const sweepers: RunningInstance[] =
	township.database === 'sqlite'
		? [township, township, township]
		: [
				township,
				...(await Promise.all([startSecondInstance(township, quiet), startSecondInstance(township, quiet)])),
			];
afterAll(async () => {
	await database.destroy();
	for (const sweeper of sweepers.slice(1)) await sweeper.stop();
	await township.stop();
});

const random = randomOf(SEED);
/** Of all sweeps, for several may fall into one millisecond. */
const sweptAt: string[] = [];
const where = township.database === 'sqlite' ? 'in one instance' : 'in three instances';

test(`F3, F4: three sweeps at once ${where} over ${CASES_A_ROUND} due cases raise each rung once and tell each person once a sweep (seed ${SEED})`, async () => {
	for (let round = 0; round < ROUNDS_AT_ONCE; round += 1) {
		await writeDueCases(database, world, CASES_A_ROUND, random);
		const answers = await Promise.all(sweepers.map(sweepNow));
		answers.push(await sweepNow(township));
		sweptAt.push(...answers.map(({ as_of }) => as_of));
		await expectWholeLadder(database, world, sweptAt.at(-1) ?? '');
	}
	await expectOneNoticeASweep(database, sweptAt);
});

test.runIf(township.database === 'postgres')(
	'F3, F4: one of three that is killed while all sweep leaves nothing half raised, and the others raise the rest',
	async () => {
		const [, , victim] = sweepers;
		await writeDueCases(database, world, CASES_A_ROUND * 4, random);
		const last = victim === undefined ? undefined : sweepNow(victim).catch(() => undefined);
		const others = [township, ...sweepers.slice(1, 2)].map(sweepNow);
		await victim?.kill();
		const answers = await Promise.all(others);
		await last;
		// The one that was killed may have been through in the same moment as either, and nobody has heard of it.
		for (const { as_of } of answers) sweptAt.push(as_of, as_of);
		await expectOneNoticeASweep(database, sweptAt);
		const { as_of } = await sweepNow(township);
		sweptAt.push(as_of);
		await expectWholeLadder(database, world, as_of);
		await expectOneNoticeASweep(database, sweptAt);
	},
);

test('the audit finds nothing wrong', async () => {
	expect(await township.admin.ok('GET', '/doorstep/audit')).toMatchObject({ ok: true, faults: [] });
});
