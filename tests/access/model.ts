/** The data model as the running Directus tells it to an administrator: what can be asked for, and along which relations. */
import type { Client } from '../harness/request.js';

export interface Field {
	collection: string;
	field: string;
	type: string;
}

/** A step from one collection to another, by the field that is written in a query. */
export interface Way {
	from: string;
	field: string;
	to: string;
	many: boolean;
}

export interface Model {
	collections: string[];
	fields: Field[];
	ways: Way[];
}

interface RelationRow {
	collection: string;
	field: string;
	related_collection: string | null;
	meta: { one_field: string | null } | null;
}

/** Read by a route of their own that knows no rows, or by none at all. */
const NOT_ROWS = [
	...[
		'directus_collections',
		'directus_fields',
		'directus_relations',
		'directus_migrations',
		'directus_sessions',
	],
	...[
		'doorstep_counters',
		'doorstep_meta',
		'doorstep_outbox',
		'doorstep_seals',
		'directus_extensions',
		'directus_deployments',
		'directus_deployment_projects',
		'directus_deployment_runs',
	],
];

export async function readModel(admin: Client): Promise<Model> {
	const collections = await admin.ok<{ collection: string; schema: object | null }[]>('GET', '/collections');
	const names = collections
		.filter(({ collection, schema }) => schema !== null && !NOT_ROWS.includes(collection))
		.map(({ collection }) => collection);
	const fields = await admin.ok<Field[]>('GET', '/fields');
	const relations = await admin.ok<RelationRow[]>('GET', '/relations');
	const ways = relations.flatMap(({ collection, field, related_collection, meta }) => {
		if (related_collection === null) return [];
		const there = { from: collection, field, to: related_collection, many: false };
		const back = meta?.one_field;
		return back ? [there, { from: related_collection, field: back, to: collection, many: true }] : [there];
	});
	return {
		collections: names,
		fields: fields.filter(({ collection }) => names.includes(collection)),
		ways: ways.filter(({ from, to }) => names.includes(from) && names.includes(to)),
	};
}

/** Where rows of a collection are asked for. */
export function pathOf(collection: string): string {
	return collection.startsWith('directus_')
		? `/${collection.slice('directus_'.length)}`
		: `/items/${collection}`;
}

/** Names of a collection's fields, relations included. */
export function fieldsOf({ fields }: Model, collection: string): string[] {
	return fields.filter((each) => each.collection === collection).map(({ field }) => field);
}

/** Ways that begin elsewhere and end in `to`, of at most so many relations. @returns the collection and the fields to write */
export function pathsTo({ ways }: Model, to: string, longest: number): { from: string; path: Way[] }[] {
	const found = ways.filter((way) => way.to === to).map((way) => ({ from: way.from, path: [way] }));
	for (let length = 1; length < longest; length += 1) {
		const ends = found.filter(({ path }) => path.length === length);
		for (const { from, path } of ends)
			for (const way of ways)
				if (way.to === from && !path.some((each) => each.from === way.from))
					found.push({ from: way.from, path: [way, ...path] });
	}
	return found;
}
