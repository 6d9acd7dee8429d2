import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { SchemaView } from '../../../extensions/platform/asked.js';
import { disclosedBy, withIds, type ReadQuery } from '../../../extensions/platform/disclosed.js';

const schema: SchemaView = {
	collections: {
		households: { fields: { id: {}, code: {}, secret: {}, cases: {} } },
		cases: { fields: { id: {}, household: {} } },
	},
	relations: [
		{
			...{ collection: 'cases', field: 'household', related_collection: 'households' },
			meta: { one_field: 'cases' },
		},
	],
};
const traced = { collection: 'households', fields: ['secret'] };
const disclosed = (collection: string, query: ReadQuery, rows: unknown[]) =>
	disclosedBy(collection, query, rows, schema, traced);

describe('whose field an answer holds', () => {
	test.each<[string, string, ReadQuery, unknown[], string[]]>([
		[
			'the row',
			'households',
			{},
			[
				{ id: '1', secret: 'x' },
				{ id: '2', secret: null },
			],
			['1'],
		],
		['an empty list is an answer', 'households', {}, [{ id: '1', secret: [] }], ['1']],
		['each once', 'cases', {}, [1, 2].map(() => ({ household: { id: '1', secret: 'x' } })), ['1']],
		['by an alias', 'households', { alias: { why: 'secret' } }, [{ id: '1', why: 'x' }], ['1']],
		['by a function', 'households', {}, [{ id: '1', secret_count: 0 }], ['1']],
		['without an id', 'households', {}, [{ secret: 'x' }], ['*']],
		['an id that is none', 'households', { alias: { id: 'code' } }, [{ id: 'c', secret: 'x' }], ['*']],
		['as it was', 'directus_revisions', {}, [{ item: '1', data: { secret: 'x' } }], ['1']],
		['of others', 'directus_revisions', {}, [{ collection: 'cases', item: '1', data: { secret: 'x' } }], []],
		[
			'as it was, by other names',
			'directus_revisions',
			{ alias: { d: 'data', of: 'collection', whose: 'item', collection: 'action' } },
			[{ collection: 'update', of: 'households', whose: '1', d: { secret: 'x' } }],
			['1'],
		],
		['as it will be', 'directus_versions', {}, [{ item: '1', delta: { secret: 'x' } }], ['1']],
		['other fields', 'households', { fields: ['id', 'code'] }, [{ id: '1', code: 'x' }], []],
		['an order', 'cases', { fields: ['id'], ...{ sort: ['household.secret'] } }, [], ['*']],
	])('%s', (_name, collection, query, rows, items) => {
		expect(disclosed(collection, query, rows)).toEqual(items);
	});
});

test('ids come along where the field is named, and go again', () => {
	const query = withIds('cases', { fields: ['of.secret'], alias: { of: 'household' } }, schema, traced);
	expect(query).toEqual({
		fields: ['of.secret', 'of.doorstep_row'],
		alias: { of: 'household' },
		deep: { of: { _alias: { doorstep_row: 'id' } } },
	});
	const rows = [{ of: { secret: 'x', doorstep_row: '1' } }];
	expect(disclosed('cases', query, rows)).toEqual(['1']);
	expect(rows).toEqual([{ of: { secret: 'x' } }]);
});

test.each<[string, ReadQuery, ReadQuery]>([
	[
		'on the spot',
		{ fields: ['*'], alias: { id: 'code', a: 'code' } },
		{ fields: ['*'], alias: { a: 'code' } },
	],
	['as if it were ours', { fields: ['*'], alias: { doorstep_row: 'code' } }, { fields: ['*'], alias: {} }],
	[
		'below',
		{
			fields: ['household.*'],
			deep: { household: { _alias: { id: 'code' }, _limit: 1, cases: { _alias: { id: 'household' } } } },
		},
		{ fields: ['household.*'], deep: { household: { _alias: {}, _limit: 1, cases: { _alias: {} } } } },
	],
])('nothing else goes by the name of an id: %s', (_where, query, expected) => {
	expect(withIds('cases', query, schema, traced)).toEqual(expected);
});

test('a query that reads nothing traced, or only figures, stays as it is', () => {
	for (const query of [{ fields: ['id'] }, { fields: ['secret'], group: ['code'] }, {}])
		expect(withIds('households', query, schema, traced)).toBe(query);
});

test('a query is never changed in place', () => {
	fc.assert(
		fc.property(fc.subarray(['of', 'household', 'cases']), fc.boolean(), (way, deep) => {
			const query = {
				fields: [[...way, 'secret'].join('.'), 'household.secret'],
				alias: { of: 'household' },
				...(deep && { deep: { household: { _alias: { a: 'code' } } } }),
			};
			const before = structuredClone(query);
			withIds('cases', query, schema, traced);
			expect(query).toEqual(before);
		}),
	);
});
