import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { randomUUID } from 'node:crypto';
import {
	FIGURES,
	type DeadlineBoard,
	type FigureRow,
	type Overview,
} from '../../extensions/oversight/figures.js';
import { DAY_MS, HOUR_MS } from '../../extensions/platform/local-time.js';
import { inShort } from '../harness/refusals.js';
import { startProvisioned } from '../harness/township.js';
import { buildWorld, makePerson, recordCase, type Person, type World } from '../harness/world.js';

// No sweep: what is late is late by the clock.
const township = await startProvisioned({ env: { DOORSTEP_SWEEP_SECONDS: '0' } });
const { admin, visitor } = township;
afterAll(() => township.stop());

let world: World;
let printer: Person;
let otherSupervisor: Person;
const ago = (ms: number) => ({ happened_at: new Date(Date.now() - ms).toISOString() });
const TOLD = { solved: 'yes', satisfaction: 'mostly', channel: 'phone' };

beforeAll(async () => {
	world = await buildWorld(township);
	printer = await makePerson(township, '文印员', ['printer']);
	otherSupervisor = await makePerson(township, '督导员二', ['cadre', 'supervisor']);
	const { cadre, colleague, stranger, supervisor, household, neighbour, foreign } = world;
	await recordCase(cadre, household, { title: '在办' });
	await recordCase(cadre, household, { title: '逾期', ...ago(30 * HOUR_MS) });
	await recordCase(colleague, neighbour, { title: '邻户的', ...ago(22 * HOUR_MS) });
	await recordCase(stranger, foreign, { title: '外村的', ledger: 'reported' });
	await recordCase(cadre, household, {
		title: '已反馈',
		steps: [
			{ kind: 'resolve', note: '已办' },
			{ kind: 'tell', ...TOLD },
		],
	});
	for (const about of [cadre, supervisor])
		await recordCase(otherSupervisor, household, {
			title: '反映',
			about_cadre: about.cadre,
			...ago(25 * HOUR_MS),
		});
});

type Asker = Pick<Person, 'client'>;
const administrator: Asker = { client: admin };
const asked = (query: Record<string, string>) => new URLSearchParams(query).toString();
const overview = ({ client }: Asker, query: Record<string, string> = {}) =>
	client.ok<Overview>('GET', `/doorstep/overview?${asked(query)}`);
const openOf = async (asker: Asker, query: Record<string, string> = {}) => {
	const { open_cases, late_cases } = await overview(asker, query);
	return [open_cases.value, late_cases.value];
};
const figures = ({ client }: Asker, query: Record<string, string>) =>
	client.request<FigureRow[]>('GET', `/doorstep/figures?${asked({ figures: 'open_cases', ...query })}`);
const board = ({ client }: Asker, query: Record<string, string> = {}) =>
	client.ok<DeadlineBoard>('GET', `/doorstep/deadlines?${asked(query)}`);
const titles = ({ rows }: DeadlineBoard) => rows.map(({ title }) => title).sort();
const NOT_YOURS = (field: string) => ({ status: 403, code: 'DOORSTEP_FIGURES_NOT_YOURS', field });

describe('F6, S6: GET overview', () => {
	test('gives every figure by name with its definition in the reader’s language, and nothing else', async () => {
		const all = await overview(world.townLeader);
		expect(Object.keys(all).sort()).toEqual([...FIGURES].sort());
		expect(all.late_cases).toMatchObject({ label: '已逾期', unit: 'count' });
		expect(all.late_cases.definition).toMatch(/办结时限/);
		expect(all.satisfaction_rate).toMatchObject({ value: 1, of: 1, counts: { mostly: 1, unsaid: 0 } });
		expect(all.satisfaction_rate.previous).toMatchObject({ value: null, of: 0 });
		expect(all.open_cases).not.toHaveProperty('previous');
	});

	test('F3: what is late is late where no sweep ever ran', async () => {
		const { late_cases, became_late, raised_rungs } = await overview(world.leader);
		expect([late_cases.value, became_late.value, raised_rungs.value]).toEqual([1, 1, 0]);
	});
});

