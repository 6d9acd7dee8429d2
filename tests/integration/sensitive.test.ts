import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Answer, Client } from '../harness/request.js';
import { inShort } from '../harness/refusals.js';
import { startProvisioned } from '../harness/township.js';
import { buildWorld, makePerson, recordCase, type Person } from '../harness/world.js';

const township = await startProvisioned();
const world = await buildWorld(township);
const { admin } = township;
afterAll(() => township.stop());

const HOUSEHOLDS = '/items/doorstep_households';
const CASES = '/items/doorstep_cases';
const secret = `因病${randomUUID().slice(0, 8)}`;
const everybody = [world.household, world.neighbour, world.foreign];
const both = await makePerson(township, '督导员兼包户', ['cadre', 'supervisor', 'sensitive_information']);
const own = await recordCase(world.cadre, world.household);

beforeAll(async () => {
	for (const id of everybody) {
		const file = { relief_reason: secret, special_groups: ['disabled'] };
		await admin.ok('PATCH', `${HOUSEHOLDS}/${id}`, file);
	}
	await admin.ok('PATCH', `${HOUSEHOLDS}/${world.foreign}`, { cadre: both.cadre });
});

type Way = (client: Client) => Promise<Answer<unknown>>;
const get =
	(path: string): Way =>
	(client) =>
		client.request('GET', path);
const graphql =
	(query: string): Way =>
	(client) =>
		client.request('POST', '/graphql', { query });
const asJson = (value: object): string => encodeURIComponent(JSON.stringify(value));

const OF_SECRET = { relief_reason: { _eq: secret } };
/** Every way to ask for households by a sensitive field. */
const AT_ROOT: Record<string, Way> = {
	filter: get(`${HOUSEHOLDS}?fields=id&filter=${asJson(OF_SECRET)}`),
	'filter behind and, or': get(
		`${HOUSEHOLDS}?fields=id&filter=${asJson({ _and: [{ _or: [OF_SECRET, OF_SECRET] }] })}`,
	),
	'body of a SEARCH': (client) =>
		client.request('SEARCH', HOUSEHOLDS, { query: { fields: ['id'], filter: OF_SECRET } }),
	'one row': get(`${HOUSEHOLDS}/${world.foreign}?fields=id&filter=${asJson(OF_SECRET)}`),
	sort: get(`${HOUSEHOLDS}?fields=id&sort=-relief_reason`),
	group: get(`${HOUSEHOLDS}?groupBy[]=relief_reason&aggregate[count]=id`),
	aggregate: get(`${HOUSEHOLDS}?aggregate[countDistinct]=relief_reason`),
	filter_count: get(`${HOUSEHOLDS}?fields=id&meta=filter_count&filter=${asJson(OF_SECRET)}`),
	export: get(`${HOUSEHOLDS}?export=csv&fields=id&filter=${asJson(OF_SECRET)}`),
	GraphQL: graphql(`{ doorstep_households(filter: { relief_reason: { _eq: "${secret}" } }) { id } }`),
	'GraphQL sort': graphql('{ doorstep_households(sort: ["relief_reason"]) { id } }'),
	'GraphQL figures': graphql(
		`{ doorstep_households_aggregated(filter: { relief_reason: { _eq: "${secret}" } }) { count { id } } }`,
	),
	'GraphQL group': graphql(
		'{ doorstep_households_aggregated(groupBy: ["relief_reason"]) { group count { id } } }',
	),
};

