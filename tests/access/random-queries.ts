/** Queries that nobody would think of: any fields along any relations, filters, functions, groups, other names, search. */
import fc from 'fast-check';
import { fieldsOf, pathOf, pathsTo, type Model, type Way } from './model.js';
import type { Secret } from './expectation.js';
import { filterFor } from './guesses.js';

/** Stands in a query where a word goes that is either foreign or odd. */
export const SLOT = '@@word@@';

export interface RandomQuery {
	from: string;
	by: 'REST' | 'SEARCH' | 'GraphQL';
	query: Record<string, unknown>;
	/** The word that is foreign. */
	secret: Secret;
}

const OPERATORS = [
	'_eq',
	'_contains',
	'_icontains',
	'_starts_with',
	'_ends_with',
	'_in',
	'_neq',
	'_ncontains',
	'_gte',
];
const DEPTH = 4;
/** Whoever asks, PostgreSQL knows no pattern of an id, no order of an object, no greatest id: Directus then answers 500 by itself. */
const OF_IDS = ['_eq', '_in', '_neq'];
const ORDERED = ['string', 'text', 'integer', 'bigInteger', 'float', 'timestamp', 'dateTime', 'date'];
const GROUPED = [...ORDERED, 'uuid', 'boolean'];
const DATES = ['timestamp', 'dateTime', 'date'];

/** Any query that asks, among other things, for a word of one of these secrets along one of the ways that lead to it. */
export function randomQueries(model: Model, secrets: readonly Secret[]): fc.Arbitrary<RandomQuery> {
	return fc.constantFrom(...secrets).chain((secret) => {
		const target = secret.row.collection;
		const field = secret.field === 'content' ? 'title' : secret.field;
		const starts = [{ from: target, path: [] as Way[] }, ...pathsTo(model, target, DEPTH - 1)];
		return fc.constantFrom(...starts).chain(({ from, path }) =>
			fc.record({
				from: fc.constant(from),
				by: fc.constantFrom('REST' as const, 'SEARCH' as const, 'GraphQL' as const),
				secret: fc.constant(secret),
				query: queryOf(model, from, conditionOf(path, field)),
			}),
		);
	});
}

/** The word in the field, over the path, by any operator, as it is or turned round. */
function conditionOf(path: readonly Way[], field: string): fc.Arbitrary<object> {
	return fc
		.record({
			operator: fc.constantFrom(...(field === 'id' ? OF_IDS : OPERATORS)),
			none: fc.boolean(),
			around: fc.constantFrom('_and', '_or', ''),
		})
		.map(({ operator, none, around }) => {
			const words = operator === '_in' ? [SLOT] : SLOT;
			const guess = {
				from: '',
				collection: '',
				field,
				path,
				way: none ? ('none' as const) : ('list' as const),
			};
			const text = JSON.stringify(filterFor(guess, [SLOT])).replace(
				`{"_in":["${SLOT}"]}`,
				JSON.stringify({ [operator]: words }),
			);
			const filter = JSON.parse(text) as object;
			return around === '' ? filter : { [around]: [filter, { id: { _nnull: around === '_and' } }] };
		});
}

function queryOf(
	model: Model,
	from: string,
	condition: fc.Arbitrary<object>,
): fc.Arbitrary<Record<string, unknown>> {
	const names = fieldsOf(model, from);
	const field = fc.constantFrom(...names);
	const typed = (types: string[]) => {
		const found = model.fields.filter((each) => each.collection === from && types.includes(each.type));
		return fc.constantFrom(...(found.length === 0 ? ['id'] : found.map((each) => each.field)));
	};
	const along = (deep: number): fc.Arbitrary<string> => {
		const ways = model.ways.filter((way) => way.from === from);
		if (deep === 0 || ways.length === 0) return fc.oneof(field, fc.constant('*'));
		const further = fc
			.constantFrom(...ways)
			.chain((way) =>
				fc.constantFrom('*', '*.*', 'id', ...fieldsOf(model, way.to)).map((end) => `${way.field}.${end}`),
			);
		return fc.oneof(field, fc.constant('*'), fc.constant('*.*'), further);
	};
	const called = fc
		.tuple(fc.constantFrom('year', 'month', 'hour'), typed(DATES))
		.map(([name, of]) => `${name}(${of})`);
	const shape = fc.oneof(
		fc.record({
			fields: fc.array(along(1), { minLength: 1, maxLength: 4 }),
			sort: fc.option(typed(ORDERED), { nil: undefined }),
		}),
		fc.record({
			fields: fc.array(fc.oneof(field, called), { minLength: 1, maxLength: 3 }),
			offset: fc.constantFrom(0, 1),
		}),
		fc.record({
			groupBy: fc.array(fc.oneof(typed(GROUPED), called), { minLength: 1, maxLength: 2 }),
			aggregate: fc.constantFrom({ count: ['*'] }, { countDistinct: ['id'] }),
		}),
		typed(ORDERED).map((of) => ({ aggregate: { max: [of], min: [of], count: [of] } })),
		fc.tuple(field).map(([of]) => ({ alias: { other: of }, fields: ['id', 'other'] })),
		fc
			.constantFrom(...(names.length > 0 ? names : ['id']))
			.map((of) => ({ fields: ['*', `${of}.*`], deep: { [of]: { _limit: 5, _sort: 'id' } } })),
	);
	const asked = fc.oneof(
		{ weight: 4, arbitrary: condition.map((filter) => ({ filter })) },
		{ weight: 1, arbitrary: fc.constant({ search: SLOT }) },
	);
	return fc
		.tuple(shape, asked, fc.constantFrom(-1, 3))
		.map(([what, which, limit]) => ({ ...what, ...which, limit }));
}

/** The request that asks so, with a word in place of the slot. */
export function requestOf(
	{ from, by, query }: RandomQuery,
	word: string,
): { method: 'GET' | 'SEARCH' | 'POST'; path: string; body?: unknown } {
	const filled = JSON.parse(JSON.stringify(query).replaceAll(SLOT, word)) as Record<string, unknown>;
	if (by === 'SEARCH') return { method: 'SEARCH', path: pathOf(from), body: { query: filled } };
	if (by === 'REST') {
		const parameters = Object.entries(filled).map(([key, value]): [string, string] => [
			key,
			typeof value === 'object' ? JSON.stringify(value) : JSON.stringify(value).replace(/^"|"$/g, ''),
		]);
		return { method: 'GET', path: `${pathOf(from)}?${new URLSearchParams(parameters).toString()}` };
	}
	const system = from.startsWith('directus_');
	const selected = [
		...new Set(((filled['fields'] as string[] | undefined) ?? []).filter((name) => /^\w+$/.test(name))),
	];
	const body = {
		query: `query ($filter: ${from}_filter, $search: String) { x: ${from.replace('directus_', '')}(filter: $filter, search: $search, limit: -1) { ${['id', ...selected].join(' ')} } }`,
		variables: { filter: filled['filter'], search: filled['search'] },
	};
	return { method: 'POST', path: system ? '/graphql/system' : '/graphql', body };
}