describe('F6: whose cases are counted', () => {
	test('S7: administrators see complaints, members of the supervision group those about others, leaders none', async () => {
		expect(await openOf(administrator)).toEqual([6, 3]);
		expect(await openOf(otherSupervisor)).toEqual([6, 3]);
		expect(await openOf(world.supervisor)).toEqual([5, 2]);
		for (const leader of [world.townLeader, world.inCharge]) expect(await openOf(leader)).toEqual([4, 1]);
	});

	test('team leader, deputy and the village’s clerk count the village, the town’s clerk the township', async () => {
		for (const person of [world.leader, world.deputy, world.villageClerk]) {
			expect(await openOf(person)).toEqual([3, 1]);
			expect(await openOf(person, { village: world.village })).toEqual([3, 1]);
		}
		expect(await openOf(world.clerk)).toEqual([4, 1]);
	});

	test('a cadre counts what they answer for, or all of a village that they work in', async () => {
		expect(await openOf(world.cadre)).toEqual([2, 1]);
		expect(await openOf(world.colleague)).toEqual([1, 0]);
		expect(await openOf(world.colleague, { village: world.village })).toEqual([3, 1]);
	});

	test('C3: a substitute counts what they stand in for, while it lasts', async () => {
		const stand = (until: number) =>
			admin.ok('PATCH', `/items/doorstep_cadres/${world.cadre.cadre}`, {
				substitute: world.stranger.cadre,
				substitute_until: new Date(Date.now() + until).toISOString(),
			});
		await stand(DAY_MS);
		expect(await openOf(world.stranger)).toEqual([3, 1]);
		await stand(-DAY_MS);
		expect(await openOf(world.stranger)).toEqual([1, 0]);
		await admin.ok('PATCH', `/items/doorstep_cadres/${world.cadre.cadre}`, {
			substitute: null,
			substitute_until: null,
		});
	});

	test('whoever prints is refused, and so is whoever is not logged in', async () => {
		for (const route of ['overview', 'figures?figures=open_cases', 'deadlines']) {
			expect(inShort(await printer.client.request('GET', `/doorstep/${route}`))).toEqual(
				NOT_YOURS('village'),
			);
			expect(inShort(await visitor.request('GET', `/doorstep/${route}`)).code).toBe('DOORSTEP_LOG_IN');
		}
	});

	test('a foreign village and one that there is not are refused alike', async () => {
		const ask = async ({ client }: Asker, village: string) => {
			const answer = await client.request('GET', `/doorstep/overview?village=${village}`);
			return [inShort(answer), answer.errors];
		};
		for (const person of [world.cadre, world.leader, world.deputy, world.villageClerk, printer]) {
			const [refusal, errors] = await ask(person, world.otherVillage);
			expect(refusal).toEqual(NOT_YOURS('village'));
			expect((await ask(person, randomUUID()))[1]).toEqual(errors);
		}
		for (const person of [administrator, world.townLeader, world.supervisor])
			expect((await ask(person, randomUUID()))[0]).toEqual(NOT_YOURS('village'));
	});

	test('only leaders, the supervision group and administrators tell persons apart', async () => {
		const byHolder = (person: Asker, more: Record<string, string> = {}) =>
			figures(person, { by: 'holder', ...more });
		for (const person of [world.cadre, world.villageClerk, world.clerk]) {
			expect(inShort(await byHolder(person))).toEqual(NOT_YOURS('by'));
			expect(inShort(await figures(person, { by: 'level,holder' }))).toEqual(NOT_YOURS('by'));
		}
		expect(inShort(await byHolder(world.cadre, { village: world.village }))).toEqual(NOT_YOURS('by'));
		const { data } = await byHolder(world.leader);
		expect(data?.map(({ labels, figures: { open_cases } }) => [labels.holder, open_cases?.value])).toEqual([
			['甲', 2],
			['乙', 1],
		]);
	});
});

describe('F6: two hats', () => {
	test('a leader who keeps another village counts both, and has the names of the one that they lead', async () => {
		const leader = await makePerson(township, '队长兼信息员', ['cadre', 'team_leader', 'village_clerk']);
		const { deputy, village, otherVillage } = world;
		const name = (id: string, row: object) => admin.ok('PATCH', `/items/doorstep_villages/${id}`, row);
		await name(village, { deputy: leader.cadre });
		await name(otherVillage, { data_clerk: leader.cadre });
		expect(await openOf(leader)).toEqual([4, 1]);
		const byHolder = await figures(leader, { by: 'holder' });
		expect(byHolder.data?.map(({ labels }) => labels.holder)).toEqual(['甲', '乙']);
		expect(inShort(await figures(leader, { by: 'holder', village: otherVillage }))).toEqual(NOT_YOURS('by'));
		expect(titles(await board(leader))).toEqual(['逾期', '邻户的']);
		await name(village, { deputy: deputy.cadre });
		await name(otherVillage, { data_clerk: null });
	});
});