const OVER_CASE = { household: OF_SECRET };
/** Every way to ask for other rows by a sensitive field of their household. */
const OVER_A_RELATION: Record<string, Way> = {
	'filter of cases': get(`${CASES}?fields=id&filter=${asJson(OVER_CASE)}`),
	'filter of steps': get(`/items/doorstep_case_steps?fields=id&filter=${asJson({ case_id: OVER_CASE })}`),
	'filter of rungs': get(`/items/doorstep_escalations?fields=id&filter=${asJson({ case_id: OVER_CASE })}`),
	'filter of the history': get(`/items/doorstep_assignments?fields=id&filter=${asJson(OVER_CASE)}`),
	'filter of files': get(`/files?fields=id&filter=${asJson({ doorstep_case: OVER_CASE })}`),
	'filter with some': get(
		`${CASES}?fields=id&filter=${asJson({ steps: { _some: { case_id: OVER_CASE } } })}`,
	),
	sort: get(`${CASES}?fields=id&sort=household.relief_reason`),
	deep: get(`${CASES}?fields=household.id&deep=${asJson({ household: { _filter: OF_SECRET } })}`),
	'deep behind an alias': get(
		`${CASES}?fields=of.id&alias[of]=household&deep=${asJson({ of: { _filter: OF_SECRET } })}`,
	),
	'deep order': get(
		`${CASES}?fields=steps.id&deep=${asJson({ steps: { _sort: ['case_id.household.relief_reason'] } })}`,
	),
	filter_count: get(`${CASES}?fields=id&meta=filter_count&filter=${asJson(OVER_CASE)}`),
	figures: get(`${CASES}?aggregate[count]=id&filter=${asJson(OVER_CASE)}`),
	export: get(`${CASES}?export=csv&fields=id&filter=${asJson(OVER_CASE)}`),
	GraphQL: graphql(
		`{ doorstep_cases(filter: { household: { relief_reason: { _eq: "${secret}" } } }) { id } }`,
	),
	'GraphQL below': graphql(
		`{ doorstep_cases { household(filter: { relief_reason: { _eq: "${secret}" } }) { id } } }`,
	),
};

const PROTECTED = { status: 403, code: 'DOORSTEP_FIELD_PROTECTED' };
/** GraphQL answers 200 or as Directus likes; the code tells. */
const codesOf = async (ways: Record<string, Way>, { client }: { client: Client }) => {
	const codes: Record<string, string> = {};
	for (const [name, way] of Object.entries(ways)) {
		const answer = await way(client);
		codes[name] =
			answer.errors[0]?.extensions.code ?? (answer.status < 300 ? 'answered' : String(answer.status));
	}
	return codes;
};
const allSay = (ways: Record<string, Way>, says: string) =>
	Object.fromEntries(Object.keys(ways).map((name) => [name, says]));

describe('L1: nobody guesses the sensitive fields of a household', () => {
	test('whoever has other hats beside cannot ask by them, in any way', async () => {
		for (const person of [both, world.townLeader])
			expect(await codesOf(AT_ROOT, person)).toEqual(allSay(AT_ROOT, PROTECTED.code));
	});

	test('a cadre who may read them asks for own households, and an administrator for all', async () => {
		const foreignRow = { 'one row': 'FORBIDDEN' };
		expect(await codesOf(AT_ROOT, world.cadre)).toEqual({ ...allSay(AT_ROOT, 'answered'), ...foreignRow });
		expect(await codesOf(AT_ROOT, { client: admin })).toEqual(allSay(AT_ROOT, 'answered'));
		const found = await world.cadre.client.ok('GET', `${HOUSEHOLDS}?fields=id&filter=${asJson(OF_SECRET)}`);
		expect(found).toEqual([{ id: world.household }]);
	});

	test('a leader of the village, whose rules are all covered, asks for the village', async () => {
		const path = `${HOUSEHOLDS}?fields=id&sort=code&filter=${asJson(OF_SECRET)}`;
		const found = await world.leader.client.ok<{ id: string }[]>('GET', path);
		expect(found.map(({ id }) => id).sort()).toEqual([world.household, world.neighbour].sort());
	});

	test('over a relation nobody asks by them but an administrator', async () => {
		for (const person of [world.cadre, both])
			expect(await codesOf(OVER_A_RELATION, person)).toEqual(allSay(OVER_A_RELATION, PROTECTED.code));
		expect(await codesOf(OVER_A_RELATION, { client: admin })).toEqual(allSay(OVER_A_RELATION, 'answered'));
	});

	test('a refusal names the field in the language of who asks', async () => {
		const answer = await get(`${HOUSEHOLDS}?sort=relief_reason`)(both.client);
		expect(inShort(answer)).toEqual({ ...PROTECTED, field: 'relief_reason' });
		expect(answer.errors[0]?.message).toContain('致困原因');
		await admin.ok('PATCH', `/users/${both.user}`, { language: 'en-US' });
		const inEnglish = await get(`${HOUSEHOLDS}?sort=relief_reason`)(both.client);
		expect(inEnglish.errors[0]?.message).toContain('is protected');
	});

	test('other fields are asked by as ever', async () => {
		const filter = { household: { hamlet: { village: { _eq: world.village } } } };
		const found = await world.cadre.client.ok('GET', `${CASES}?fields=id&filter=${asJson(filter)}`);
		expect(found).toEqual([{ id: own.id }]);
		expect(await both.client.ok('GET', `${HOUSEHOLDS}?fields=id&sort=code`)).toHaveLength(3);
	});
});

