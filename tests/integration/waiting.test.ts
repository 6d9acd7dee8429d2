import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bookmarkOf, CASE_LISTS, type Filter } from '../../extensions/cases/lists.js';
import { inShort } from '../harness/refusals.js';
import type { Client } from '../harness/request.js';
import { startProvisioned } from '../harness/township.js';
import { buildWorld, makePerson, recordCase, step, type Person, type World } from '../harness/world.js';

const township = await startProvisioned();
afterAll(() => township.stop());

let world: World;
beforeAll(async () => {
	world = await buildWorld(township);
});

/** Titles of the cases in a list, as its bookmark asks for them. */
async function casesIn(key: string, { client }: Pick<Person, 'client'>): Promise<string[]> {
	const name = encodeURIComponent(bookmarkOf(key));
	const [preset] = await client.ok<{ filter: Filter | null }[]>(
		'GET',
		`/presets?filter[bookmark][_eq]=${name}&filter[user][_null]=true`,
	);
	if (preset === undefined) throw new Error(`no list ${key}`);
	const asText = `filter=${encodeURIComponent(JSON.stringify(preset.filter))}`;
	const titles = await titlesBy(client, asText);
	// The studio's own layouts take a filter apart into the address.
	expect(await titlesBy(client, takenApart(preset.filter))).toEqual(titles);
	return titles;
}

async function titlesBy(client: Client, filter: string): Promise<string[]> {
	const rows = await client.ok<{ title: string }[]>(
		'GET',
		`/items/doorstep_cases?limit=-1&fields=title&${filter}`,
	);
	return rows.map(({ title }) => title).sort();
}

function takenApart(part: unknown, path = 'filter'): string {
	if (typeof part !== 'object' || part === null) return `${path}=${encodeURIComponent(String(part))}`;
	return Object.entries(part)
		.map(([key, value]) => takenApart(value, `${path}[${key}]`))
		.join('&');
}

interface Waiting {
	cases: number;
	escalations: number;
	count: number;
}
const waitingOf = ({ client }: Pick<Person, 'client'>) => client.ok<Waiting>('GET', '/doorstep/waiting');

