import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bookmarkOf, CASE_LISTS, type CaseList, type Filter } from '../../extensions/cases/lists.js';
import type { Policy } from '../../extensions/platform/hats.js';
import { logIn } from '../harness/request.js';
import { startBare, startProvisioned } from '../harness/township.js';
import { buildWorld, makePerson, type Person, type World } from '../harness/world.js';

const township = await startProvisioned();
const bare = await startBare();
afterAll(async () => {
	await township.stop();
	await bare.stop();
});

interface Preset {
	id: number;
	collection: string;
	bookmark: string | null;
	user: string | null;
	filter: Filter | null;
}

let world: World;
beforeAll(async () => {
	world = await buildWorld(township);
});

/** The lists that somebody gets, by key. */
async function listsOf({ client }: Pick<Person, 'client'>): Promise<string[]> {
	const presets = await client.ok<Preset[]>(
		'GET',
		'/presets?limit=-1&filter[collection][_eq]=doorstep_cases',
	);
	const names = new Set(presets.map(({ bookmark }) => bookmark));
	return CASE_LISTS.map(({ key }) => key).filter((key) => names.has(bookmarkOf(key)));
}

const keysFor = (...hats: Policy[]) =>
	CASE_LISTS.filter((list: CaseList) => list.hats.some((hat) => hats.includes(hat))).map(({ key }) => key);

describe('lists are bookmarks, and everybody gets those of their hats', () => {
	test('a cadre, leaders, supervisors, several hats at once', async () => {
		expect(await listsOf(world.cadre)).toEqual(keysFor('cadre'));
		expect(await listsOf(world.cadre)).not.toContain('decide');
		expect(await listsOf(world.leader)).toEqual(keysFor('cadre', 'team_leader'));
		expect(await listsOf(world.leader)).toContain('decide');
		expect(await listsOf(world.townLeader)).toEqual(keysFor('cadre', 'town_leader'));
		expect(await listsOf(world.supervisor)).toEqual(keysFor('cadre', 'supervisor'));
		expect(await listsOf(world.supervisor)).toContain('complaints');
		const both = await makePerson(township, '两职', ['team_leader', 'supervisor']);
		expect(await listsOf(both)).toEqual(keysFor('team_leader', 'supervisor'));
	});

	test('who sees no cases has no list; an administrator has all', async () => {
		expect(await listsOf(world.clerk)).toEqual([]);
		expect(await listsOf({ client: township.admin })).toEqual(CASE_LISTS.map(({ key }) => key));
	});

	test('who reads cases by a policy of the township’s own has the lists that every hat has', async () => {
		const { admin } = township;
		const [email, password] = ['archive@estate.example.com', 'estate-archive'];
		const { id: policy } = await admin.ok<{ id: string }>('POST', '/policies', {
			name: '档案员',
			app_access: true,
		});
		await admin.ok('POST', '/users', { email, password, policies: [{ policy }] });
		const client = await logIn(township.url, email, password);
		expect(await listsOf({ client })).toEqual([]);
		const read = { policy, collection: 'doorstep_cases', action: 'read', fields: ['*'], permissions: null };
		await admin.ok('POST', '/permissions', read);
		expect(await listsOf({ client })).toEqual(keysFor('cadre'));
	});

	test('somebody else’s platform role reads its presets as before, and defaults are everybody’s', async () => {
		const defaults = '/presets?limit=-1&filter[bookmark][_null]=true&fields=collection';
		const seen = await world.clerk.client.ok<Preset[]>('GET', defaults);
		expect(seen.map(({ collection }) => collection)).toContain('doorstep_households');
		expect(await township.admin.ok<Preset[]>('GET', defaults)).toHaveLength(seen.length);
	});

	test('what people made themselves stays, also under a name of ours', async () => {
		const mine = { collection: 'doorstep_cases', user: world.clerk.user, layout: 'tabular' };
		for (const bookmark of ['我的清单', bookmarkOf('complaints')]) {
			await world.clerk.client.ok('POST', '/presets', { ...mine, bookmark });
		}
		const own = await world.clerk.client.ok<Preset[]>('GET', '/presets?limit=-1&filter[user][_nnull]=true');
		expect(own.map(({ bookmark }) => bookmark).sort()).toEqual([bookmarkOf('complaints'), '我的清单'].sort());
	});

	test('a bookmark of another hat cannot be read by its id either', async () => {
		const [complaints] = await township.admin.ok<Preset[]>(
			'GET',
			`/presets?filter[bookmark][_eq]=${encodeURIComponent(bookmarkOf('complaints'))}&filter[user][_null]=true`,
		);
		const path = `/presets/${String(complaints?.id)}`;
		expect((await world.cadre.client.request('GET', path)).status).toBe(403);
		expect((await world.supervisor.client.request('GET', path)).status).toBe(200);
	});
});

test('before anything is installed nothing waits for anybody', async () => {
	expect(await bare.admin.ok('GET', '/doorstep/waiting')).toEqual({ cases: 0, escalations: 0, count: 0 });
});

describe('the module bar', () => {
	const bar = async () => (await bare.admin.ok<{ module_bar: unknown }>('GET', '/settings')).module_bar;
	const ours = { type: 'module', id: 'doorstep', enabled: true };
	const theirs = [
		{ type: 'module', id: 'content', enabled: true },
		{ type: 'module', id: 'settings', enabled: true, locked: true },
	];

	test('ours comes after those that somebody arranged; people read presets while we are not installed', async () => {
		const [email, password] = ['reader@estate.example.com', 'estate-reader'];
		const policy = await bare.admin.ok<{ id: string }>('POST', '/policies', {
			name: '读者',
			app_access: true,
		});
		await bare.admin.ok('POST', '/users', { email, password, policies: [{ policy: policy.id }] });
		const reader = await logIn(bare.url, email, password);
		expect(await reader.ok('GET', '/presets')).toEqual([]);
		await bare.admin.ok('PATCH', '/settings', { module_bar: theirs });
		await bare.admin.ok('POST', '/doorstep/provision', {});
		expect(await bar()).toEqual([...theirs, ours]);
		const seen = await reader.ok<Preset[]>('GET', '/presets?limit=-1');
		expect(seen.filter(({ bookmark }) => bookmark !== null)).toEqual([]);
	});

	test('turned off or taken away by an administrator it stays so', async () => {
		const off = [...theirs, { ...ours, enabled: false }];
		for (const arranged of [off, theirs]) {
			await bare.admin.ok('PATCH', '/settings', { module_bar: arranged });
			expect(await bare.admin.ok('POST', '/doorstep/provision', {})).toMatchObject({ rows: 0 });
			expect(await bar()).toEqual(arranged);
		}
	});

	test('a list that an administrator changed or deleted stays so', async () => {
		const find = async (key: string) =>
			(
				await bare.admin.ok<Preset[]>(
					'GET',
					`/presets?limit=-1&filter[bookmark][_eq]=${encodeURIComponent(bookmarkOf(key))}`,
				)
			)[0];
		const filter = { status: { _eq: 'open' } };
		await bare.admin.ok('PATCH', `/presets/${String((await find('late'))?.id)}`, { filter, icon: 'star' });
		await bare.admin.ok('DELETE', `/presets/${String((await find('soon'))?.id)}`);
		expect(await bare.admin.ok('POST', '/doorstep/provision', {})).toMatchObject({ state: 'ready', rows: 0 });
		expect(await find('late')).toMatchObject({ filter, icon: 'star' });
		expect(await find('soon')).toBeUndefined();
	});
});
