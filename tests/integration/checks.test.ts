import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { draw, hashOfCandidates } from '../../extensions/oversight/draw.js';
import { localDateOf } from '../../extensions/platform/local-time.js';
import { inShort } from '../harness/refusals.js';
import type { Client } from '../harness/request.js';
import { tamper } from '../harness/tamper.js';
import { startProvisioned } from '../harness/township.js';
import { buildWorld, recordCase, step, type World } from '../harness/world.js';

const township = await startProvisioned();
const { admin } = township;
afterAll(() => township.stop());

const TOLD = { solved: 'yes', satisfaction: 'satisfied', channel: 'phone' };
const TODAY = localDateOf(new Date());
const SIZE = 3;

let world: World;
/** What can be drawn: told today, and not taken up again. */
const told: { id: string; number: string }[] = [];
let supervisor: Client;

beforeAll(async () => {
	world = await buildWorld(township);
	supervisor = world.supervisor.client;
	const { cadre, household } = world;
	const steps = [
		{ kind: 'resolve', note: '已办' },
		{ kind: 'tell', ...TOLD },
	];
	for (let n = 0; n < 6; n += 1)
		told.push(await recordCase(cadre, household, { title: `已反馈${n}`, steps }));
	await recordCase(cadre, household, { title: '在办' });
	const again = await recordCase(cadre, household, { title: '重办', steps });
	await step(cadre, again.id, 'reopen', { note: '又坏了' });
	const withdrawn = await recordCase(cadre, household, { title: '撤回', steps });
	await step(world.leader, withdrawn.id, 'withdraw', { note: '登错' });
	await recordCase(world.supervisor, household, { title: '反映', about_cadre: cadre.cadre, steps: [] });
	const complaint = await recordCase(world.supervisor, household, {
		title: '反映',
		about_cadre: cadre.cadre,
	});
	for (const { kind, ...more } of steps) await step(world.supervisor, complaint.id, kind, more);
	await recordCase(world.stranger, world.foreign, { title: '外村的', ledger: 'immediate', steps });
});

interface Check {
	id: string;
	seed: string;
	candidates: number;
	candidates_hash: string;
	drawn_at: string;
	drawn_by: string;
	drawn_by_name: string;
	cases: string[];
}
interface Drawn {
	id: string;
	position: number;
	case_id: string;
	cycle: number;
	outcome: string;
	attempts: number;
	tried_at: string | null;
	step: string | null;
}
const CHECK = { kind: 'callback', period_from: TODAY, period_to: TODAY, size: SIZE };
const ask = (client: Client, more: object = {}) =>
	client.request<Check>('POST', '/items/doorstep_checks', { ...CHECK, ...more });
const drawn = async (more: object = {}): Promise<Check> => {
	const answer = await ask(supervisor, { village: world.village, ...more });
	if (answer.data === undefined || answer.status !== 200) throw new Error(answer.raw.toString());
	return answer.data;
};
const casesOf = ({ id }: Check) =>
	supervisor.ok<Drawn[]>('GET', `/items/doorstep_check_cases?filter[check_id][_eq]=${id}&sort=position`);
const tryOn = (client: Client, id: string, sent: object = { outcome: 'unreached' }) =>
	client.request<Drawn>('PATCH', `/items/doorstep_check_cases/${id}`, sent);

