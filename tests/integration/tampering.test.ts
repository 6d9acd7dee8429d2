import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Fault } from '../../extensions/cases/audit-rules.js';
import { linkStep, STATE_COLUMNS, type LinkedStep } from '../../extensions/cases/chain.js';
import { stateOf } from '../../extensions/cases/store.js';
import { toDate, toDateOrNull, toRow } from '../../extensions/platform/dialect.js';
import { inShort } from '../harness/refusals.js';
import { backUp, restore, tamper } from '../harness/tamper.js';
import { startProvisioned } from '../harness/township.js';
import { buildWorld, recordCase, step } from '../harness/world.js';

const township = await startProvisioned();
const world = await buildWorld(township);
const { admin, database } = township;
afterAll(() => township.stop());

const HOUR = 3_600_000;
interface Report {
	ok: boolean;
	head: string;
	as_of: string;
	faults: Fault[];
}
type Noted = Pick<Report, 'head' | 'as_of'>;
const audit = (noted?: Noted) =>
	admin.ok<Report>(
		'GET',
		`/doorstep/audit${noted ? `?${new URLSearchParams({ head: noted.head, as_of: noted.as_of }).toString()}` : ''}`,
	);
const sound = { ok: true, faults: [] };
function literal(value: unknown): string {
	if (typeof value === 'number') return String(value);
	const text = value instanceof Date ? value.toISOString() : value;
	return typeof text === 'string' ? `'${text.replaceAll("'", "''")}'` : 'null';
}
const inRow = (row: object) => toRow(database, row);

/** A case with a note and a result. */
async function aCase(): Promise<{ id: string; number: string }> {
	const recorded = await recordCase(world.cadre, world.household, { ledger: 'reported' });
	expect((await step(world.cadre, recorded.id, 'note', { note: '甲' })).status).toBe(200);
	expect((await step(world.cadre, recorded.id, 'resolve', { note: '好' })).status).toBe(200);
	return recorded;
}

async function chainOf(id: string): Promise<LinkedStep[]> {
	const rows = await township.sql('select * from doorstep_case_steps where case_id = ? order by seq', [id]);
	return rows.map((row) => ({
		...(row as unknown as LinkedStep),
		...stateOf(row),
		at: toDate(row['at']),
		happened_at: toDateOrNull(row['happened_at']),
	}));
}

/** Writes a case's row as its newest step has it. */
function rewound(last: LinkedStep): string {
	const state = inRow(Object.fromEntries(STATE_COLUMNS.map((column) => [column, last[column]])));
	const columns = Object.entries({ ...state, seq: last.seq, head_hash: last.hash });
	return `update doorstep_cases set ${columns.map(([name, value]) => `${name} = ${literal(value)}`).join(', ')} where id = '${last.case_id}'`;
}

function inserted(row: LinkedStep): string {
	const columns = Object.entries(inRow(row));
	return `insert into doorstep_case_steps (${columns.map(([name]) => `"${name}"`).join(', ')}) values (${columns.map(([, value]) => literal(value)).join(', ')})`;
}

/** The same chain with other words in its note, hashed anew from there on. */
function hashedAnew(chain: readonly LinkedStep[]): LinkedStep[] {
	const steps: LinkedStep[] = [];
	for (const { salt: _salt, body_hash: _body, prev_hash: _prev, hash: _hash, ...row } of chain)
		steps.push(linkStep(row.kind === 'note' ? { ...row, note: '乙' } : row, steps.at(-1)?.hash ?? null));
	return steps;
}

const written = (chain: readonly LinkedStep[]): string[] => [
	`delete from doorstep_case_steps where case_id = '${chain[0]!.case_id}'`,
	...chain.map(inserted),
];

describe('F6: backups', () => {
	let noted: Noted;
	beforeAll(async () => {
		await aCase();
		await backUp(township, 'old');
		await aCase();
		noted = await audit();
		expect(noted).toMatchObject(sound);
		await backUp(township, 'whole');
	});

	test('F6: an old backup looks right by itself, and is found by the head that was noted after it', async () => {
		await restore(township, 'old');
		expect(await audit()).toMatchObject(sound);
		const { ok, faults } = await audit(noted);
		expect({ ok, faults }).toEqual({ ok: false, faults: [{ code: 'head_differs', what: noted.as_of }] });
	});

	test('F6: a backup of everything raises no alarm, neither at once nor after honest steps', async () => {
		await restore(township, 'whole');
		expect(await audit(noted)).toMatchObject(sound);
		await aCase();
		expect(await audit(noted)).toMatchObject(sound);
		expect((await audit()).head).not.toBe(noted.head);
	});

	test('F6: steps that come while an audit runs change nothing of the head that it gives', async () => {
		const recorded = await recordCase(world.cadre, world.household);
		const notes = Array.from({ length: 30 }, (_, n) =>
			step(world.cadre, recorded.id, 'note', { note: `${n}` }),
		);
		const heads = [await audit(), await audit(), await audit()];
		await Promise.all(notes);
		for (const head of heads) expect(await audit(head)).toMatchObject(sound);
	});

	test('F6: a head is asked for as an audit has given it, whole', async () => {
		const { head, as_of } = noted;
		const asked = async (query: Record<string, string>) =>
			inShort(await admin.request('GET', `/doorstep/audit?${new URLSearchParams(query).toString()}`));
		expect(await asked({ head })).toEqual({ status: 400, code: 'DOORSTEP_REQUIRED', field: 'as_of' });
		expect(await asked({ as_of })).toEqual({ status: 400, code: 'DOORSTEP_REQUIRED', field: 'head' });
		expect(await asked({ head: 'x', as_of })).toEqual({
			status: 400,
			code: 'DOORSTEP_INVALID',
			field: 'head',
		});
		expect(await asked({ head, as_of: 'x' })).toEqual({
			status: 400,
			code: 'DOORSTEP_INVALID',
			field: 'as_of',
		});
		expect((await asked({ head: head.replaceAll(/./g, '0'), as_of })).status).toBe(200);
	});
});