describe('nobody guesses how somebody else logs in', () => {
	const starts = { email: { _starts_with: world.stranger.email.slice(0, 8) } };
	const WAYS: Record<string, Way> = {
		cadres: get(`/items/doorstep_cadres?fields=id&filter=${asJson({ user: starts })}`),
		substitutes: get(`/items/doorstep_cadres?fields=id&filter=${asJson({ substitute: { user: starts } })}`),
		sort: get('/items/doorstep_cadres?fields=id&sort=user.email'),
		uploads: get(`/files?fields=id&filter=${asJson({ uploaded_by: starts })}`),
		GraphQL: graphql(`
			{
				doorstep_cadres(filter: { user: { email: { _starts_with: "a" } } }) {
					id
				}
			}
		`),
	};

	test('addresses over a relation are refused; whoever an account belongs to may be asked', async () => {
		expect(await codesOf(WAYS, world.cadre)).toEqual(allSay(WAYS, PROTECTED.code));
		expect(await codesOf(WAYS, { client: admin })).toEqual(allSay(WAYS, 'answered'));
		const mine = `/items/doorstep_cadres?fields=id&filter=${asJson({ user: { id: { _eq: '$CURRENT_USER' } } })}`;
		expect(await world.cadre.client.ok('GET', mine)).toEqual([{ id: world.cadre.cadre }]);
	});

	test('whom another policy lets read all addresses may ask by them', async () => {
		const policy = (await admin.ok<{ id: string }>('POST', '/policies', { name: '通讯录' })).id;
		const read = { policy, collection: 'directus_users', action: 'read', fields: ['id', 'email'] };
		await admin.ok('POST', '/permissions', read);
		const reader = await makePerson(township, '文书', ['cadre']);
		await admin.ok('PATCH', `/users/${reader.user}`, {
			policies: { create: [{ policy }], update: [], delete: [] },
		});
		const path = `/items/doorstep_cadres?fields=id&filter=${asJson({ user: starts })}`;
		expect(await reader.client.ok('GET', path)).toEqual([{ id: world.stranger.cadre }]);
	});
});

describe('nobody goes back along a relation to rows of others', () => {
	const back = (to: string, over: string, asks: object) => ({ [`$FOLLOW(${to},${over})`]: asks });
	const cases = back('doorstep_cases', 'about_cadre', { title: { _contains: '新' } });
	const households = back('doorstep_households', 'cadre', OF_SECRET);
	const WAYS: Record<string, Way> = {
		complaints: get(`/items/doorstep_cadres?fields=id&filter=${asJson(cases)}`),
		'complaints, by SEARCH': (client) =>
			client.request('SEARCH', '/items/doorstep_cadres', { query: { filter: { _and: [cases] } } }),
		households: get(`/items/doorstep_cadres?fields=id&filter=${asJson(households)}`),
		notices: get(
			`/items/doorstep_cadres?fields=id&filter=${asJson({ user: back('directus_notifications', 'recipient', { message: { _contains: '新' } }) })}`,
		),
		'from an account': get(`/users?fields=id&filter=${asJson(back('doorstep_cadres', 'user', households))}`),
		'from a notice': get(
			`/notifications?fields=id&filter=${asJson({ recipient: back('doorstep_cadres', 'user', households) })}`,
		),
		'from a preset': get(
			`/presets?fields=id&filter=${asJson({ user: back('doorstep_cadres', 'user', households) })}`,
		),
		deep: get(
			`/items/doorstep_cadres?fields=village.id&deep=${asJson({ village: { _filter: back('doorstep_cadres', 'village', cases) } })}`,
		),
	};

	test('F6: complaints, households and notices of others are asked by nobody that way, from wherever', async () => {
		expect(await codesOf(WAYS, world.cadre)).toEqual(allSay(WAYS, PROTECTED.code));
		expect(await codesOf(WAYS, { client: admin })).toEqual(allSay(WAYS, 'answered'));
	});

	test('L1: a household’s people are asked by only on the spot, by whoever sees the household', async () => {
		const people = { people: { _gt: 0 } };
		const over = { cases: get(`${CASES}?fields=id&filter=${asJson({ household: people })}`) };
		expect(await codesOf(over, world.cadre)).toEqual(allSay(over, PROTECTED.code));
		expect(await codesOf(over, world.townLeader)).toEqual(allSay(over, 'answered'));
		const there = { here: get(`${HOUSEHOLDS}?fields=id&filter=${asJson(people)}`) };
		expect(await codesOf(there, world.cadre)).toEqual(allSay(there, 'answered'));
	});
});