describe('S6: a check is drawn at random', () => {
	test('from what households were told in the period, in an order that seed and numbers decide', async () => {
		const check = await drawn();
		const rows = await casesOf(check);
		expect(rows.map(({ case_id }) => case_id)).toEqual(draw(told, check.seed, SIZE).map(({ id }) => id));
		expect(rows.map(({ position, outcome, attempts }) => [position, outcome, attempts])).toEqual(
			[1, 2, 3].map((position) => [position, 'pending', 0]),
		);
		expect(check).toMatchObject({ drawn_by: world.supervisor.user, drawn_by_name: '督导员' });
		expect(check).toMatchObject({ candidates: told.length, candidates_hash: hashOfCandidates(told) });
		expect(Math.abs(Date.parse(check.drawn_at) - Date.now())).toBeLessThan(60_000);
	});

	test('all of them where there are fewer, without complaints, without what was taken up again or withdrawn', async () => {
		const rows = await casesOf(await drawn({ size: 200 }));
		expect(rows.map(({ case_id }) => case_id).sort()).toEqual(told.map(({ id }) => id).sort());
	});

	test('twenty, as the form shows, where nobody says how many', async () => {
		expect(await drawn({ size: undefined })).toMatchObject({ size: 20, kind: 'callback' });
	});

	test('of one village or one ledger only', async () => {
		expect(await casesOf(await drawn({ village: world.otherVillage, size: 50 }))).toHaveLength(1);
		expect(await casesOf(await drawn({ village: null, ledger: 'immediate', size: 50 }))).toHaveLength(1);
	});

	test('another seed each time', async () => {
		const seeds = [await drawn(), await drawn()].map(({ seed }) => seed);
		expect(new Set(seeds).size).toBe(2);
	});

	test('nothing is drawn where there is nothing', async () => {
		const none = await ask(supervisor, { period_from: '2020-01-01', period_to: '2020-01-31' });
		expect(inShort(none)).toEqual({ status: 409, code: 'DOORSTEP_NOTHING_TO_DRAW', field: 'period_to' });
	});

	test.each([
		[{ size: 0 }, 'DOORSTEP_INVALID', 'size'],
		[{ size: 201 }, 'DOORSTEP_INVALID', 'size'],
		[{ size: null }, 'DOORSTEP_REQUIRED', 'size'],
		[{ period_from: '2026-02-30' }, 'DOORSTEP_INVALID', 'period_from'],
		[{ period_from: '0000-01-01' }, 'DOORSTEP_INVALID', 'period_from'],
		[{ period_to: '2100-01-01' }, 'DOORSTEP_INVALID', 'period_to'],
		[{ period_to: '2020-01-01' }, 'DOORSTEP_INVALID', 'period_to'],
		[{ village: '5f7ab2a0-6d5c-4a2f-9a3e-0f6f2a3b4c5d' }, 'DOORSTEP_INVALID', 'village'],
		[{ kind: 'visit' }, 'DOORSTEP_INVALID', 'kind'],
		[{ seed: '0'.repeat(32) }, 'DOORSTEP_SERVER_FIELD', 'seed'],
		[{ drawn_by: null }, 'DOORSTEP_SERVER_FIELD', 'drawn_by'],
		[{ candidates: 1 }, 'DOORSTEP_SERVER_FIELD', 'candidates'],
		[{ candidates_hash: '0'.repeat(64) }, 'DOORSTEP_SERVER_FIELD', 'candidates_hash'],
		[{ cases: { create: [], update: [], delete: [] } }, 'DOORSTEP_SERVER_FIELD', 'cases'],
	])('refuses %j', async (sent, code, field) => {
		expect(inShort(await ask(supervisor, sent))).toEqual({ status: 400, code, field });
	});
});

