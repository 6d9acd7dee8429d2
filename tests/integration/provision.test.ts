import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { POLICIES, policyId } from '../../extensions/platform/hats.js';
import { dashboardId, STEERING } from '../../seed/provision/dashboards.js';
import { PHOTOS_FOLDER } from '../../seed/provision/permissions.js';
import { addedTo, buildEstate, lostFrom, readEstate, type Estate } from '../harness/estate.js';
import { inShort } from '../harness/refusals.js';
import { logIn, type Client } from '../harness/request.js';
import { startBare } from '../harness/township.js';

const township = await startBare();
const { admin, visitor, database } = township;
afterAll(() => township.stop());

interface Provisioned {
	state: string;
	schema: number;
	rows: number;
}
const provision = () => admin.ok<Provisioned>('POST', '/doorstep/provision', {});

/** Tables, indexes, triggers and functions of ours, asked of the database itself. */
async function objectsOfOurs(): Promise<string[]> {
	const rows = await township.sql<{ name: string }>(
		database === 'sqlite'
			? "select name from sqlite_master where name like 'doorstep%' or tbl_name like 'doorstep%'"
			: `select relname as name from pg_class where relname like 'doorstep%'
				union all select tgname from pg_trigger where tgname like 'doorstep%'
				union all select proname from pg_proc where proname like 'doorstep%'`,
	);
	return rows.map(({ name }) => name).sort();
}

async function oneOf<Row>(path: string): Promise<Row & { id: string }> {
	const [row] = await admin.ok<(Row & { id: string })[]>('GET', path);
	if (row === undefined) throw new Error(`nothing at ${path}`);
	return row;
}

/** Without the two things that we add to: the module bar, and Directus's files as SQLite tells of their columns. */
function withoutAdditions(estate: Estate): Estate {
	const settings = estate.settings.map((each) =>
		JSON.stringify({ ...(JSON.parse(each) as object), module_bar: null }),
	);
	const collections = estate.collections.map((each) => {
		const { schema, ...rest } = JSON.parse(each) as { collection: string; schema: object | null };
		const changed = rest.collection === 'directus_files' ? { ...schema, sql: null } : schema;
		return JSON.stringify({ ...rest, schema: changed });
	});
	return { ...estate, settings, collections };
}

/** By its name, by the policy that it belongs to, or as the one field that we add to Directus's files. */
function isOurs(each: string): boolean {
	const { collection, field, policy } = JSON.parse(each) as Record<string, string | undefined>;
	if (policy !== undefined) return POLICIES.some((hat) => policyId(hat) === policy);
	return (
		collection?.startsWith('doorstep_') === true ||
		(collection === 'directus_files' && field === 'doorstep_case')
	);
}

let before: Estate;
let guard: Client;
beforeAll(async () => {
	const { policy } = await buildEstate(admin);
	const [email, password] = ['keeper@estate.example.com', 'estate-keeper'];
	await admin.ok('POST', '/users', { email, password, policies: [{ policy }] });
	guard = await logIn(township.url, email, password);
	before = await readEstate(admin);
});

