import { describe, expect, test } from 'vitest';
import {
	bookmarkOf,
	CASE_LISTS,
	foreignBookmarks,
	IN_HAND,
	LIST_LABELS,
	LISTED,
} from '../../../extensions/cases/lists.js';
import { variablesIn } from '../../../extensions/cases/variables.js';
import { POLICIES } from '../../../extensions/platform/hats.js';
import { lists } from '../../../seed/provision/lists.js';
import { fieldNamesOf, relatedTo, snapshot } from '../snapshot.js';

/** Every field that a filter names, with the collection where it should be. */
function fieldsIn(filter: unknown, collection: string): { collection: string; field: string }[] {
	if (Array.isArray(filter)) return filter.flatMap((part) => fieldsIn(part, collection));
	if (typeof filter !== 'object' || filter === null) return [];
	return Object.entries(filter).flatMap(([key, value]) => {
		if (key === '_and' || key === '_or' || key === '_some') return fieldsIn(value, collection);
		if (key.startsWith('_')) return [];
		return [{ collection, field: key }, ...fieldsIn(value, target(collection, key) ?? '')];
	});
}

/** Where a relation leads, to one row or to many. */
function target(collection: string, field: string): string | undefined {
	const many = snapshot.relations.find(
		({ related_collection: one, meta }) => one === collection && meta?.['one_field'] === field,
	);
	return many?.collection ?? relatedTo(collection, field);
}

/** How many pairs of brackets an address needs that takes the filter apart. */
function depthOf(part: unknown): number {
	if (typeof part !== 'object' || part === null) return 0;
	return 1 + Math.max(0, ...Object.values(part).map(depthOf));
}

/** Everything that stands inside a `_some` or `_none`. */
function insidesOf(part: unknown): object[] {
	if (typeof part !== 'object' || part === null) return [];
	return Object.entries(part).flatMap(([key, value]) => [
		...(key === '_some' || key === '_none' ? [value as object] : []),
		...insidesOf(value),
	]);
}

describe.each(CASE_LISTS.map((list) => ({ ...list, name: list.label[0] })))(
	'the list $name',
	({ key, filter, sort, hats }) => {
		test('asks only for fields of the data model', () => {
			const unknown = fieldsIn(filter, LISTED).filter(
				({ collection, field }) => !fieldNamesOf(collection).includes(field),
			);
			expect(unknown).toEqual([]);
			for (const field of sort) expect(fieldNamesOf(LISTED)).toContain(field.replace(/^-/, ''));
		});

		test('has one condition inside `_some`, for Directus silently drops a second one', () => {
			for (const inside of insidesOf(filter)) {
				expect(depthOf(inside)).toBe(2);
				expect(Object.values(inside).map((condition) => Object.keys(condition as object).length)).toEqual([
					1,
				]);
			}
		});

		test('fits into an address, which Directus reads to a depth of ten', () => {
			expect(depthOf(filter)).toBeLessThanOrEqual(10);
		});

		test('is somebody’s, and has words', () => {
			expect(hats.length).toBeGreaterThan(0);
			for (const hat of hats) expect(POLICIES).toContain(hat);
			expect(LIST_LABELS).toHaveProperty(bookmarkOf(key).replace('$t:', ''));
		});
	},
);

describe('the lists together', () => {
	const names = CASE_LISTS.map(({ key }) => bookmarkOf(key));

	test('no two are called alike, and Directus shows them in our order', () => {
		expect(new Set(names).size).toBe(names.length);
		expect([...names].sort()).toEqual(names);
	});

	test('a cadre gets neither leaders’ lists nor complaints; who wears no hat gets none', () => {
		const foreign = foreignBookmarks(new Set(['cadre']));
		expect(foreign.map((name) => name.replace(/^.*_\d\d_/, ''))).toEqual([
			'decide',
			'time',
			'strike_off',
			'complaints',
		]);
		expect(foreignBookmarks(new Set())).toEqual(names);
		expect(foreignBookmarks(new Set(POLICIES))).toEqual([]);
	});

	test('variables of ours are found wherever they stand', () => {
		expect(
			variablesIn({ _or: [{ holder: { _in: ['$ACTING_AS'] } }, { due_at: { _lte: '$TODAY_END' } }] }),
		).toEqual(new Set(['$ACTING_AS', '$TODAY_END']));
		expect(variablesIn(IN_HAND)).toEqual(new Set());
	});
});

describe('presets as shipped', () => {
	const rows = lists();

	test('one for each list, and one first look for each collection that people see', () => {
		expect(rows.filter(({ key }) => key['bookmark'] !== null)).toHaveLength(CASE_LISTS.length);
		const looks = rows.filter(({ key }) => key['bookmark'] === null).map(({ key }) => key['collection']);
		const seen = snapshot.collections
			.filter(
				({ collection, meta }) =>
					!meta?.['singleton'] && meta?.['hidden'] !== true && fieldNamesOf(collection).length > 0,
			)
			.map(({ collection }) => collection);
		expect(seen.filter((collection) => !looks.includes(collection))).toEqual([]);
		expect(new Set(looks).size).toBe(looks.length);
	});

	test('their columns are fields of the data model, followed along to-one relations', () => {
		const columns = rows.flatMap(({ key, values }) => {
			const { fields = [], sort = [] } =
				(values['layout_query'] as Record<string, { fields?: string[]; sort?: string[] }>)['tabular'] ?? {};
			return [...fields, ...sort].map((path) => [String(key['collection']), path.replace(/^-/, '')] as const);
		});
		for (const [collection, path] of columns) {
			let at: string | undefined = collection;
			for (const field of path.split('.')) {
				expect(fieldNamesOf(at ?? ''), `${collection}.${path}`).toContain(field);
				at = relatedTo(at ?? '', field);
			}
		}
	});
});