describe('S6: a check is the supervision group’s', () => {
	test('other hats draw none and see none', async () => {
		const { id } = await drawn();
		for (const person of [world.cadre, world.leader, world.townLeader, world.clerk, world.villageClerk]) {
			expect(inShort(await ask(person.client))).toEqual({ status: 403, code: 'DOORSTEP_SUPERVISORS_ONLY' });
			for (const path of [`doorstep_checks/${id}`, 'doorstep_checks', 'doorstep_check_cases'])
				expect((await person.client.request('GET', `/items/${path}`)).status).toBe(403);
		}
	});

	test('nobody adds a case, changes what was drawn, or takes it away', async () => {
		const check = await drawn();
		const [first] = await casesOf(check);
		const row = { check_id: check.id, case_id: told[5]!.id, position: 9 };
		for (const client of [supervisor, admin]) {
			const tries: [method: 'POST' | 'PATCH' | 'DELETE', path: string, body: unknown, code: string][] = [
				['POST', 'doorstep_check_cases', row, 'DOORSTEP_DRAWN_ONLY'],
				['PATCH', `doorstep_checks/${check.id}`, { size: 9 }, 'DOORSTEP_APPEND_ONLY'],
				['PATCH', `doorstep_checks/${check.id}`, { cases: [] }, 'DOORSTEP_APPEND_ONLY'],
				[
					'PATCH',
					`doorstep_checks/${check.id}`,
					{ cases: { create: [row], update: [], delete: [] } },
					'DOORSTEP_APPEND_ONLY',
				],
				['PATCH', `doorstep_check_cases/${first!.id}`, { position: 9 }, 'DOORSTEP_SERVER_FIELD'],
				['PATCH', `doorstep_check_cases/${first!.id}`, { outcome: 'verified' }, 'DOORSTEP_INVALID'],
				[
					'PATCH',
					`doorstep_check_cases/${first!.id}`,
					{ outcome: 'unreached', step: null },
					'DOORSTEP_SERVER_FIELD',
				],
				['DELETE', `doorstep_checks/${check.id}`, undefined, 'DOORSTEP_APPEND_ONLY'],
				['DELETE', `doorstep_check_cases/${first!.id}`, undefined, 'DOORSTEP_APPEND_ONLY'],
			];
			for (const [method, path, body, code] of tries)
				expect(inShort(await client.request(method, `/items/${path}`, body)).code, `${method} ${path}`).toBe(
					code,
				);
		}
		expect(await casesOf(check)).toHaveLength(SIZE);
	});

	test('not even past Directus', async () => {
		const check = await drawn();
		for (const sql of [
			`update doorstep_checks set seed = 'x'`,
			`update doorstep_checks set candidates = candidates + 1`,
			`update doorstep_checks set candidates_hash = 'x'`,
			'delete from doorstep_checks',
			`update doorstep_check_cases set position = 99`,
			`update doorstep_check_cases set cycle = 99`,
			`update doorstep_check_cases set outcome = 'verified'`,
			`update doorstep_check_cases set outcome = 'overtaken'`,
			'delete from doorstep_check_cases',
		])
			await expect(township.sql(sql), sql).rejects.toThrow(/DOORSTEP_APPEND_ONLY/);
		expect(await casesOf(check)).toHaveLength(SIZE);
	});
});

describe('S6: past Directus a case comes to a check only as it is drawn', () => {
	interface Row {
		position: number;
		cycle: number;
		outcome: string;
		attempts: number;
		tried_at: string;
		step: string;
	}
	const AS_DRAWN: Row = {
		...{ position: SIZE, cycle: 1, outcome: 'pending', attempts: 0 },
		...{ tried_at: 'null', step: 'null' },
	};
	/** A case of another village, which no check of these tests has drawn in the village of theirs. */
	const add = async ({ id }: Check, changes: Partial<Row> = {}) => {
		const { position, cycle, outcome, attempts, tried_at, step: stepId } = { ...AS_DRAWN, ...changes };
		await township.sql(
			`insert into doorstep_check_cases (id, check_id, case_id, position, cycle, outcome, attempts, tried_at, step)
				select ?, ?, c.id, ?, ?, ?, ?, ${tried_at}, ${stepId} from doorstep_cases c where c.title = '外村的'`,
			[randomUUID(), id, position, cycle, outcome, attempts],
		);
	};

	const aStep = "(select s.id from doorstep_case_steps s where s.kind = 'tell' limit 1)";
	test.each<[string, Partial<Row>]>([
		['not called yet', { outcome: 'unreached' }],
		['not verified, with a step', { outcome: 'verified', step: aStep }],
		['without a step', { step: aStep }],
		['without tries', { attempts: 1 }],
		['not tried', { tried_at: `(select k.drawn_at from doorstep_checks k limit 1)` }],
		['from the first place on', { position: 0 }],
		['to the last place', { position: SIZE + 1 }],
		['in the round that it is in', { cycle: 2 }],
	])('%s', async (_name, changes) => {
		await expect(add(await drawn(), changes)).rejects.toThrow(/DOORSTEP_APPEND_ONLY/);
	});

	test('within a minute of the draw', async () => {
		const check = await drawn();
		const earlier =
			township.database === 'postgres' ? "drawn_at - interval '61 seconds'" : 'drawn_at - 61000';
		await tamper(township, `update doorstep_checks set drawn_at = ${earlier} where id = '${check.id}'`);
		await expect(add(check)).rejects.toThrow(/DOORSTEP_APPEND_ONLY/);
		await expect(add(await drawn())).resolves.toBeUndefined();
	});
});

