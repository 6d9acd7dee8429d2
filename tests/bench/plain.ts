/** Collections with the columns, keys and permissions of ours and nothing else: what Directus does by itself. */
import type { Knex } from 'knex';
import { policyId } from '../../extensions/platform/hats.js';
import type { Client } from '../harness/request.js';
import { PERMISSIONS } from '../harness/rules.js';

/** The plain one that stands beside each of ours. */
export const PLAIN = {
	doorstep_cases: 'plain_cases',
	doorstep_case_steps: 'plain_case_steps',
	doorstep_escalations: 'plain_escalations',
} as const;

type Ours = keyof typeof PLAIN;
const OURS = Object.keys(PLAIN) as Ours[];

interface Field {
	field: string;
	type: string;
	schema: Record<string, unknown> | null;
	meta: { special: string[] | null } | null;
}

interface Relation {
	collection: string;
	field: string;
	related_collection: string | null;
	schema: { on_delete: string } | null;
	meta: { one_field: string | null } | null;
}

/** What Directus keeps of a column of ours; indexes over several columns it does not know. */
const KEPT_OF_COLUMN = [
	'default_value',
	'max_length',
	'is_nullable',
	'is_unique',
	'is_indexed',
	'is_primary_key',
];

/** Makes them by the API, tracked like ours (activity, revisions), readable and writable by the same people by the same rules. */
export async function makePlain(admin: Client): Promise<void> {
	for (const collection of OURS) await makeCollection(admin, collection);
	for (const collection of OURS) await makeRelations(admin, collection);
	for (const { policy, collection, ...permission } of PERMISSIONS) {
		if (!isOurs(collection)) continue;
		const plain = { ...permission, collection: PLAIN[collection], policy: policyId(policy) };
		await admin.ok('POST', '/permissions', { validation: null, presets: null, ...plain });
	}
}

/** The rows of ours as they stand. */
export async function copyRows(knex: Knex, collection: Ours): Promise<void> {
	const columns = Object.keys(await knex(collection).columnInfo());
	const list = columns.map((column) => `"${column}"`).join(', ');
	await knex.raw(`insert into ${PLAIN[collection]} (${list}) select ${list} from ${collection}`);
}

async function makeCollection(admin: Client, collection: Ours): Promise<void> {
	const { meta } = await admin.ok<{ meta: { accountability: string } }>('GET', `/collections/${collection}`);
	const fields = await admin.ok<Field[]>('GET', `/fields/${collection}`);
	await admin.ok('POST', '/collections', {
		collection: PLAIN[collection],
		schema: {},
		meta: { accountability: meta.accountability },
		fields: fields.map(({ field, type, schema, meta }) => ({
			field,
			type,
			schema: schema && Object.fromEntries(KEPT_OF_COLUMN.map((name) => [name, schema[name]])),
			meta: { special: meta?.special ?? null },
		})),
	});
}

async function makeRelations(admin: Client, collection: Ours): Promise<void> {
	const relations = await admin.ok<Relation[]>('GET', `/relations/${collection}`);
	for (const { field, related_collection, schema, meta } of relations) {
		if (related_collection === null) continue;
		await admin.ok('POST', '/relations', {
			collection: PLAIN[collection],
			field,
			related_collection: isOurs(related_collection) ? PLAIN[related_collection] : related_collection,
			schema: { on_delete: schema?.on_delete ?? 'NO ACTION' },
			meta: { one_field: meta?.one_field ?? null },
		});
	}
}

function isOurs(collection: string): collection is Ours {
	return collection in PLAIN;
}