describe('F6: what was changed by SQL is named, each by itself', () => {
	/** What is found beside what was there already. */
	async function foundAfter(...statements: string[]): Promise<Fault[]> {
		const before = new Set((await audit()).faults.map((fault) => JSON.stringify(fault)));
		await tamper(township, ...statements);
		return (await audit()).faults.filter((fault) => !before.has(JSON.stringify(fault)));
	}

	test('F6: other words in a note', async () => {
		const { id, number } = await aCase();
		const faults = await foundAfter(
			`update doorstep_case_steps set note = '改' where case_id = '${id}' and seq = 2`,
		);
		expect(faults).toEqual([{ code: 'body_wrong', case: id, number, seq: 2 }]);
	});

	test('F6: another actor', async () => {
		const { id, number } = await aCase();
		const faults = await foundAfter(
			`update doorstep_case_steps set actor_name = '改' where case_id = '${id}' and seq = 2`,
		);
		expect(faults).toEqual([{ code: 'hash_wrong', case: id, number, seq: 2 }]);
	});

	test('F3: another deadline of a case, and one in case and step alike', async () => {
		const late = literal(inRow({ at: new Date(Date.now() + 500 * HOUR) })['at']);
		const first = await aCase();
		const edit = (table: string, where: string) => `update ${table} set due_at = ${late} where ${where}`;
		const one = { case: first.id, number: first.number };
		expect(await foundAfter(edit('doorstep_cases', `id = '${first.id}'`))).toEqual([
			{ code: 'case_differs', ...one, what: 'due_at' },
		]);
		const second = await aCase();
		const both = await foundAfter(
			edit('doorstep_cases', `id = '${second.id}'`),
			edit('doorstep_case_steps', `case_id = '${second.id}' and seq = 3`),
		);
		const two = { case: second.id, number: second.number, seq: 3 };
		expect(both).toEqual([
			{ code: 'hash_wrong', ...two },
			{ code: 'step_impossible', ...two, what: 'due_at' },
		]);
	});

	test('F6: a fork: a step after one that has a successor already', async () => {
		const { id, number } = await aCase();
		const [record, , last] = await chainOf(id);
		const { salt: _salt, body_hash: _body, prev_hash: _prev, hash: _hash, ...row } = last!;
		const forked = linkStep(
			{ ...row, id: world.village, seq: 4, kind: 'note', note: '另一支' },
			record!.hash,
		);
		const faults = await foundAfter(inserted(forked));
		expect(faults).toEqual([
			{ code: 'chain_broken', case: id, number, seq: 4 },
			{ code: 'case_differs', case: id, number, what: 'head_hash' },
		]);
	});

	test('F6: a tail that was cut off', async () => {
		const { id, number } = await aCase();
		const faults = await foundAfter(`delete from doorstep_case_steps where case_id = '${id}' and seq = 3`);
		expect(faults).toContainEqual({ code: 'case_differs', case: id, number, what: 'head_hash' });
		expect(faults.every((fault) => fault.case === id)).toBe(true);
	});

	test('F6: a case that was taken away, with its steps and without', async () => {
		const first = await aCase();
		expect(
			await foundAfter(
				`delete from doorstep_case_steps where case_id = '${first.id}'`,
				`delete from doorstep_cases where id = '${first.id}'`,
			),
		).toEqual([
			{ code: 'seal_alone', what: `case ${first.id}` },
			{ code: 'number_missing', number: first.number },
		]);
		const second = await aCase();
		expect(await foundAfter(`delete from doorstep_cases where id = '${second.id}'`)).toEqual([
			...[1, 2, 3].map((seq) => ({ code: 'step_without_case', case: second.id, seq })),
			{ code: 'seal_alone', what: `case ${second.id}` },
			{ code: 'number_missing', number: second.number },
		]);
	});

	test('F6: a forged hash, and a step that was hashed anew under the next one', async () => {
		const { id, number } = await aCase();
		expect(
			await foundAfter(`update doorstep_case_steps set hash = 'forged' where case_id = '${id}' and seq = 2`),
		).toEqual([
			{ code: 'hash_wrong', case: id, number, seq: 2 },
			{ code: 'chain_broken', case: id, number, seq: 3 },
		]);
		const other = await aCase();
		const chain = await chainOf(other.id);
		const anew = [...hashedAnew(chain.slice(0, 2)), chain[2]!];
		expect(await foundAfter(...written(anew))).toEqual([
			{ code: 'chain_broken', case: other.id, number: other.number, seq: 3 },
		]);
	});

	test('F3: a rung that was taken away, and one put off', async () => {
		const happened_at = new Date(Date.now() - 26 * HOUR).toISOString();
		const { id, number } = await recordCase(world.cadre, world.household, { happened_at });
		await admin.ok('POST', '/doorstep/sweep');
		const faults = await foundAfter(`delete from doorstep_escalations where case_id = '${id}'`);
		expect(faults.map(({ code }) => code)).toEqual([
			...['seal_alone', 'seal_alone', 'rung_differs', 'next_rung_wrong'],
		]);
		expect(faults.slice(2).every((fault) => fault.case === id && fault.number === number)).toBe(true);
		const other = await recordCase(world.cadre, world.household);
		expect(
			await foundAfter(`update doorstep_cases set next_rung_at = null where id = '${other.id}'`),
		).toEqual([{ code: 'next_rung_wrong', case: other.id, number: other.number }]);
	});

	test('F6: a case under a number that was never given', async () => {
		const { id, number } = await aCase();
		const faults = await foundAfter(`update doorstep_cases set number = '2026-900000' where id = '${id}'`);
		expect(faults).toEqual([
			{ code: 'seal_differs', case: id, what: `case ${id}` },
			{ code: 'number_missing', number },
			{ code: 'number_unknown', number: '2026-900000' },
		]);
	});

	test('F6: a seal that was taken away is missed, and provisioning writes no other over what was forged', async () => {
		const { id } = await aCase();
		const missed = { code: 'seal_differs', case: id, what: `case ${id}` };
		expect(
			await foundAfter(
				`delete from doorstep_seals where item = '${id}'`,
				`update doorstep_cases set about_cadre = '${world.stranger.cadre}' where id = '${id}'`,
			),
		).toEqual([missed]);
		await admin.ok('POST', '/doorstep/provision', {});
		await township.restart();
		expect((await audit()).faults).toContainEqual(missed);
	});

	test('idea 6: rows of before there were seals are sealed by the first start that knows of them', async () => {
		const { id } = await aCase();
		await township.sql('drop table doorstep_seals');
		await township.sql("delete from doorstep_meta where key = 'once_sealed'");
		await township.restart();
		const sealed = await township.sql<{ kind: string }>('select kind from doorstep_seals where item = ?', [
			id,
		]);
		expect(sealed).toEqual([{ kind: 'case' }]);
		expect((await audit()).faults.filter((fault) => fault.case === id)).toEqual([]);
		expect(await aCase()).toBeDefined();
	});

	test('idea 6: a trigger and an index that were dropped, until provisioning writes them again', async () => {
		const table = database === 'postgres' ? ' on doorstep_case_steps' : '';
		await township.sql(`drop trigger doorstep_steps_kept${table}`);
		await township.sql('drop index doorstep_cases_next_rung');
		const lost = ['doorstep_steps_kept', 'doorstep_cases_next_rung'];
		const missing = async () =>
			(await audit()).faults.flatMap(({ code, what = '' }) => (code === 'object_missing' ? [what] : []));
		expect((await missing()).sort()).toEqual(lost.sort());
		await admin.ok('POST', '/doorstep/provision', {});
		expect(await missing()).toEqual([]);
	});

	test.each<[string, () => Promise<string[]>]>([
		[
			'a tail cut off with its case put back to before',
			async () => {
				const { id } = await aCase();
				const [, note] = await chainOf(id);
				return [`delete from doorstep_case_steps where case_id = '${id}' and seq = 3`, rewound(note!)];
			},
		],
		[
			'a chain hashed anew as a whole',
			async () => {
				const chain = hashedAnew(await chainOf((await aCase()).id));
				return [...written(chain), rewound(chain.at(-1)!)];
			},
		],
		[
			'the newest case taken away with its number',
			async () => {
				const { id } = await aCase();
				return [
					`delete from doorstep_case_steps where case_id = '${id}'`,
					`delete from doorstep_cases where id = '${id}'`,
					`delete from doorstep_seals where item = '${id}'`,
					'update doorstep_counters set n = n - 1',
				];
			},
		],
	])('F6: %s is what a head that was noted before finds, and it alone', async (_what, prepare) => {
		const statements = await prepare();
		const noted = await audit();
		const before = (await audit(noted)).faults;
		await tamper(township, ...statements);
		const after = (await audit(noted)).faults.filter(({ code }) => code !== 'next_rung_wrong');
		const kept = before.filter(({ code }) => code !== 'next_rung_wrong');
		expect(after).toEqual(expect.arrayContaining(kept));
		const found = after.filter(
			(fault) => !kept.some((other) => JSON.stringify(other) === JSON.stringify(fault)),
		);
		expect(found).toEqual([{ code: 'head_differs', what: noted.as_of }]);
	});
});
