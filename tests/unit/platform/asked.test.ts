import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { askedBy, segmentsOf, type SchemaView } from '../../../extensions/platform/asked.js';

const fields = (...names: string[]) => ({ fields: Object.fromEntries(names.map((name) => [name, {}])) });
const schema: SchemaView = {
	collections: {
		villages: fields('id', 'name', 'hamlets'),
		hamlets: fields('id', 'village', 'households'),
		households: fields('id', 'code', 'hamlet', 'secret', 'cases'),
		cases: fields('id', 'household', 'title', 'count'),
		notes: fields('id', 'about', 'collection'),
	},
	relations: [
		{
			collection: 'hamlets',
			field: 'village',
			related_collection: 'villages',
			meta: { one_field: 'hamlets' },
		},
		{
			...{ collection: 'households', field: 'hamlet', related_collection: 'hamlets' },
			meta: { one_field: 'households' },
		},
		{
			...{ collection: 'cases', field: 'household', related_collection: 'households' },
			meta: { one_field: 'cases' },
		},
		{
			...{ collection: 'notes', field: 'about', related_collection: null },
			meta: { one_field: 'notes', one_allowed_collections: ['cases', 'households'] },
		},
	],
};

/** Paths in short: `cases.household > households.secret`. */
const paths = (collection: string, query: object): string[] =>
	askedBy(collection, query, schema).map(({ by, stops }) =>
		[by, stops.map((stop) => `${stop.collection ?? '?'}.${stop.field}`).join(' > ')].join(': '),
	);
const OVER = 'cases.household > households.secret';

describe('what a query asks by', () => {
	test.each<[string, object, string]>([
		['a condition', { filter: { household: { secret: { _eq: 1 } } } }, `filter: ${OVER}`],
		['and, or', { filter: { _and: [{ _or: [{ household: { secret: 1 } }] }] } }, `filter: ${OVER}`],
		['a condition as text', { filter: '{"household":{"secret":{"_eq":1}}}' }, `filter: ${OVER}`],
		['a function', { filter: { household: { 'count(secret)': { _gt: 1 } } } }, `filter: ${OVER}`],
		['a function of a path', { filter: { 'year(household.secret)': { _gt: 1 } } }, `filter: ${OVER}`],
		['JSON', { filter: { household: { 'json(secret, a[0].b)': { _gt: 1 } } } }, `filter: ${OVER}`],
		['a key with blanks', { filter: { household: { ' secret ': { _gt: 1 } } } }, `filter: ${OVER}`],
		['an unknown operator', { filter: { household: { _odd: { secret: 1 } } } }, `filter: ${OVER}`],
		['an order', { sort: ['-household.secret'] }, `sort: ${OVER}`],
		['an order as text', { sort: 'title,household.-secret' }, `sort: ${OVER}`],
		['a group', { group: ['household.secret'] }, `group: ${OVER}`],
		['a group by its other name', { groupBy: ['household.secret'] }, `group: ${OVER}`],
		['a figure', { aggregate: { max: ['household.secret'] } }, `aggregate: ${OVER}`],
		['a condition below', { deep: { household: { _filter: { secret: 1 } } } }, `filter: ${OVER}`],
		['an order below', { deep: { household: { _sort: ['-secret'] } } }, `sort: ${OVER}`],
		['a group below', { deep: { household: { _group: ['secret'] } } }, `group: ${OVER}`],
		['a figure below', { deep: { household: { _aggregate: { min: 'secret' } } } }, `aggregate: ${OVER}`],
		[
			'behind an alias',
			{ alias: { of: 'household' }, deep: { of: { _filter: { secret: 1 } } } },
			`filter: ${OVER}`,
		],
		[
			'an alias that takes the name of a field',
			{ alias: { title: 'household' }, deep: { title: { _filter: { secret: 1 } } } },
			`filter: ${OVER}`,
		],
		['a group by an alias', { alias: { x: 'title' }, group: ['x'] }, 'group: cases.title'],
	])('%s', (_name, query, path) => {
		expect(paths('cases', query)).toContain(path);
	});

	test('over lists, back over a relation, and over one to several collections', () => {
		expect(
			paths('villages', { filter: { hamlets: { _some: { households: { _none: { secret: 1 } } } } } }),
		).toContain('filter: villages.hamlets > hamlets.households > households.secret');
		expect(paths('hamlets', { filter: { '$FOLLOW(households,hamlet)': { secret: 1 } } })).toContain(
			'filter: households.hamlet > households.secret',
		);
		expect(paths('notes', { filter: { 'about:households': { secret: 1 } } })).toContain(
			'filter: notes.about > households.secret',
		);
		expect(paths('cases', { sort: ['notes.about:households.secret'] })).toContain(
			'sort: cases.notes > notes.about > households.secret',
		);
	});

	test('where the schema does not tell, the collection is left open', () => {
		expect(paths('notes', { filter: { about: { secret: 1 } } })).toContain('filter: notes.about > ?.secret');
	});

	test('an order by a figure is of its field, unless a field has the figure’s name', () => {
		const figure = { aggregate: { count: ['id'] }, sort: ['-count.title'] };
		expect(paths('households', figure)).toContain('sort: households.title');
		expect(paths('cases', { aggregate: { count: ['*'] }, sort: ['count'] })).toContain('sort: cases.count');
	});

	test('what is only shown is not asked by', () => {
		expect(paths('cases', { fields: ['household.secret'], limit: 1, search: 'secret' })).toEqual([]);
		expect(paths('cases', { aggregate: { count: ['*'] } })).toEqual([]);
	});
});