describe('Idea 6: deployed, not provisioned', () => {
	test('health is 503 not_installed, and nothing of ours stands in the database', async () => {
		const health = await visitor.request('GET', '/doorstep/health');
		expect([health.status, health.data]).toEqual([503, { status: 'not_installed' }]);
		expect(await objectsOfOurs()).toEqual([]);
		for (const kind of ['collections', 'fields', 'relations', 'policies', 'translations'] as const) {
			expect(
				before[kind].filter((each) => /"(collection|key|name)":"(doorstep_|农事户办)/.test(each)),
			).toEqual([]);
		}
	});

	test('the platform works as if we were not there', async () => {
		const { id } = await oneOf('/items/estate_farms?filter[title][_eq]=二号地');
		expect(await admin.ok('PATCH', `/items/estate_farms/${id}`, { status: 'live' })).toMatchObject({
			status: 'live',
		});
		await admin.ok('PATCH', `/items/estate_farms/${id}`, { status: 'draft' });
		await township.restart();
		expect(lostFrom(before, await readEstate(admin))).toEqual([]);
		expect(await township.log()).not.toMatch(/ERROR/);
	});

	test('an audit and a sweep are refused until there is something to look at', async () => {
		for (const [method, path] of [
			['GET', '/doorstep/audit'],
			['POST', '/doorstep/sweep'],
		] as const) {
			const refused = await admin.request(method, path);
			expect([refused.status, refused.errors[0]?.extensions.code]).toEqual([503, 'DOORSTEP_UNAVAILABLE']);
		}
	});

	test('only an administrator provisions', async () => {
		for (const client of [guard, visitor]) {
			const refused = inShort(await client.request('POST', '/doorstep/provision', {}));
			expect(refused).toEqual({ status: 403, code: 'DOORSTEP_ADMIN_ONLY' });
		}
		expect(await objectsOfOurs()).toEqual([]);
	});
});

describe('Idea 6: provisioned beside what was there', () => {
	let after: Estate;
	beforeAll(async () => {
		const result = await provision();
		expect(result).toMatchObject({ state: 'ready' });
		expect(Math.min(result.schema, result.rows)).toBeGreaterThan(0);
		after = await readEstate(admin);
	});

	test('health is 200 ready', async () => {
		const health = await visitor.request('GET', '/doorstep/health');
		expect([health.status, health.data]).toEqual([200, { status: 'ready' }]);
		expect(await objectsOfOurs()).toContain('doorstep_cases_guarded');
	});

	test('nothing that was there is changed or gone', () => {
		expect(lostFrom(withoutAdditions(before), withoutAdditions(after))).toEqual([]);
	});

	test('our module stands in front of those that Directus shows', async () => {
		const { module_bar: bar } = await admin.ok<{ module_bar: { id: string }[] }>('GET', '/settings');
		expect(bar.map(({ id }) => id).slice(0, 2)).toEqual(['doorstep', 'content']);
		expect(bar.at(-1)?.id).toBe('settings');
	});

	test('what came new is ours by its name, and nothing else came', () => {
		const {
			fields,
			collections,
			relations,
			policies,
			permissions,
			translations,
			presets,
			folders,
			dashboards,
			panels,
			...others
		} = addedTo(withoutAdditions(before), withoutAdditions(after));
		const named = [...fields, ...collections, ...relations, ...permissions, ...presets];
		expect(named.filter((each) => !isOurs(each))).toEqual([]);
		for (const each of translations) expect((JSON.parse(each) as { key: string }).key).toMatch(/^doorstep_/);
		expect(policies.map((each) => (JSON.parse(each) as { name: string }).name.split(' · ')[0])).toEqual(
			POLICIES.map(() => '农事户办'),
		);
		expect(folders.map((each) => (JSON.parse(each) as { id: string }).id)).toEqual([PHOTOS_FOLDER]);
		const idsOf = (rows: string[]) => rows.map((each) => (JSON.parse(each) as { id: string }).id).sort();
		expect(idsOf(dashboards)).toEqual(STEERING.map(dashboardId).sort());
		for (const each of panels) expect((JSON.parse(each) as { type: string }).type).toMatch(/^doorstep-/);
		expect(Object.values(others).flat()).toEqual([]);
		expect(
			Math.min(fields.length, collections.length, permissions.length, translations.length),
		).toBeGreaterThan(0);
	});

	test('what was there still works: rows, rights, unique keys', async () => {
		const farm = { id: crypto.randomUUID(), title: '一号地' };
		expect(inShort(await admin.request('POST', '/items/estate_farms', farm)).code).toBe('RECORD_NOT_UNIQUE');
		const seen = await guard.ok('GET', '/items/estate_farms?fields=title');
		expect(seen).toEqual([{ title: '一号地' }]);
		expect((await guard.request('GET', '/items/doorstep_cases')).status).toBe(403);
	});

	test('a second time nothing changes', async () => {
		const standing = await objectsOfOurs();
		expect(await provision()).toMatchObject({ state: 'ready', schema: 0, rows: 0 });
		expect(await readEstate(admin)).toEqual(after);
		expect(await objectsOfOurs()).toEqual(standing);
	});

	test('five at once are as good as one', async () => {
		const results = await Promise.all(Array.from({ length: 5 }, provision));
		for (const each of results) expect(each).toMatchObject({ state: 'ready', schema: 0, rows: 0 });
		expect(await readEstate(admin)).toEqual(after);
	});
});

describe('Idea 6: what an administrator changed survives the next provisioning', () => {
	const CADRES_CASES = `/permissions?filter[policy][_eq]=${policyId('cadre')}&filter[collection][_eq]=doorstep_cases`;
	const label = { meta: { note: '请写清楚', translations: [{ language: 'zh-CN', translation: '事由' }] } };
	let kept: Estate;
	let ladder: object[];

	beforeAll(async () => {
		await admin.ok('PATCH', '/fields/doorstep_cases/title', label);
		await admin.ok('POST', '/fields/doorstep_households', {
			field: 'own_remark',
			type: 'text',
			schema: {},
			meta: {},
		});
		const word = await oneOf(
			'/translations?filter[key][_eq]=doorstep_status_open&filter[language][_eq]=zh-CN',
		);
		await admin.ok('PATCH', `/translations/${word.id}`, { value: '在办' });
		const gone = await oneOf(
			'/translations?filter[key][_eq]=doorstep_status_closed&filter[language][_eq]=en-US',
		);
		await admin.ok('DELETE', `/translations/${gone.id}`);
		const read = await oneOf(`${CADRES_CASES}&filter[action][_eq]=read`);
		await admin.ok('PATCH', `/permissions/${read.id}`, { fields: ['id', 'title'] });
		const update = await oneOf(`${CADRES_CASES}&filter[action][_eq]=update`);
		await admin.ok('DELETE', `/permissions/${update.id}`);
		await admin.ok('PATCH', `/policies/${policyId('printer')}`, { name: '打字员', description: null });
		const rungs = await admin.ok<{ id: string }[]>(
			'GET',
			'/items/doorstep_escalation_rules?sort=ledger,rung',
		);
		await admin.ok('PATCH', `/items/doorstep_escalation_rules/${rungs[0]?.id ?? ''}`, {
			delay: 30,
			name: '先催',
		});
		await admin.ok('DELETE', `/items/doorstep_escalation_rules/${rungs[1]?.id ?? ''}`);
		await admin.ok('PATCH', '/items/doorstep_settings', { proxy_hours: 48, township: '我们镇' });
		const day = await oneOf('/items/doorstep_calendar?filter[day][_eq]=2026-03-02');
		await admin.ok('PATCH', `/items/doorstep_calendar/${day.id}`, { working: false, name: '镇里放假' });
		kept = await readEstate(admin);
		ladder = await admin.ok('GET', '/items/doorstep_escalation_rules?sort=ledger,rung');
		expect(await provision()).toMatchObject({ state: 'ready', schema: 0, rows: 0 });
	});

	test('labels, notes, own fields, words, rights, policies: all as they were left', async () => {
		expect(await readEstate(admin)).toEqual(kept);
		expect(await admin.ok('GET', '/fields/doorstep_cases/title')).toMatchObject(label);
		expect(await admin.ok('GET', '/fields/doorstep_households/own_remark')).toMatchObject({ type: 'text' });
	});

	test('a deleted word or right of ours is not brought back', async () => {
		const word = '/translations?filter[key][_eq]=doorstep_status_closed&fields=language';
		expect(await admin.ok('GET', word)).toEqual([{ language: 'zh-CN' }]);
		expect(await admin.ok('GET', `${CADRES_CASES}&filter[action][_eq]=update`)).toEqual([]);
		expect(await admin.ok('GET', `${CADRES_CASES}&filter[action][_eq]=read&fields=fields`)).toEqual([
			{ fields: ['id', 'title'] },
		]);
	});

	test('F3: ladder, settings and calendar stay as the township set them', async () => {
		expect(await admin.ok('GET', '/items/doorstep_escalation_rules?sort=ledger,rung')).toEqual(ladder);
		expect(await admin.ok('GET', '/items/doorstep_settings')).toMatchObject({
			proxy_hours: 48,
			township: '我们镇',
		});
		const day = '/items/doorstep_calendar?filter[day][_eq]=2026-03-02&fields=working,name';
		expect(await admin.ok('GET', day)).toEqual([{ working: false, name: '镇里放假' }]);
	});
});