describe('GET figures', () => {
	test('rows stand in the order of the dimension, those without a key last', async () => {
		const { data } = await figures(world.townLeader, {
			by: 'ledger,level',
			figures: 'open_cases,late_cases',
		});
		expect(data?.map(({ keys }) => [keys.ledger, keys.level])).toEqual([
			['proxy', null],
			['reported', 'team'],
		]);
		expect(data?.[0]?.labels).toEqual({ ledger: '代办事项', level: '无' });
	});

	test.each([
		['village=1', 'DOORSTEP_INVALID', 'village'],
		['village[_neq]=x', 'DOORSTEP_INVALID', 'village'],
		['village=&village=', 'DOORSTEP_INVALID', 'village'],
		['by=holder&by=village', 'DOORSTEP_INVALID', 'by'],
		['by=about_cadre', 'DOORSTEP_INVALID', 'by'],
		['by=week', 'DOORSTEP_INVALID', 'by'],
		['ledger=%27%20or%201=1', 'DOORSTEP_INVALID', 'ledger'],
		['from=yesterday', 'DOORSTEP_INVALID', 'from'],
		['figures=late_cases', 'DOORSTEP_INVALID', 'figures'],
		['filter[about_cadre][_nnull]=true', 'DOORSTEP_NO_SUCH_FIELD', 'filter'],
	])('refuses %s', async (query, code, field) => {
		for (const { client } of [administrator, world.cadre]) {
			const answer = await client.request('GET', `/doorstep/figures?figures=open_cases&${query}`);
			const expected = query.startsWith('figures')
				? { status: 400, code, field }
				: { status: 400, code, field };
			expect(inShort(answer)).toEqual(expected);
		}
	});

	test('a board of too many rows is refused', async () => {
		for (const limit of ['0', '201', 'x'])
			expect((await admin.request('GET', `/doorstep/deadlines?limit=${limit}`)).status).toBe(400);
	});
});

describe('F6: GET deadlines', () => {
	test('a leader sees what is late and what falls due, with names', async () => {
		const { late, due_soon, rows } = await board(world.leader);
		expect([late, due_soon]).toEqual([1, 1]);
		expect(rows.map(({ title, state, holder, ledger }) => [title, state, holder, ledger])).toEqual([
			['逾期', 'late', '甲', 'proxy'],
			['邻户的', 'soon', '乙', 'proxy'],
		]);
	});

	test('a cadre sees the village’s numbers and only what is their own by name', async () => {
		const { late, due_soon, rows } = await board(world.colleague, { village: world.village });
		expect([late, due_soon]).toEqual([1, 1]);
		expect(rows.map(({ title }) => title)).toEqual(['邻户的']);
	});

	test('S2: clerks see numbers and no case', async () => {
		for (const clerk of [world.villageClerk, world.clerk])
			expect(await board(clerk)).toMatchObject({ late: 1, due_soon: 1, rows: [] });
	});

	test('complaints stand on the board of those who may know of them', async () => {
		expect(titles(await board(administrator))).toEqual(['反映', '反映', '逾期', '邻户的']);
		expect(titles(await board(world.supervisor))).toEqual(['反映', '逾期', '邻户的']);
		expect(titles(await board(world.townLeader))).toEqual(['逾期', '邻户的']);
	});

	test('a sweep adds rungs, and what nobody acknowledged stays on the board', async () => {
		await admin.ok('POST', '/doorstep/sweep', {});
		const { by_rung, unacknowledged, rows } = await board(world.leader);
		expect(by_rung.map(({ name, cases }) => [name, cases])).toEqual([
			['到期提醒', 1],
			['督办', 1],
		]);
		expect(unacknowledged).toBe(4);
		expect(rows[0]).toMatchObject({ title: '逾期', rung: { rung: 3, name: '督办' }, unacknowledged: true });
	});
});
