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

const here = (index: number) => (index % 2 === 0 ? world.cadre : elsewhere);
const codes = (answers: { errors: { extensions: { code: string } }[] }[]) =>
	answers.flatMap(({ errors }) => errors.map(({ extensions }) => extensions.code));

test('fifty different notes over two instances all get in, numbered without a gap', async () => {
	const recorded = await recordCase(world.cadre, world.household);
	const answers = await each(50, (index) =>
		step(here(index), recorded.id, 'note', { note: `第${String(index)}条` }),
	);
	expect(codes(answers)).toEqual([]);
	const seqs = answers.map(({ data }) => data?.seq ?? 0).toSorted((a, b) => a - b);
	expect(seqs).toEqual(Array.from({ length: 50 }, (_, index) => index + 2));
});

test('fifty creations with one client_id over two instances are one case', async () => {
	const body = {
		household: world.household,
		ledger: 'proxy',
		title: '重复提交',
		client_id: 'phone-2-case-1',
	};
	const answers = await each(50, (index) =>
		here(index).client.request('POST', '/items/doorstep_cases', body),
	);
	expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
	expect(new Set(codes(answers))).toEqual(new Set(['DOORSTEP_DUPLICATE']));
	expect(codes(answers)).toHaveLength(49);
});

test('cases recorded over two instances, every third refused after it got its number, are numbered without a gap', async () => {
	const before = await recordCase(world.cadre, world.household);
	const good = { household: world.household, ledger: 'proxy', title: '落户' };
	const answers = await each(51, (index) =>
		here(index).client.request<{ number: string }>('POST', '/items/doorstep_cases', {
			...good,
			...(index % 3 === 0 && { steps: [{ kind: 'close' }] }),
		}),
	);
	expect(new Set(codes(answers))).toEqual(new Set(['DOORSTEP_STEP_NOT_POSSIBLE']));
	const numbers = answers.flatMap(({ data }) => (data === undefined ? [] : [Number(data.number.slice(5))]));
	const last = Number(before.number.slice(5));
	expect(numbers.toSorted((a, b) => a - b)).toEqual(
		Array.from({ length: 34 }, (_, index) => last + 1 + index),
	);
});

test('batches [A, B] against [B, A] over two instances: no deadlock reaches anybody, and whoever got in is whole', async () => {
	const [a, b] = [
		await recordCase(world.cadre, world.household),
		await recordCase(elsewhere, world.household),
	];
	const note = (id: string) => ({ case_id: id, kind: 'note', note: '批量' });
	const answers = await each(40, (index) => {
		// Either order from either instance.
		const batch = index % 4 < 2 ? [note(a.id), note(b.id)] : [note(b.id), note(a.id)];
		return here(index).client.request('POST', '/items/doorstep_case_steps', batch);
	});
	const done = answers.filter(({ status }) => status === 200).length;
	expect(done).toBeGreaterThan(0);
	expect(answers.filter(({ status }) => status >= 500)).toEqual([]);
	expect(codes(answers).filter((code) => code !== 'DOORSTEP_BUSY')).toEqual([]);
	for (const { id } of [a, b]) expect(await readCase(world.cadre, id)).toMatchObject({ seq: 1 + done });
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