test.each([
	['household.year(seen_at)', ['household', 'seen_at']],
	['count(household.groups)', ['household', 'groups']],
	['json(groups, $[0].name)', ['groups']],
	['a.$FOLLOW(b.c,d).e', ['a', '$FOLLOW(b.c,d)', 'e']],
	['plain', ['plain']],
])('%s leads over %j', (path, segments) => {
	expect(segmentsOf(path)).toEqual(segments);
});

test('a path as long as a request is taken apart at once', () => {
	const before = Date.now();
	segmentsOf('.('.repeat(500_000));
	expect(Date.now() - before).toBeLessThan(2000);
});

/** A way from cases to the field, one step at a time, each hidden as somebody might hide it. */
const wrap = fc.constantFrom<(inner: object) => object>(
	(inner) => inner,
	(inner) => ({ _and: [inner] }),
	(inner) => ({ _or: [{ title: { _eq: 'x' } }, inner] }),
	(inner) => ({ _and: [{ _or: [inner] }, {}] }),
	(inner) => ({ _odd: inner }),
);
const condition = fc
	.tuple(wrap, wrap, fc.constantFrom('secret', 'count(secret)', 'json(secret, a)', ' secret'), fc.anything())
	.map(([outer, within, key, value]) => outer({ household: within({ [key]: { _eq: value } }) }));
const steps = fc.array(fc.constantFrom('x', 'y', 'z'), { maxLength: 3 });

test('however a condition is hidden, it is seen', () => {
	fc.assert(
		fc.property(condition, steps, fc.boolean(), (filter, aliases, over) => {
			// Down and up again: every case belongs to a household that has cases.
			const query = aliases.reduce<object>(
				(inner, alias) => ({
					_alias: { [alias]: 'household' },
					[alias]: { _alias: { w: 'cases' }, w: inner },
				}),
				over ? { _filter: { _some: filter } } : { _filter: filter },
			);
			const { _alias: alias, _filter, ...deep } = query as { _alias?: object; _filter?: object };
			const sent = { ...(_filter && { filter: _filter }), alias, deep };
			expect(paths('cases', sent).some((path) => path.endsWith(OVER))).toBe(true);
		}),
	);
});

test('nothing that somebody sends breaks it', () => {
	fc.assert(
		fc.property(fc.anything(), fc.anything(), fc.anything(), fc.anything(), (filter, sort, deep, alias) => {
			askedBy('cases', { filter, sort, deep, alias, group: sort, aggregate: deep }, schema);
		}),
	);
});
