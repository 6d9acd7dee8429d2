import { afterAll, describe, expect, test, vi } from 'vitest';
import { faultOf } from '../access/answers.js';
import { runCode, withCustomCode } from '../harness/custom-code.js';
import { inShort } from '../harness/refusals.js';
import type { Answer, Method } from '../harness/request.js';
import { startProvisioned } from '../harness/township.js';
import { buildWorld, recordCase } from '../harness/world.js';

/** Each change of a table takes SQLite a copy of it. */
vi.setConfig({ testTimeout: 300_000 });
const township = await startProvisioned({ env: await withCustomCode() });
const world = await buildWorld(township);
const { admin, visitor } = township;
afterAll(() => township.stop());
const theCase = await recordCase(world.cadre, world.household);

const KEPT = { status: 403, code: 'DOORSTEP_MODEL_KEPT' };
const OURS = [
	...['doorstep_cases', 'doorstep_case_steps', 'doorstep_escalations', 'doorstep_households'],
	...['doorstep_calendar', 'doorstep_settings'],
];
const FIELDS = ['doorstep_cases/due_at', 'doorstep_case_steps/hash', 'doorstep_escalations/recipients'];

const graphql = (mutation: string) =>
	admin.request('POST', '/graphql/system', { query: `mutation { ${mutation} }` });
const health = async () => (await visitor.request('GET', '/doorstep/health')).data;
const untilHealth = (status: string) =>
	vi.waitFor(async () => expect(await health()).toEqual({ status }), { timeout: 20_000, interval: 100 });

/** The whole data model, with what the database knows of it. */
async function model(): Promise<unknown> {
	const parts = ['/collections', '/fields', '/relations'].map((path) => admin.ok<object[]>('GET', path));
	return (await Promise.all(parts)).map((part) => part.map((each) => JSON.stringify(each)).sort());
}

/** A diff that takes away what `item` names, as `POST /schema/diff` writes it. */
async function applyDeletion(
	kind: 'collections' | 'fields' | 'relations',
	item: object,
): Promise<Answer<unknown>> {
	const parts = { collections: [], fields: [], systemFields: [], relations: [] };
	const diff = { ...parts, [kind]: [{ ...item, diff: [{ kind: 'D', lhs: item }] }] };
	const other = await admin.ok<{ hash: string }>('POST', '/schema/diff?force', {
		...(await admin.ok<object>('GET', '/schema/snapshot')),
		collections: [],
	});
	return admin.request('POST', '/schema/apply?force=true', { hash: other.hash, diff });
}

