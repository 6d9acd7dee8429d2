import { describe, expect, test } from 'vitest';
import {
	fieldWords,
	isEmptyPlan,
	planUpgrade,
	type Snapshot,
	type SnapshotItem,
} from '../../../extensions/platform/snapshot.js';
import { snapshot as shipped } from '../snapshot.js';

function aSnapshot(items: Partial<Pick<Snapshot, 'collections' | 'fields' | 'relations'>>): Snapshot {
	return { version: 1, directus: '11', collections: [], fields: [], relations: [], ...items };
}
function aField(meta: object, schema: object = {}, field = 'title'): SnapshotItem {
	return { collection: 'doorstep_cases', field, type: 'string', meta: { ...meta }, schema: { ...schema } };
}
const withField = (...fields: SnapshotItem[]) => aSnapshot({ fields });

describe('what has to be applied to a platform (idea 6)', () => {
	test('an empty platform gets everything, each item whole', () => {
		const plan = planUpgrade(aSnapshot({}), undefined, shipped);
		for (const kind of ['collections', 'fields', 'relations'] as const) {
			expect(plan[kind].map(({ diff }) => diff)).toEqual(shipped[kind].map((rhs) => [{ kind: 'N', rhs }]));
		}
		expect(plan.systemFields).toEqual([]);
	});

	test('a platform of this version gets nothing', () => {
		expect(isEmptyPlan(planUpgrade(shipped, shipped, shipped))).toBe(true);
		expect(isEmptyPlan(planUpgrade(shipped, undefined, shipped))).toBe(true);
	});

	test('a field, a collection or a relation that is new in this version is added', () => {
		const older: Snapshot = {
			...shipped,
			...{
				collections: shipped.collections.slice(1),
				fields: shipped.fields.slice(1),
				relations: shipped.relations.slice(1),
			},
		};
		const plan = planUpgrade(older, older, shipped);
		for (const kind of ['collections', 'fields', 'relations'] as const) {
			expect(plan[kind]).toMatchObject([
				{ collection: shipped[kind][0]!.collection, diff: [{ kind: 'N', rhs: shipped[kind][0] }] },
			]);
		}
	});

	test('what we changed follows, the old value beside the new', () => {
		const plan = planUpgrade(
			withField(aField({ note: 'old' })),
			withField(aField({ note: 'old' })),
			withField(aField({ note: 'new' })),
		);
		expect(plan.fields).toEqual([
			{
				collection: 'doorstep_cases',
				field: 'title',
				diff: [{ kind: 'E', path: ['meta', 'note'], lhs: 'old', rhs: 'new' }],
			},
		]);
	});

	test('what an administrator changed stays: labels, choices, width', () => {
		const before = withField(aField({ note: 'old', width: 'half', options: { choices: ['a'] } }));
		const now = withField(aField({ note: 'new', width: 'full', options: { choices: ['a', 'b'] } }));
		const theirs = withField(aField({ note: 'own', width: 'fill', options: { choices: ['a', 'own'] } }));
		expect(isEmptyPlan(planUpgrade(theirs, before, now))).toBe(true);
	});

	test('a longer column follows, and the words that stand beside it stay', () => {
		const plan = planUpgrade(
			withField(aField({ note: 'own' }, { max_length: 100 })),
			withField(aField({ note: 'old' }, { max_length: 100 })),
			withField(aField({ note: 'new' }, { max_length: 200 })),
		);
		expect(plan.fields[0]?.diff).toEqual([{ kind: 'E', path: ['schema', 'max_length'], lhs: 100, rhs: 200 }]);
	});

	test('a field that was dropped from this version stays on the platform', () => {
		const older = withField(aField({}), aField({}, {}, 'obsolete'));
		expect(isEmptyPlan(planUpgrade(older, older, withField(aField({}))))).toBe(true);
	});

	test('an administrator’s own fields in our collections and whole foreign collections are not looked at', () => {
		const foreign = [
			...[
				aField({ note: 'own' }, {}, 'their_field'),
				{ collection: 'articles', field: 'title', meta: { note: 'x' } },
			],
			...shipped.fields,
		];
		const current = {
			...shipped,
			fields: foreign,
			collections: [{ collection: 'articles' }, ...shipped.collections],
		};
		expect(isEmptyPlan(planUpgrade(current, shipped, shipped))).toBe(true);
	});

	test('a field that an administrator deleted comes back, for the code needs it', () => {
		const current = { ...shipped, fields: shipped.fields.slice(1) };
		expect(planUpgrade(current, shipped, shipped).fields).toHaveLength(1);
	});

	test('never a deletion, whatever stands there and whatever was shipped before', () => {
		const halves = [
			shipped,
			aSnapshot({}),
			{ ...shipped, fields: shipped.fields.filter((_, index) => index % 2 === 0) },
		];
		const plans = halves.flatMap((current) =>
			[...halves, undefined].flatMap((before) => halves.map((now) => planUpgrade(current, before, now))),
		);
		const kinds = plans.flatMap((plan) =>
			[...plan.collections, ...plan.fields, ...plan.relations].flatMap(({ diff }) =>
				diff.map(({ kind }) => kind),
			),
		);
		expect(new Set(kinds)).toEqual(new Set(['N']));
		const foreign = plans
			.flatMap((plan) => [...plan.collections, ...plan.fields])
			.filter(({ collection }) => !collection.startsWith('doorstep_'))
			.map(({ collection, field = '' }) => `${collection}.${field}`);
		expect(new Set(foreign)).toEqual(new Set(['directus_files.doorstep_case']));
	});

	test('it names its place as Directus does: a relation with what it points to, a collection without a field', () => {
		const plan = planUpgrade(aSnapshot({}), undefined, shipped);
		expect(Object.keys(plan.collections[0]!)).toEqual(['collection', 'diff']);
		expect(Object.keys(plan.fields[0]!)).toEqual(['collection', 'field', 'diff']);
		expect(Object.keys(plan.relations[0]!)).toEqual(['collection', 'field', 'related_collection', 'diff']);
	});

	test('nothing that was passed in is changed', () => {
		const [current, before, now] = [1, 2, 3].map((note) => withField(aField({ note })));
		const copies = structuredClone([current, before, now]);
		planUpgrade(current!, before, now!);
		expect([current, before, now]).toEqual(copies);
	});
});

describe('the name of a field on screen', () => {
	test('in the reader’s language', () => {
		expect(fieldWords(shipped, 'doorstep_cases', 'household', 'zh-CN')).toBe('农牧户');
		expect(fieldWords(shipped, 'doorstep_cases', 'household', 'en-US')).toBe('Household');
	});

	test('its code where there are no words for it', () => {
		expect(fieldWords(shipped, 'doorstep_villages', 'id', 'zh-CN')).toBe('id');
		expect(fieldWords(shipped, 'doorstep_cases', 'nowhere', 'zh-CN')).toBe('nowhere');
		expect(fieldWords(shipped, 'articles', 'title', 'en-US')).toBe('title');
	});
});