describe('a change by a condition tells nobody whether a foreign row meets it', () => {
	const query = { filter: { id: { _eq: world.foreign }, relief_reason: { _starts_with: '因' } } };
	const NEEDED = { status: 403, code: 'DOORSTEP_KEYS_NEEDED' };

	test('households, people and files are changed and deleted by their keys', async () => {
		for (const path of [HOUSEHOLDS, '/Items/doorstep_households', '/users', '/files']) {
			for (const method of ['PATCH', 'DELETE'] as const) {
				const sent = { query, ...(method === 'PATCH' && { data: { phone: '1' } }) };
				expect([path, inShort(await world.supervisor.client.request(method, path, sent))]).toEqual([
					path,
					NEEDED,
				]);
			}
		}
		const byKeys = { keys: [world.household], data: { phone: '138' } };
		expect((await world.cadre.client.request('PATCH', HOUSEHOLDS, byKeys)).status).toBe(200);
		const asAdmin = { query: { filter: { id: { _eq: world.household } } }, data: { phone: '139' } };
		expect((await admin.request('PATCH', HOUSEHOLDS, asAdmin)).status).toBe(200);
	});

	test('a condition on other rows may not lead to an address', async () => {
		const by = (user: object) => ({ query: { filter: { user } }, data: { bookmark: '我的' } });
		const refused = await world.cadre.client.request(
			'PATCH',
			'/presets',
			by({ email: { _starts_with: 'a' } }),
		);
		expect(inShort(refused)).toEqual(NEEDED);
		const preset = { collection: 'doorstep_cases', user: world.cadre.user };
		await world.cadre.client.ok('POST', '/presets', preset);
		const changed = await world.cadre.client.request('PATCH', '/presets', by({ _eq: world.cadre.user }));
		expect(changed.status).toBe(200);
	});
});

