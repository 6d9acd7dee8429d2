import { describe, expect, test } from 'vitest';
import { walked } from '../harness/announced.js';
import { startProvisioned } from '../harness/township.js';
import { beijing } from '../unit/cases/builders.js';
import { buildWorld, create } from '../harness/world.js';

const WORKING_DAYS = 5;
/** Around holidays, make-up weekends, month ends and the leap day; by Beijing time. */
const DAYS = [
	...['2024-02-09', '2024-02-29', '2024-04-30', '2024-09-30', '2024-12-31', '2025-01-25', '2025-02-28'],
	...['2025-09-27', '2025-10-08', '2025-12-31', '2026-02-13', '2026-02-28', '2026-05-08', '2026-09-19'],
];
const TIMES = ['00:00:00.000', '07:59:59.999', '08:00:00.000', '23:59:59.999'];
const RAISED = DAYS.flatMap((day) => TIMES.map((time) => ({ day, at: beijing(`${day} ${time}`) })));

/** What a township somewhere makes of all of them: deadline and rungs, by ledger. */
async function deadlinesIn(zone: string): Promise<string[][]> {
	// A database has a zone of its own, by which it writes and reads what says none.
	const township = await startProvisioned({ env: { TZ: zone, DOORSTEP_SWEEP_SECONDS: '0' } });
	try {
		if (township.database === 'postgres') {
			await township.sql(
				`do $$ begin execute format('alter database %I set timezone to %L', current_database(), '${zone}'); end $$`,
			);
			await township.restart();
		}
		const world = await buildWorld(township);
		const service = await create(township.admin, 'doorstep_services', {
			...{ code: 'ZONE', name: '低保申请', category: '救助', ledger: 'proxy' },
			...{ limit_days: WORKING_DAYS, calendar: 'working' },
		});
		const cases = RAISED.flatMap(({ at }) => [
			{ ledger: 'immediate', happened_at: at },
			{ ledger: 'proxy', happened_at: at, service },
			{ ledger: 'reported', happened_at: at },
		]);
		const made: { id: string; due_at: string }[] = [];
		for (const row of cases) {
			const sent = { household: world.household, title: '时区', ...row };
			made.push(await township.admin.ok('POST', '/items/doorstep_cases?fields=id,due_at', sent));
		}
		await township.admin.ok('POST', '/doorstep/sweep');
		const rungs = await township.admin.ok<{ case_id: string; rung: number; due_at: string }[]>(
			'GET',
			'/items/doorstep_escalations?limit=-1&fields=case_id,rung,due_at&sort=rung',
		);
		return made.map(({ id, due_at }) => [
			due_at,
			...rungs.filter(({ case_id }) => case_id === id).map((each) => `${each.rung} ${each.due_at}`),
		]);
	} finally {
		await township.stop();
	}
}

describe('F4: servers and databases in other zones', async () => {
	const utc = await deadlinesIn('UTC');
	const newYork = await deadlinesIn('America/New_York');

	test('F2-F4: deadlines and rungs are the same instants in UTC and in New York', () => {
		expect(utc).toHaveLength(RAISED.length * 3);
		expect(newYork).toEqual(utc);
	});

	test('F4: and they are those of the days that were announced', () => {
		const endOf = (day: string) => beijing(`${day} 23:59:59.999`).toISOString();
		const expected = RAISED.flatMap(({ day }) => {
			const decided = walked(day, 2);
			return [
				[endOf(day), `1 ${endOf(day)}`],
				[endOf(walked(day, WORKING_DAYS)), `2 ${endOf(walked(day, WORKING_DAYS))}`],
				[
					endOf(decided),
					`1 ${endOf(walked(decided, -1))}`,
					`3 ${endOf(walked(decided, 1))}`,
					`4 ${endOf(walked(decided, 5))}`,
				],
			];
		});
		for (const [n, parts] of expected.entries()) expect(utc[n]).toEqual(expect.arrayContaining(parts));
	});
});