describe('S6: what comes of a call', () => {
	test('电话未接通 counts a try, as often as it happens, and the case is not touched', async () => {
		const [first] = await casesOf(await drawn());
		const seqOf = () =>
			admin.ok<{ seq: number }>('GET', `/items/doorstep_cases/${first!.case_id}?fields=seq`);
		const before = await seqOf();
		for (let n = 1; n <= 3; n += 1) {
			const { data } = await tryOn(supervisor, first!.id);
			expect(data).toMatchObject({ outcome: 'unreached', attempts: n, step: null });
			expect(data?.tried_at).not.toBeNull();
		}
		expect(await seqOf()).toEqual(before);
	});

	test('two tries at once are two', async () => {
		const [first] = await casesOf(await drawn());
		await Promise.all([1, 2, 3, 4].map(() => tryOn(supervisor, first!.id)));
		const { attempts } = await supervisor.ok<Drawn>('GET', `/items/doorstep_check_cases/${first!.id}`);
		expect(attempts).toBe(4);
	});

	test('a verification marks the case in every check that drew it, and then it stands', async () => {
		const checks = [await drawn({ size: 200 }), await drawn({ size: 200 })];
		const { id } = told[0]!;
		const answer = await step(world.supervisor, id, 'verify', { ...TOLD, solved: 'partly' });
		for (const check of checks) {
			const row = (await casesOf(check)).find(({ case_id }) => case_id === id);
			expect(row).toMatchObject({ outcome: 'verified', attempts: 1, step: answer.data?.id });
			for (const client of [supervisor, admin])
				expect(inShort(await tryOn(client, row!.id))).toMatchObject({
					status: 409,
					code: 'DOORSTEP_ALREADY_VERIFIED',
				});
		}
	});

	test('a case that is taken up again is overtaken in every check that drew it before, for good', async () => {
		const steps = [
			{ kind: 'resolve', note: '已办' },
			{ kind: 'tell', ...TOLD },
		];
		const { id } = await recordCase(world.cadre, world.household, { title: '又坏', steps });
		const rowIn = async (check: Check) => (await casesOf(check)).find(({ case_id }) => case_id === id)!;
		const before = [await drawn({ size: 200 }), await drawn({ size: 200 })];
		await tryOn(supervisor, (await rowIn(before[0]!)).id);
		await step(world.cadre, id, 'reopen', { note: '又坏了' });
		for (const check of before) {
			const row = await rowIn(check);
			expect(row).toMatchObject({ cycle: 1, outcome: 'overtaken', step: null });
			expect(inShort(await tryOn(supervisor, row.id))).toMatchObject({
				status: 409,
				code: 'DOORSTEP_OVERTAKEN',
			});
		}
		for (const { kind, ...more } of steps) await step(world.cadre, id, kind, more);
		const after = await drawn({ size: 200 });
		await step(world.supervisor, id, 'verify', TOLD);
		expect(await rowIn(after)).toMatchObject({ cycle: 2, outcome: 'verified' });
		for (const check of before) expect(await rowIn(check)).toMatchObject({ outcome: 'overtaken' });
		await step(world.cadre, id, 'reopen', { note: '还是坏' });
		expect(await rowIn(after)).toMatchObject({ cycle: 2, outcome: 'verified' });
	});

	test('what came of several calls is saved with the check', async () => {
		const check = await drawn();
		const [first, second] = (await casesOf(check)).filter(({ outcome }) => outcome !== 'verified');
		const update = [first!, second!].map(({ id }) => ({ id, outcome: 'unreached' }));
		await supervisor.ok('PATCH', `/items/doorstep_checks/${check.id}`, {
			cases: { create: [], update, delete: [] },
		});
		const outcomes = (await casesOf(check)).slice(0, 2).map(({ outcome, attempts }) => [outcome, attempts]);
		expect(outcomes).toEqual([
			['unreached', 1],
			['unreached', 1],
		]);
	});

	test('other hats note nothing', async () => {
		const [first] = await casesOf(await drawn());
		for (const person of [world.cadre, world.townLeader])
			expect(inShort(await tryOn(person.client, first!.id)).status).toBe(403);
	});
});
