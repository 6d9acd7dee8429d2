import { afterAll, expect, test } from 'vitest';
import { startProvisioned } from '../harness/township.js';
import { buildWorld, readCase, recordCase, step } from '../harness/world.js';

const township = await startProvisioned();
const world = await buildWorld(township);
afterAll(() => township.stop());

const times = <T>(count: number, make: (index: number) => Promise<T>): Promise<T[]> =>
	Promise.all(Array.from({ length: count }, (_, index) => make(index)));
const codes = (answers: { errors: { extensions: { code: string } }[] }[]) =>
	answers.flatMap(({ errors }) => errors.map(({ extensions }) => extensions.code));

test('of fifty equal steps at once one wins, the others are refused clearly, and the chain is whole', async () => {
	const recorded = await recordCase(world.cadre, world.household);
	const answers = await times(50, () => step(world.cadre, recorded.id, 'resolve', { note: '同时提交' }));
	expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
	expect(new Set(codes(answers))).toEqual(new Set(['DOORSTEP_STEP_NOT_POSSIBLE']));
	expect(codes(answers)).toHaveLength(49);
	expect(await readCase(world.cadre, recorded.id)).toMatchObject({ status: 'resolved', seq: 2 });
});

test('fifty different notes at once all get in, one after the other', async () => {
	const recorded = await recordCase(world.cadre, world.household);
	const answers = await times(50, (index) =>
		step(world.cadre, recorded.id, 'note', { note: `第${String(index)}条` }),
	);
	expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 50 }, () => 200));
	const seqs = answers.map(({ data }) => data?.seq ?? 0).toSorted((a, b) => a - b);
	expect(seqs).toEqual(Array.from({ length: 50 }, (_, index) => index + 2));
});

test('fifty cases recorded at once get numbers without gaps', async () => {
	const rows = await times(50, () => recordCase(world.cadre, world.household));
	const numbers = rows.map(({ number }) => Number(number.slice(5))).toSorted((a, b) => a - b);
	expect(numbers.map((number) => number - (numbers[0] ?? 0))).toEqual(
		Array.from({ length: 50 }, (_, index) => index),
	);
});

test('a case that is refused after it got its number leaves no gap', async () => {
	const before = await recordCase(world.cadre, world.household);
	// A step that is not possible: seen when number and record stand already.
	const refused = { household: world.household, ledger: 'proxy', title: '退回', steps: [{ kind: 'close' }] };
	const good = { household: world.household, ledger: 'proxy', title: '落户' };
	const answers = await times(40, (index) =>
		world.cadre.client.request<{ number: string }>(
			'POST',
			'/items/doorstep_cases',
			index % 2 === 0 ? good : refused,
		),
	);
	const numbers = answers.flatMap(({ data }) => (data === undefined ? [] : [Number(data.number.slice(5))]));
	const last = Number(before.number.slice(5));
	expect(numbers.toSorted((a, b) => a - b)).toEqual(
		Array.from({ length: 20 }, (_, index) => last + 1 + index),
	);
	expect(new Set(codes(answers))).toEqual(new Set(['DOORSTEP_STEP_NOT_POSSIBLE']));
	expect(codes(answers)).toHaveLength(20);
});

test('fifty times the same client_id is one case', async () => {
	const client_id = 'phone-1-case-1';
	const body = { household: world.household, ledger: 'proxy', title: '重复提交', client_id };
	const answers = await times(50, () => world.cadre.client.request('POST', '/items/doorstep_cases', body));
	expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
	expect(new Set(codes(answers))).toEqual(new Set(['DOORSTEP_DUPLICATE']));
});

test('batches [A, B] against [B, A] leave whole chains and no deadlock', async () => {
	const [a, b] = [
		await recordCase(world.cadre, world.household),
		await recordCase(world.cadre, world.household),
	];
	const note = (id: string) => ({ case_id: id, kind: 'note', note: '批量' });
	const answers = await times(40, (index) => {
		const batch = index % 2 === 0 ? [note(a.id), note(b.id)] : [note(b.id), note(a.id)];
		return world.cadre.client.request('POST', '/items/doorstep_case_steps', batch);
	});
	expect(answers.filter(({ status }) => status >= 500)).toEqual([]);
	expect(new Set(codes(answers))).toEqual(new Set(codes(answers).length > 0 ? ['DOORSTEP_BUSY'] : []));
	expect(answers.filter(({ status }) => status === 200).length).toBeGreaterThan(0);
});

test('the audit finds nothing wrong', async () => {
	expect(await township.admin.ok('GET', '/doorstep/audit')).toMatchObject({ ok: true, faults: [] });
});