describe('等我办理: what waits for whom', () => {
	const HOURS = 3_600_000;
	const told = { solved: 'yes', satisfaction: 'satisfied', channel: 'visit' };

	/** Records a case under a title and takes steps on it, each by somebody. */
	async function aCase(
		title: string,
		household: string,
		by: Person,
		more: object,
		...steps: [by: Person, kind: string, more?: object][]
	): Promise<string> {
		const { id } = await recordCase(by, household, { title, ...more });
		for (const [who, kind, given] of steps) {
			const answer = await step(who, id, kind, given ?? {});
			expect(answer.status, `${title}: ${kind} ${answer.raw.toString()}`).toBeLessThan(300);
		}
		return id;
	}

	beforeAll(async () => {
		const { cadre, colleague, stranger, leader, townLeader, inCharge, supervisor } = world;
		const { household, neighbour, foreign } = world;
		const done = { note: '已办好' };
		await aCase('在办', household, cadre, {});
		await aCase('邻户的', neighbour, colleague, {});
		await aCase('外村的', foreign, stranger, {});
		await aCase('未反馈', household, cadre, {}, [cadre, 'resolve', done]);
		await aCase('可办结', household, cadre, {}, [cadre, 'resolve', done], [cadre, 'tell', told]);
		await aCase(
			'已办结',
			household,
			cadre,
			{},
			[cadre, 'resolve', done],
			[cadre, 'tell', told],
			[cadre, 'close'],
		);
		await aCase('要延期', household, cadre, {}, [cadre, 'ask_time', { hours: 5, note: '路远' }]);
		const reported = { ledger: 'reported' };
		await aCase('待交办', household, cadre, reported);
		await aCase('外村待交办', foreign, stranger, reported);
		const due = { holder: colleague.cadre, due_at: new Date(Date.now() + 48 * HOURS).toISOString() };
		await aCase('已交办', household, cadre, reported, [leader, 'decide', due]);
		await aCase('到镇', household, cadre, reported, [cadre, 'report', { level: 'township' }]);
		await aCase('到镇外村分管', foreign, stranger, { ...reported, service: world.service }, [
			stranger,
			'report',
			{ level: 'township' },
		]);
		await aCase('可销号', household, cadre, reported, [cadre, 'resolve', done], [cadre, 'tell', told]);
		await aCase(
			'没解决',
			household,
			cadre,
			reported,
			[cadre, 'resolve', done],
			[cadre, 'tell', { ...told, solved: 'no' }],
		);
		await aCase(
			'到镇可销号',
			household,
			cadre,
			reported,
			[cadre, 'report', { level: 'township' }],
			[townLeader, 'resolve', done],
			[cadre, 'tell', told],
		);
		await recordCase(supervisor, household, { title: '反映', about_cadre: cadre.cadre, source: 'hotline' });
		expect(inCharge.cadre).not.toBe('');
	});

	/** What the list, and the number on the module bar, say. */
	async function expectWaiting(person: Person, titles: string[]): Promise<void> {
		expect(await casesIn('waiting', person)).toEqual([...titles].sort());
		expect(await waitingOf(person)).toMatchObject({ cases: titles.length });
	}

	test('a cadre: own open cases, results to tell, cases to close or to take up again; nobody else’s', async () => {
		await expectWaiting(world.cadre, ['在办', '未反馈', '可办结', '要延期', '待交办', '到镇', '没解决']);
		await expectWaiting(world.colleague, ['邻户的', '已交办']);
	});

	test('a team leader: time asked for, cases to decide and to strike off in the village', async () => {
		await expectWaiting(world.leader, ['要延期', '待交办', '可销号']);
		expect(await casesIn('decide', world.leader)).toEqual(['待交办']);
		expect(await casesIn('time', world.leader)).toEqual(['要延期']);
		expect(await casesIn('strike_off', world.leader)).toEqual(['可销号']);
	});

	test('town leaders: what was carried above the village, by area and by subject', async () => {
		await expectWaiting(world.townLeader, ['到镇', '到镇可销号']);
		await expectWaiting(world.inCharge, ['到镇外村分管']);
	});

	test('a complaint waits for the supervision group and nobody else', async () => {
		await expectWaiting(world.supervisor, ['反映']);
		expect(await casesIn('complaints', world.supervisor)).toEqual(['反映']);
	});

	test('the deputy while the leader is away: at a meeting, without a user, or covered', async () => {
		const { admin } = township;
		const leader = `/items/doorstep_cadres/${world.leader.cadre}`;
		await expectWaiting(world.deputy, []);
		await admin.ok('PATCH', leader, { work_state: 'meeting' });
		await expectWaiting(world.deputy, ['要延期', '待交办', '可销号']);
		await admin.ok('PATCH', leader, { work_state: 'on_duty' });
		await expectWaiting(world.deputy, []);
		const tomorrow = new Date(Date.now() + 24 * HOURS).toISOString();
		await admin.ok('PATCH', leader, { substitute: world.deputy.cadre, substitute_until: tomorrow });
		await expectWaiting(world.deputy, ['要延期', '待交办', '可销号']);
		await admin.ok('PATCH', leader, { substitute: null, substitute_until: null });
		await admin.ok('PATCH', `/users/${world.leader.user}`, { status: 'suspended' });
		await expectWaiting(world.deputy, ['要延期', '待交办', '可销号']);
		await admin.ok('PATCH', `/users/${world.leader.user}`, { status: 'active' });
		await expectWaiting(world.deputy, []);
	});

	test('C3: a substitute, as long as that lasts', async () => {
		const absent = `/items/doorstep_cadres/${world.cadre.cadre}`;
		const until = (hours: number) => new Date(Date.now() + hours * HOURS).toISOString();
		await township.admin.ok('PATCH', absent, {
			substitute: world.colleague.cadre,
			substitute_until: until(5),
		});
		expect(await casesIn('waiting', world.colleague)).toEqual(
			['邻户的', '已交办', '在办', '未反馈', '可办结', '要延期', '待交办', '到镇', '没解决'].sort(),
		);
		await township.admin.ok('PATCH', absent, { substitute_until: until(-1) });
		await expectWaiting(world.colleague, ['邻户的', '已交办']);
		await township.admin.ok('PATCH', absent, { substitute: null, substitute_until: null });
	});

	test('F3: due today ends with the day in Beijing, and late is late', async () => {
		const immediate = await recordCase(world.stranger, world.foreign, { title: '今天', ledger: 'immediate' });
		const early = new Date(Date.now() - 30 * HOURS).toISOString();
		await recordCase(world.stranger, world.foreign, { title: '迟了', happened_at: early });
		expect(await casesIn('today', world.stranger)).toContain('今天');
		expect(await casesIn('late', world.stranger)).toEqual(['迟了']);
		const counted = await world.stranger.client.request<{ title: string }[]>(
			'GET',
			`/items/doorstep_cases?meta=filter_count&filter=${encodeURIComponent(JSON.stringify({ due_at: { _lte: '$TODAY_END' } }))}`,
		);
		expect(counted.status).toBe(200);
		expect(counted.data?.map(({ title }) => title)).toContain('今天');
		expect(JSON.parse(counted.raw.toString())).toMatchObject({
			meta: { filter_count: counted.data?.length },
		});
		expect(immediate.status).toBe('open');
	});

	test('rungs that wait for an acknowledgement count, until they are acknowledged', async () => {
		const before = await waitingOf(world.colleague);
		const soon = new Date(Date.now() - 21 * HOURS).toISOString();
		await recordCase(world.colleague, world.neighbour, { title: '快到期', happened_at: soon });
		await township.admin.ok('POST', '/doorstep/sweep');
		expect(await waitingOf(world.colleague)).toEqual({
			cases: before.cases + 1,
			escalations: before.escalations + 1,
			count: before.count + 1,
		});
		expect(await casesIn('rungs', world.colleague)).toEqual(['快到期']);
		const [rung] = await world.colleague.client.ok<{ id: string }[]>(
			'GET',
			'/items/doorstep_escalations?filter[acknowledged_at][_null]=true',
		);
		await world.colleague.client.ok('PATCH', `/items/doorstep_escalations/${rung?.id ?? ''}`, {
			acknowledged_at: new Date().toISOString(),
		});
		expect(await waitingOf(world.colleague)).toMatchObject({ escalations: before.escalations });
		expect(await casesIn('rungs', world.colleague)).toEqual([]);
	});

	test('a case that somebody is told of counts once, whether they have to act on it or not', async () => {
		const before = await waitingOf(world.leader);
		const early = new Date(Date.now() - 30 * HOURS).toISOString();
		await recordCase(world.colleague, world.neighbour, { title: '逾期', happened_at: early });
		await township.admin.ok('POST', '/doorstep/sweep');
		const after = await waitingOf(world.leader);
		expect(after.escalations).toBeGreaterThan(before.escalations);
		expect(after).toMatchObject({ cases: before.cases, count: before.count + 1 });
	});

	test('every list can be read by everybody who has it', async () => {
		const listKeysOf = async ({ client }: Person): Promise<string[]> => {
			const presets = await client.ok<{ bookmark: string | null }[]>('GET', '/presets?limit=-1');
			const names = new Set(presets.map(({ bookmark }) => bookmark));
			return CASE_LISTS.map(({ key }) => key).filter((key) => names.has(bookmarkOf(key)));
		};
		for (const person of [world.cadre, world.leader, world.townLeader, world.supervisor]) {
			for (const key of await listKeysOf(person)) if (key !== 'all') await casesIn(key, person);
		}
	});
});

describe('GET /doorstep/waiting', () => {
	test('a visitor is refused, somebody without a hat waits for nothing', async () => {
		const refused = inShort(await township.visitor.request('GET', '/doorstep/waiting'));
		expect(refused).toMatchObject({ status: 403, code: 'DOORSTEP_LOG_IN' });
		expect(await waitingOf(await makePerson(township, '无职', []))).toEqual({
			cases: 0,
			escalations: 0,
			count: 0,
		});
		expect(await waitingOf(world.clerk)).toEqual({ cases: 0, escalations: 0, count: 0 });
	});
});