interface Trace {
	user: string | null;
	item: string;
	ip: string | null;
	user_agent: string | null;
	timestamp: string;
}
describe('L1: reading sensitive fields leaves a trace', () => {
	let last = 0;
	const fresh = async (): Promise<Trace[]> => {
		const path =
			'/activity?limit=-1&sort=id&fields=id,user,item,ip,user_agent,timestamp' +
			`&filter=${asJson({ action: { _eq: 'read' }, collection: { _eq: 'doorstep_households' }, id: { _gt: last } })}`;
		const rows = await admin.ok<(Trace & { id: number })[]>('GET', path);
		last = rows.at(-1)?.id ?? last;
		return rows;
	};
	const tracesOf = async (person: { client: Client }, way: Way) => {
		await fresh();
		const answer = await way(person.client);
		expect([answer.status, answer.errors]).toEqual([200, []]);
		return (await fresh()).map(({ item }) => item);
	};
	const one = [world.household];

	const NAMED: Record<string, Way> = {
		'the row': get(`${HOUSEHOLDS}/${world.household}`),
		list: get(`${HOUSEHOLDS}?fields=id,relief_reason`),
		'without its id': get(`${HOUSEHOLDS}?fields=relief_reason`),
		alias: get(`${HOUSEHOLDS}?fields=code,why&alias[why]=relief_reason`),
		'an id that is another field': get(`${HOUSEHOLDS}?fields=id,relief_reason&alias[id]=code`),
		'an id that is another field, of all': get(`${HOUSEHOLDS}?fields=*&alias[id]=kind`),
		'what we call an id ourselves': get(`${HOUSEHOLDS}?fields=*&alias[doorstep_row]=kind`),
		'an id that is another field, below a case': get(
			`${CASES}?fields=household.*&deep=${asJson({ household: { _alias: { id: 'kind', doorstep_row: 'kind' } } })}`,
		),
		'below a case': get(`${CASES}?fields=household.relief_reason`),
		'below a case, all': get(`${CASES}?fields=household.*`),
		'below a case, alias': get(`${CASES}?fields=of.relief_reason&alias[of]=household`),
		'below a case, both alias': get(
			`${CASES}?fields=of.code,of.why&alias[of]=household&deep=${asJson({ of: { _alias: { why: 'relief_reason' } } })}`,
		),
		'below a step': get('/items/doorstep_case_steps?fields=case_id.household.special_groups'),
		export: get(`${HOUSEHOLDS}?export=csv&fields=relief_reason`),
		GraphQL: graphql('{ doorstep_households { relief_reason } }'),
		'GraphQL alias': graphql('{ doorstep_cases { of: household { why: relief_reason } } }'),
	};

	test.each(Object.entries(NAMED))('%s: who, when, from where, which household', async (_name, way) => {
		expect(await tracesOf(world.cadre, way)).toEqual(one);
	});

	test('the trace says who and when, from where and with what', async () => {
		await fresh();
		const headers = { 'user-agent': 'doorstep-test' };
		await world.cadre.client.ok('GET', `${HOUSEHOLDS}?fields=relief_reason`, undefined, headers);
		const [trace] = await fresh();
		expect(trace).toMatchObject({ user: world.cadre.user, user_agent: 'doorstep-test' });
		expect(trace?.ip).toMatch(/127\.0\.0\.1|::1/);
		expect(Math.abs(Date.parse(trace?.timestamp ?? '') - Date.now())).toBeLessThan(60_000);
	});

	test('the answer is what was asked for', async () => {
		const path = `${CASES}?fields=id,household.relief_reason`;
		expect(await world.cadre.client.ok('GET', path)).toEqual([
			{ id: own.id, household: { relief_reason: secret } },
		]);
		const csv = await get(`${HOUSEHOLDS}?export=csv&fields=relief_reason`)(world.cadre.client);
		expect(csv.raw.toString()).toBe(`"relief_reason"\n"${secret}"`);
	});

	test('an administrator leaves traces too, also of an old state', async () => {
		const sorted = [...everybody].sort();
		expect((await tracesOf({ client: admin }, get(`${HOUSEHOLDS}?fields=relief_reason`))).sort()).toEqual(
			sorted,
		);
		const revisions = `/revisions?fields=item,data&filter=${asJson({ item: { _eq: world.foreign } })}`;
		expect(await tracesOf({ client: admin }, get(revisions))).toEqual([world.foreign]);
		const renamed = `/revisions?fields=whose,d,of&alias[whose]=item&alias[d]=data&alias[of]=collection&filter=${asJson({ item: { _eq: world.foreign } })}`;
		await fresh();
		const answer = await get(renamed)(admin);
		// By other names Directus shows nothing but ids here; where it shows more, a trace is due.
		expect((await fresh()).length > 0).toBe(answer.raw.toString().includes(secret));
	});

	test('figures, groups, conditions and orders leave one without a household', async () => {
		for (const name of ['filter', 'sort', 'group', 'aggregate', 'filter_count', 'GraphQL figures'])
			expect([name, await tracesOf(world.cadre, AT_ROOT[name] as Way)]).toEqual([name, ['*']]);
	});

	test('what is withheld or not asked for leaves none', async () => {
		expect(await tracesOf(world.supervisor, get(HOUSEHOLDS))).toEqual([]);
		expect(await tracesOf(world.cadre, get(`${HOUSEHOLDS}?fields=id,code,phone`))).toEqual([]);
		const own = await tracesOf(both, get(`${HOUSEHOLDS}?fields=id,relief_reason`));
		expect(own).toEqual([world.foreign]);
	});

	test('traces are the administrators’ and one’s own to read', async () => {
		const path = `/activity?fields=user&filter=${asJson({ action: { _eq: 'read' } })}&limit=-1`;
		const seen = async ({ client }: Person | { client: Client }) =>
			new Set((await client.ok<{ user: string }[]>('GET', path)).map(({ user }) => user));
		expect(await seen(world.cadre)).toEqual(new Set([world.cadre.user]));
		expect(await seen(world.leader)).toEqual(new Set([world.leader.user]));
		expect((await seen({ client: admin })).size).toBeGreaterThan(2);
	});

	test('no trace, no answer', async () => {
		await township.sql('alter table directus_activity rename to directus_activity_away');
		const answer = await get(`${HOUSEHOLDS}?fields=relief_reason`)(world.cadre.client);
		const plain = await get(`${HOUSEHOLDS}?fields=code`)(world.cadre.client);
		await township.sql('alter table directus_activity_away rename to directus_activity');
		expect(answer.raw.toString()).not.toContain(secret);
		expect([answer.status, plain.status]).toEqual([500, 200]);
	});
});
