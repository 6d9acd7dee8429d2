import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, describe, expect, test } from 'vitest';
import { connectTo } from '../harness/database.js';
import { startProvisioned } from '../harness/township.js';
import { buildWorld, readCase, recordCase, step } from '../harness/world.js';

const township = await startProvisioned({ env: { DOORSTEP_SWEEP_SECONDS: '0' } });
const world = await buildWorld(township);
const { admin, database } = township;
const outside = connectTo(township.stopped.database);
afterAll(async () => {
	await outside.destroy();
	await township.stop();
});

/** Directus tries four times within 0.7 s; SQLite lets whoever has read already not wait at all. */
const LOCKED_MS = 250;

/** Sends two notes in one batch while another program holds what they need, so that Directus has to begin anew. */
async function sendWhileLocked(cases: string[]): Promise<number> {
	const batch = cases.map((id) => ({ case_id: id, kind: 'note', note: `给${id}`, client_id: `n-${id}` }));
	const send = () => world.cadre.client.request('POST', '/items/doorstep_case_steps', batch);
	const [lower, higher] = cases.toSorted();
	const trx = await outside.transaction();
	if (database === 'sqlite') {
		await trx('doorstep_departments').insert({ id: randomUUID(), name: randomUUID() });
		const sent = send();
		await sleep(LOCKED_MS);
		await trx.rollback();
		return (await sent).status;
	}
	// A real deadlock: Directus waits for the higher case and holds the lower one, which is then asked for here.
	await trx('doorstep_cases').where({ id: higher }).forUpdate().select('id');
	const sent = send();
	await sleep(300);
	await trx('doorstep_cases').where({ id: lower }).forUpdate().select('id');
	await trx.commit();
	return (await sent).status;
}

describe('A transaction that the database ends is begun anew with what was sent', () => {
	test('a batch behind a lock gets in once, each note with its own words', async () => {
		const cases = [
			(await recordCase(world.cadre, world.household)).id,
			(await recordCase(world.cadre, world.household)).id,
		].toSorted();
		expect(await sendWhileLocked(cases)).toBe(200);
		for (const id of cases) {
			const notes = await admin.ok<{ seq: number; note: string }[]>(
				'GET',
				`/items/doorstep_case_steps?filter[case_id][_eq]=${id}&filter[kind][_eq]=note`,
			);
			expect(notes.map(({ seq, note }) => ({ seq, note }))).toEqual([{ seq: 2, note: `给${id}` }]);
		}
		if (database === 'postgres') {
			const deadlocks = async () => {
				const [row] = await township.sql<{ deadlocks: string }>(
					'select deadlocks from pg_stat_database where datname = current_database()',
				);
				return Number(row?.deadlocks);
			};
			await expect.poll(deadlocks, { timeout: 10_000 }).toBeGreaterThan(0);
		}
		expect(await admin.ok('GET', '/doorstep/audit')).toMatchObject({ ok: true, faults: [] });
	});

	test('a new case with steps behind a lock is recorded once, and its number is the next', async () => {
		const before = await recordCase(world.cadre, world.household);
		const trx = await outside.transaction();
		await trx('doorstep_counters').update({ n: outside.raw('n') });
		const recording = recordCase(world.cadre, world.household, {
			...{ ledger: 'immediate', client_id: 'behind-a-lock' },
			steps: [{ kind: 'resolve', note: '当场办好' }],
		});
		await sleep(LOCKED_MS);
		await trx.rollback();
		const recorded = await recording;
		expect(Number(recorded.number.slice(5))).toBe(Number(before.number.slice(5)) + 1);
		expect(await readCase(world.cadre, recorded.id)).toMatchObject({ status: 'resolved', seq: 2 });
	});
});

describe('Access: what is foreign and what is missing look the same', () => {
	test('for a new case, a new step, a correction, an acknowledgement and what is possible', async () => {
		const foreign = await recordCase(world.stranger, world.foreign, {
			happened_at: new Date(Date.now() - 48 * 3_600_000).toISOString(),
		});
		await admin.ok('POST', '/doorstep/sweep');
		const [rung] = await admin.ok<{ id: string }[]>(
			'GET',
			`/items/doorstep_escalations?filter[case_id][_eq]=${foreign.id}&limit=1`,
		);
		const { client } = world.cadre;
		const ways: [id: string, ask: (id: string) => ReturnType<typeof client.request>][] = [
			[
				world.foreign,
				(household) =>
					client.request('POST', '/items/doorstep_cases', { household, ledger: 'proxy', title: '落户' }),
			],
			[foreign.id, (id) => step(world.cadre, id, 'note', { note: '试' })],
			[foreign.id, (id) => client.request('PATCH', `/items/doorstep_cases/${id}`, { title: '试' })],
			[foreign.id, (id) => client.request('PATCH', '/items/doorstep_cases', [{ id, title: '试' }])],
			[foreign.id, (id) => client.request('PATCH', `/items/doorstep_cases/${id}`, { status: 'closed' })],
			[
				rung!.id,
				(id) =>
					client.request('PATCH', `/items/doorstep_escalations/${id}`, { acknowledged_at: '2026-01-01' }),
			],
			[foreign.id, (id) => client.request('DELETE', `/items/doorstep_cases/${id}`)],
			[world.foreign, (id) => client.request('POST', `/doorstep/households/${id}/erase`, { code: 'x' })],
		];
		for (const [id, ask] of ways) {
			const [there, nowhere] = [await ask(id), await ask(randomUUID())];
			expect(there.status).toBe(403);
			expect([there.status, there.raw.toString()]).toEqual([nowhere.status, nowhere.raw.toString()]);
		}
		const possible = await client.ok<{ cases: object[] }>(
			'GET',
			`/doorstep/cases/possible?ids=${foreign.id},${randomUUID()}`,
		);
		expect(possible.cases).toEqual([]);
	});
});