describe('Idea 6: nobody takes away what is ours of the data model, an administrator neither', () => {
	test('not a collection, a field or a relation, by no route', async () => {
		const before = await model();
		const requests: [Method, string, object?][] = [
			...OURS.map((name): [Method, string] => ['DELETE', `/collections/${name}`]),
			['DELETE', '/collections/doorstep%5Fcases'],
			...FIELDS.map((name): [Method, string] => ['DELETE', `/fields/${name}`]),
			['DELETE', '/fields/directus_files/doorstep_case'],
			['DELETE', '/relations/doorstep_cases/household'],
			['PATCH', '/relations/doorstep_households/cadre', { schema: { on_delete: 'CASCADE' } }],
			['PATCH', '/fields/doorstep_cases/due_at', { type: 'string' }],
			['PATCH', '/fields/doorstep_households/cadre', { schema: { is_nullable: true } }],
			['PATCH', '/fields/doorstep_cases/number', { schema: { is_unique: false } }],
			['PATCH', '/fields/doorstep_cases/title', { schema: { max_length: 5 } }],
			['PATCH', '/fields/doorstep_cases', [{ field: 'status', type: 'text' }]],
		];
		for (const [method, path, body] of requests)
			expect([path, inShort(await admin.request(method, path, body))]).toEqual([path, KEPT]);
		for (const answer of [
			await applyDeletion('collections', { collection: 'doorstep_case_steps' }),
			await applyDeletion('fields', { collection: 'doorstep_cases', field: 'due_at' }),
			await applyDeletion('relations', { collection: 'doorstep_cases', field: 'household' }),
		])
			expect(inShort(answer)).toEqual(KEPT);
		for (const mutation of [
			...OURS.map((name) => `delete_collections_item(collection: "${name}") { collection }`),
			'delete_fields_item(collection: "doorstep_cases", field: "due_at") { field }',
		]) {
			const answer = await graphql(mutation);
			expect([mutation, answer.errors[0]?.extensions.code, faultOf(answer)]).toEqual([
				mutation,
				KEPT.code,
				undefined,
			]);
		}
		expect(await model()).toEqual(before);
		expect(await health()).toEqual({ status: 'ready' });
	});

	test('other people are told by Directus that they may not, whatever they name', async () => {
		for (const client of [world.cadre.client, world.supervisor.client, visitor]) {
			for (const path of ['/collections/doorstep_cases', '/fields/doorstep_cases/due_at'])
				expect(inShort(await client.request('DELETE', path))).toEqual({ status: 403, code: 'FORBIDDEN' });
		}
	});

	test('another extension’s code is refused too', async () => {
		const args = ['doorstep_cases', 'due_at'];
		const call = { service: 'FieldsService', method: 'deleteField', args, as: 'nobody' } as const;
		expect(inShort(await runCode(admin, call))).toEqual(KEPT);
	});

	test('labels, choices and notes are theirs to change, and what they added is theirs to delete', async () => {
		await admin.ok('PATCH', '/fields/doorstep_cases/title', {
			...{ meta: { note: '写明事由' }, schema: { max_length: 400 } },
		});
		await admin.ok('POST', '/fields/doorstep_cases', { field: 'own_remark', type: 'string', schema: {} });
		await admin.ok('POST', '/collections', {
			...{ collection: 'estate_boats', schema: {}, meta: {} },
			fields: [
				{ field: 'id', type: 'integer', schema: { is_primary_key: true, has_auto_increment: true } },
				{ field: 'about_case', type: 'uuid', schema: {}, meta: { special: ['m2o'] } },
			],
		});
		await admin.ok('POST', '/relations', {
			...{ collection: 'estate_boats', field: 'about_case', related_collection: 'doorstep_cases' },
			schema: { on_delete: 'SET NULL' },
		});
		await untilHealth('ready');
		await admin.ok('DELETE', '/fields/doorstep_cases/own_remark');
		await admin.ok('DELETE', '/collections/estate_boats');
		await untilHealth('ready');
	});

	test('where an administrator orders cases by a column of ours, moving one is refused in words', async () => {
		await admin.ok('PATCH', '/collections/doorstep_cases', { meta: { sort_field: 'seq' } });
		const other = await recordCase(world.cadre, world.household);
		const sort = { item: theCase.id, to: other.id };
		const refused = { status: 409, code: 'DOORSTEP_STEP_REQUIRED' };
		expect(inShort(await admin.request('POST', '/utils/sort/doorstep_cases', sort))).toEqual(refused);
		const byCadre = await world.cadre.client.request('POST', '/utils/sort/doorstep_cases', sort);
		expect(inShort(byCadre)).toEqual({ status: 403, code: 'FORBIDDEN' });
		await admin.ok('PATCH', '/collections/doorstep_cases', { meta: { sort_field: null } });
	});
});

/** Last, for something of ours is gone then. */
describe('Idea 6: what is gone all the same is never passed over', () => {
	test('a relation that got lost in the database makes it broken', async () => {
		const where = "where many_collection = 'doorstep_cases' and many_field = 'household'";
		const [lost] = await township.sql<Record<string, string | number | null>>(
			`select * from directus_relations ${where}`,
		);
		await township.sql(`delete from directus_relations ${where}`);
		await township.restart();
		await untilHealth('broken');
		const details = await admin.request<{ faults: string[] }>('GET', '/doorstep/health');
		expect(details.data?.faults).toEqual(['doorstep_cases.household → doorstep_households']);
		const body = { household: world.household, ledger: 'proxy', title: '落户' };
		const refused = await admin.request('POST', '/items/doorstep_cases', body);
		expect([refused.status, refused.errors[0]?.extensions.code]).toEqual([503, 'DOORSTEP_BROKEN']);
		const columns = Object.keys(lost!);
		await township.sql(
			`insert into directus_relations (${columns.join(', ')}) values (${columns.map(() => '?').join(', ')})`,
			Object.values(lost!),
		);
		await township.restart();
		await untilHealth('ready');
		expect((await admin.request('POST', '/items/doorstep_cases', body)).status).toBe(200);
	});
});
