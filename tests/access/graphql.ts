/** GraphQL as somebody may ask it: Directus shows each person a schema of their own, so the questions follow from that. */
import type { Client } from '../harness/request.js';

interface Type {
	kind: string;
	name: string | null;
	ofType?: Type | null;
}
interface SchemaField {
	name: string;
	args: { name: string }[];
	type: Type;
}
export type GraphQLTypes = Map<string, SchemaField[]>;
export type Endpoint = '/graphql' | '/graphql/system';

const INTROSPECTION = `{ __schema { queryType { name } types { name fields { name args { name } type
	{ kind name ofType { kind name ofType { kind name ofType { kind name } } } } } } } }`;

/** What this person's schema offers; empty where it offers nothing. */
export async function introspect(client: Client, endpoint: Endpoint): Promise<GraphQLTypes> {
	const answer = await client.request<{
		__schema: { types: { name: string; fields: SchemaField[] | null }[] };
	}>('POST', endpoint, { query: INTROSPECTION });
	const types = answer.data?.__schema.types ?? [];
	return new Map(types.flatMap(({ name, fields }) => (fields === null ? [] : [[name, fields] as const])));
}

/** Everything that a type offers, relations included so deep; with the functions of dates and lists. */
function selection(types: GraphQLTypes, type: string, deep: number): string {
	const parts = (types.get(type) ?? []).flatMap((field) => {
		const { name, kind } = bare(field.type);
		// The seconds of a time: PostgreSQL gives them with a fraction, which Directus promises to be whole.
		if (field.name === 'second' && type.endsWith('_functions')) return [];
		if (kind === 'SCALAR' || kind === 'ENUM') return [field.name];
		if (kind !== 'OBJECT' || deep === 0 || name === null) return [];
		// The length of a list that is no relation: PostgreSQL knows it of arrays alone.
		const counted = field.name.endsWith('_func') && types.get(name)?.every((each) => each.name === 'count');
		if (
			counted === true &&
			!types
				.get(type)
				?.some((each) => `${each.name}_func` === field.name && bare(each.type).kind === 'OBJECT')
		)
			return [];
		const nested = selection(types, name, deep - 1);
		const all = field.args.some((arg) => arg.name === 'limit') ? '(limit: -1)' : '';
		return nested === '' ? [] : [`${field.name}${all} { ${nested} }`];
	});
	return parts.join(' ');
}

function bare(type: Type): Type {
	return type.ofType ? bare(type.ofType) : type;
}

/** Of the system's schema: what describes the data model, the same for everybody who may read of it. */
const NOT_ROWS = new Set(['collections', 'fields', 'relations', 'extensions', 'server_info']);

/** Questions over everything at the root of the schema: lists, single rows, groups, with other names. */
export function questions(
	types: GraphQLTypes,
	{ idsOf, groupedBy }: { idsOf: (name: string) => string[]; groupedBy: (name: string) => string[] },
): { name: string; query: string }[] {
	return (types.get('Query') ?? []).flatMap(({ name, args, type }) => {
		const target = bare(type).name ?? '';
		const takes = new Set(args.map((arg) => arg.name));
		if (
			name.endsWith('_by_version') ||
			takes.has('name') ||
			takes.has('collection') ||
			NOT_ROWS.has(name) ||
			!types.has(target)
		)
			return [];
		if (name.endsWith('_by_id')) {
			const inside = selection(types, target, 0);
			const each = idsOf(name.slice(0, -'_by_id'.length)).map(
				(id, n) => `a${n}: ${name}(id: "${id}") { ${inside} }`,
			);
			return each.length === 0 || inside === '' ? [] : [{ name, query: `{ ${each.join(' ')} }` }];
		}
		if (name.endsWith('_aggregated')) {
			const offered = new Set(
				(types.get(name.slice(0, -'_aggregated'.length)) ?? []).map((each) => each.name),
			);
			const fields = groupedBy(name.slice(0, -'_aggregated'.length)).filter((field) => offered.has(field));
			// Without `countAll`: beside it Directus groups by the wrong column on PostgreSQL where a rule is kept.
			return fields.map((field) => ({
				name: `${name} by ${field}`,
				query: `{ ${name}(groupBy: ["${field}"], limit: -1) { group countDistinct { id } } }`,
			}));
		}
		const inside = selection(types, target, 2);
		return inside === ''
			? []
			: [{ name, query: `{ x: ${name}${takes.has('limit') ? '(limit: -1)' : ''} { ${inside} } }` }];
	});
}
