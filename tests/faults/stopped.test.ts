import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, expect, test } from 'vitest';
import { randomOf } from '../../seed/demo/random.js';
import { connectTo } from '../harness/database.js';
import { startProvisioned, startSecondInstance, type RunningInstance } from '../harness/township.js';
import { buildWorld, step } from '../harness/world.js';
import { writeDueCases } from './due-cases.js';
import { expectOneNoticeASweep, expectWholeLadder, raisedRungs } from './ladder.js';
import { CASES_A_ROUND, LONG, SEED, STOPPED_MS } from './length.js';
import { sweepNow, until, untilHealth, untilSwept } from './until.js';

const township = await startProvisioned({ env: { DOORSTEP_SWEEP_SECONDS: LONG ? '10' : '0.2' } });
const world = await buildWorld(township);
const database = connectTo(township.stopped.database);
afterAll(async () => {
	await database.destroy();
	await township.stop();
});

const random = randomOf(SEED);

test(`F3, F4: an instance that stands still ${STOPPED_MS / 1000} s (SIGSTOP) raises each rung once when it goes on (seed ${SEED})`, async () => {
	await writeDueCases(database, world, CASES_A_ROUND, random);
	for (let stop = 0; stop < (LONG ? 1 : 4); stop += 1) {
		await sleep(random.between(0, 200));
		township.signal('SIGSTOP');
		await sleep(LONG ? STOPPED_MS : STOPPED_MS / 4);
		township.signal('SIGCONT');
	}
	await untilSwept(township);
	await untilHealth(township, 200, 'ready');
	const { as_of } = await sweepNow(township);
	await expectWholeLadder(database, world, as_of);
	await expectOneNoticeASweep(database);
});

test.runIf(township.database === 'postgres')(
	`F3, F4: while one stands still in the middle of a sweep, another raises the rest, then what that one held; its going on after ${STOPPED_MS / 1000} s harms nothing`,
	async () => {
		const [held, second] = await sweepStandsStill();
		try {
			await writeDueCases(database, world, CASES_A_ROUND, random);
			await sweepUntil(second, (id) => held.includes(id));
			await untilHealth(second, 200, 'ready');
			const [free] = await township.sql<{ id: string }>(
				'select case_id as id from doorstep_escalations order by raised_at desc limit 1',
			);
			const noted = await step({ client: second.admin }, free?.id ?? '', 'note', { note: '照常办理' });
			expect(noted.status).toBe(200);

			await sweepUntil(second, () => false);
			expect((await raisedRungs(database)).filter(({ case_id }) => held.includes(case_id))).not.toEqual([]);
			await sleep(LONG ? STOPPED_MS : 0);
		} finally {
			township.signal('SIGCONT');
		}
		await untilHealth(township, 200, 'ready');
		await Promise.all([sweepNow(township), sweepNow(second)]);
		const { as_of } = await sweepNow(township);
		await expectWholeLadder(database, world, as_of);
		await expectOneNoticeASweep(database);
		await second.stop();
	},
);

test('the audit finds nothing wrong', async () => {
	expect(await township.admin.ok('GET', '/doorstep/audit')).toMatchObject({ ok: true, faults: [] });
});

/** Stops the first instance with its sweep's transaction open. @returns the cases that it holds, and another instance */
async function sweepStandsStill(): Promise<[held: string[], second: RunningInstance]> {
	const second = await startSecondInstance(township, { env: { DOORSTEP_SWEEP_SECONDS: '0' } });
	const inbox = await database.transaction();
	// Rungs are raised, cases are held, and then there is no way into anybody's inbox.
	await inbox.raw('lock table directus_notifications in exclusive mode');
	await writeDueCases(database, world, CASES_A_ROUND, random);
	const due = await township.sql<{ id: string }>('select id from doorstep_cases where next_rung_at <= now()');
	await until(() => sessions("wait_event_type = 'Lock'"), 1);
	township.signal('SIGSTOP');
	await inbox.commit();
	await until(() => sessions("state = 'idle in transaction'"), 1);
	return [due.map(({ id }) => id), second];
}

/** How many sessions of an instance are at a notice of theirs, in such a state. */
async function sessions(state: string): Promise<number> {
	const [row] = await township.sql<{ n: string }>(
		`select count(*) as n from pg_stat_activity where datname = current_database() and ${state}
			and query like 'insert into "directus_notifications"%'`,
	);
	return Number(row?.n);
}

/** Another instance sweeps until no cases are due but those that may be left. */
async function sweepUntil(second: RunningInstance, mayBeLeft: (id: string) => boolean): Promise<void> {
	await until(async () => {
		await sweepNow(second);
		const due = await township.sql<{ id: string }>(
			'select id from doorstep_cases where next_rung_at <= now()',
		);
		return due.filter(({ id }) => !mayBeLeft(id)).length;
	}, 0);
}
