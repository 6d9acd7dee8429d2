import { randomUUID } from 'node:crypto';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import type { Answer } from '../harness/request.js';
import { inShort } from '../harness/refusals.js';
import { startProvisioned } from '../harness/township.js';
import { buildWorld, create, makePerson, recordCase, type Person } from '../harness/world.js';

const township = await startProvisioned();
const world = await buildWorld(township);
const { admin } = township;
afterAll(() => township.stop());

const HAMLETS = '/items/doorstep_hamlets';
const HOUSEHOLDS = '/items/doorstep_households';
const VILLAGES = '/items/doorstep_villages';
const MISSING = randomUUID();
const { villageClerk, clerk } = world;

const newHousehold = (hamlet: unknown) => ({
	...{ code: randomUUID(), head_name: '户主', cadre: world.cadre.cadre },
	hamlet,
});
const newHamlet = (village: unknown) => ({ name: `社-${randomUUID()}`, village });

type Attempt = (by: Person, place: string) => Promise<Answer<unknown>>;
/** A hamlet of the clerk's own village, and a household in it, as every attempt finds them. */
let hamlet: string;
let household: string;
beforeEach(async () => {
	hamlet = await create(admin, 'doorstep_hamlets', newHamlet(world.village));
	household = await create(admin, 'doorstep_households', newHousehold(hamlet));
});

const imported = (collection: string, rows: object[]): FormData => {
	const form = new FormData();
	form.append('file', new Blob([JSON.stringify(rows)], { type: 'application/json' }), 'rows.json');
	form.append('collection', collection);
	return form;
};

/** Every way to put a hamlet into a village. */
const INTO_A_VILLAGE: Record<string, Attempt> = {
	create: ({ client }, place) => client.request('POST', HAMLETS, newHamlet(place)),
	'create several': ({ client }, place) => client.request('POST', HAMLETS, [newHamlet(place)]),
	'create by an object': ({ client }, place) => client.request('POST', HAMLETS, newHamlet({ id: place })),
	update: ({ client }, place) => client.request('PATCH', `${HAMLETS}/${hamlet}`, { village: place }),
	'update by an object': ({ client }, place) =>
		client.request('PATCH', `${HAMLETS}/${hamlet}`, { village: { id: place } }),
	'update by keys': ({ client }, place) =>
		client.request('PATCH', HAMLETS, { keys: [hamlet], data: { village: place } }),
	'update in a batch': ({ client }, place) =>
		client.request('PATCH', HAMLETS, [{ id: hamlet, village: place }]),
	import: ({ client }, place) =>
		client.request(
			'POST',
			'/utils/import/doorstep_hamlets',
			imported('doorstep_hamlets', [newHamlet(place)]),
		),
	'import over a row': ({ client }, place) =>
		client.request(
			'POST',
			'/utils/import/doorstep_hamlets',
			imported('doorstep_hamlets', [{ id: hamlet, village: place }]),
		),
};

/** Every way to put a household into a hamlet. */
const INTO_A_HAMLET: Record<string, Attempt> = {
	create: ({ client }, place) => client.request('POST', HOUSEHOLDS, newHousehold(place)),
	'create several': ({ client }, place) => client.request('POST', HOUSEHOLDS, [newHousehold(place)]),
	update: ({ client }, place) => client.request('PATCH', `${HOUSEHOLDS}/${household}`, { hamlet: place }),
	'update by keys': ({ client }, place) =>
		client.request('PATCH', HOUSEHOLDS, { keys: [household], data: { hamlet: place } }),
	'update in a batch': ({ client }, place) =>
		client.request('PATCH', HOUSEHOLDS, [{ id: household, hamlet: place }]),
	import: ({ client }, place) =>
		client.request(
			'POST',
			'/utils/import/doorstep_households',
			imported('doorstep_households', [newHousehold(place)]),
		),
};

/** An import answers 400 whatever the refusal. */
const refused = (field: string) => ({ code: 'DOORSTEP_NOT_KEPT', field });
const standing = async () => ({
	hamlets: await admin.ok('GET', `${HAMLETS}?fields=id&filter[village][_eq]=${world.otherVillage}`),
	households: await admin.ok(
		'GET',
		`${HOUSEHOLDS}?fields=id&filter[hamlet][village][_eq]=${world.otherVillage}`,
	),
	own: await admin.ok('GET', `${HOUSEHOLDS}/${household}?fields=hamlet.id,hamlet.village`),
});

describe.each([
	['S2: a hamlet goes into a village', INTO_A_VILLAGE, 'village', world.village, world.otherVillage],
	['S2: a household goes into a hamlet', INTO_A_HAMLET, 'hamlet', world.hamlet, world.otherHamlet],
] as const)('%s only by whoever keeps that', (_name, ways, field, own, foreign) => {
	test.each(Object.entries(ways))('%s', async (_way, attempt) => {
		const before = await standing();
		for (const place of [foreign, MISSING])
			expect(inShort(await attempt(villageClerk, place))).toMatchObject(refused(field));
		expect(await standing()).toEqual(before);
		expect((await attempt(villageClerk, own)).errors).toEqual([]);
		expect((await attempt(clerk, foreign)).errors).toEqual([]);
	});

	test('the refusal is the same for a foreign and a missing one, in the language of who asks', async () => {
		const [update] = [ways['update'] as Attempt];
		const [one, other] = [await update(villageClerk, foreign), await update(villageClerk, MISSING)];
		expect(one.raw.toString()).toBe(other.raw.toString());
		expect(one.status).toBe(403);
		expect(one.errors[0]?.message).toContain('只能选自己负责维护的');
	});
});

