import { afterAll, expect, test } from 'vitest';
import { startProvisioned, startSecondInstance } from '../harness/township.js';
import { clientOf } from '../harness/request.js';
import { buildWorld, readCase, recordCase, step } from '../harness/world.js';

const township = await startProvisioned({ env: { DOORSTEP_SWEEP_SECONDS: '0' } });
const world = await buildWorld(township);
const second = await startSecondInstance(township, { env: { DOORSTEP_SWEEP_SECONDS: '0' } });
afterAll(async () => {
	await second.stop();
	await township.stop();
});

const elsewhere = { ...world.cadre, client: clientOf(second.url, world.cadre.client.token) };
const each = <T>(count: number, make: (index: number) => Promise<T>): Promise<T[]> =>
	Promise.all(Array.from({ length: count }, (_, index) => make(index)));

test('of fifty equal steps over two instances one wins, and the chain is whole', async () => {
	const recorded = await recordCase(world.cadre, world.household);
	const answers = await each(50, (index) =>
		step(index % 2 === 0 ? world.cadre : elsewhere, recorded.id, 'resolve', { note: '同时' }),
	);
	expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
	expect(new Set(answers.flatMap(({ errors }) => errors.map(({ extensions }) => extensions.code)))).toEqual(
		new Set(['DOORSTEP_STEP_NOT_POSSIBLE']),
	);
	expect(await readCase(elsewhere, recorded.id)).toMatchObject({ status: 'resolved', seq: 2 });
});

test('six sweeps at once over two instances raise each rung exactly once', async () => {
	const happened_at = new Date(Date.now() - 30 * 3_600_000).toISOString();
	const cases = await each(20, (index) =>
		recordCase(index % 2 === 0 ? world.cadre : elsewhere, world.household, { happened_at }),
	);
	const admins = [township.admin, second.admin];
	const sweeps = await each(6, (index) =>
		(admins[index % 2] ?? township.admin).ok<{ raised: number }>('POST', '/doorstep/sweep'),
	);
	const last = await township.admin.ok<{ raised: number }>('POST', '/doorstep/sweep');
	expect(sweeps.reduce((sum, { raised }) => sum + raised, last.raised)).toBe(cases.length * 3);
	const rows = await township.sql<{ n: string }>('select count(*) as n from doorstep_escalations');
	expect(Number(rows[0]?.n)).toBe(cases.length * 3);
});

test('the audit finds nothing wrong, from either instance', async () => {
	const [here, there] = [
		await township.admin.ok<{ head: string }>('GET', '/doorstep/audit'),
		await second.admin.ok<{ head: string }>('GET', '/doorstep/audit'),
	];
	expect(here).toMatchObject({ ok: true, faults: [] });
	expect(there.head).toBe(here.head);
});