test('S2: a household’s hamlet is an id, so no hamlet is moved or entered along with it', async () => {
	const before = await standing();
	const objects = [
		{ id: world.otherHamlet },
		{ id: hamlet, village: world.otherVillage },
		newHamlet(world.village),
	];
	for (const object of objects) {
		const sent = [
			await villageClerk.client.request('POST', HOUSEHOLDS, newHousehold(object)),
			await villageClerk.client.request('PATCH', `${HOUSEHOLDS}/${household}`, { hamlet: object }),
		];
		for (const answer of sent)
			expect(inShort(answer)).toEqual({ status: 400, code: 'DOORSTEP_INVALID', field: 'hamlet' });
	}
	expect(await standing()).toEqual(before);
});

describe('S2: a village and its hamlets', () => {
	const hamlets = (village: string, sent: object) =>
		villageClerk.client.request('PATCH', `${VILLAGES}/${village}`, { hamlets: sent });

	test('a clerk adds hamlets by the form of the own village, not of another', async () => {
		const added = { create: [{ name: randomUUID() }], update: [], delete: [] };
		expect((await hamlets(world.otherVillage, added)).status).toBe(403);
		expect((await hamlets(world.village, added)).errors).toEqual([]);
	});

	test('a foreign hamlet cannot be pulled over, nor an own one sent away with it', async () => {
		const before = await standing();
		const pulls = [
			{ create: [], update: [{ id: world.otherHamlet, name: '改' }], delete: [] },
			{ create: [], update: [{ id: hamlet, village: { id: world.otherVillage } }], delete: [] },
			{
				create: [{ name: randomUUID(), village: world.otherVillage, id: world.otherHamlet }],
				update: [],
				delete: [],
			},
		];
		for (const sent of pulls) {
			const answer = await hamlets(world.village, sent);
			expect([sent, answer.status === 200 || (answer.status >= 400 && answer.status < 500)]).toEqual([
				sent,
				true,
			]);
		}
		expect((await hamlets(world.village, [hamlet, world.otherHamlet])).status).toBe(403);
		expect(await standing()).toEqual(before);
	});

	test('nobody but the town’s clerk makes a village by naming one that is new', async () => {
		const sent = () => newHamlet({ name: `村-${randomUUID()}` });
		expect((await villageClerk.client.request('POST', HAMLETS, sent())).status).toBe(403);
		expect((await clerk.client.request('POST', HAMLETS, sent())).errors).toEqual([]);
	});

	test('whoever is named for two villages keeps both; no longer named, none', async () => {
		const name = (cadre: string | null) =>
			admin.ok('PATCH', `${VILLAGES}/${world.otherVillage}`, { data_clerk: cadre });
		const move = () =>
			villageClerk.client.request('PATCH', `${HAMLETS}/${hamlet}`, { village: world.otherVillage });
		await name(villageClerk.cadre);
		expect((await move()).status).toBe(200);
		await name(null);
		expect((await villageClerk.client.request('PATCH', `${HAMLETS}/${hamlet}`, { name: '改' })).status).toBe(
			403,
		);
	});
});

describe('who may not delete a row is told so, whatever refers to it', () => {
	const IN_USE = { status: 409, code: 'DOORSTEP_IN_USE' };
	const FORBIDDEN = { status: 403, code: 'FORBIDDEN' };

	/** From then on the account is named in a record that stays. */
	const acknowledgeARung = async () => {
		const happened_at = new Date(Date.now() - 4 * 86_400_000).toISOString();
		const { id } = await recordCase(world.cadre, world.household, { happened_at });
		await admin.ok('POST', '/doorstep/sweep');
		const path = `/items/doorstep_escalations?fields=id&limit=1&sort=rung&filter[case_id][_eq]=${id}`;
		const [rung] = await admin.ok<{ id: string }[]>('GET', path);
		const sent = { acknowledged_at: new Date().toISOString() };
		await world.cadre.client.ok('PATCH', `/items/doorstep_escalations/${rung?.id}`, sent);
	};

	test('a household and an account', async () => {
		const used = `${HOUSEHOLDS}/${world.household}`;
		await acknowledgeARung();
		expect(inShort(await world.cadre.client.request('DELETE', used))).toMatchObject(FORBIDDEN);
		expect(
			inShort(await world.cadre.client.request('DELETE', `${HOUSEHOLDS}/${world.foreign}`)),
		).toMatchObject(FORBIDDEN);
		expect(inShort(await world.cadre.client.request('DELETE', `/users/${world.cadre.user}`))).toMatchObject(
			FORBIDDEN,
		);
		expect(inShort(await admin.request('DELETE', used))).toMatchObject(IN_USE);
		expect(inShort(await admin.request('DELETE', `/users/${world.cadre.user}`))).toMatchObject(IN_USE);
	});

	test('whom a policy lets delete households is told that it is in use', async () => {
		const policy = (await admin.ok<{ id: string }>('POST', '/policies', { name: '删除' })).id;
		for (const action of ['read', 'delete'])
			await admin.ok('POST', '/permissions', {
				policy,
				collection: 'doorstep_households',
				action,
				fields: ['*'],
			});
		const person = await makePerson(township, '档案员', ['printer']);
		await admin.ok('PATCH', `/users/${person.user}`, {
			policies: { create: [{ policy }], update: [], delete: [] },
		});
		expect(inShort(await person.client.request('DELETE', `${HOUSEHOLDS}/${world.household}`))).toMatchObject(
			IN_USE,
		);
	});
});
