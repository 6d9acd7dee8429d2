import { describe, expect, test } from 'vitest';
import { PROTECTED } from '../../../extensions/coverage/protected.js';
import { followedBackwards, protectedAsks } from '../../../extensions/platform/protected.js';
import type { SchemaView } from '../../../extensions/platform/asked.js';

const relation = (collection: string, field: string, related_collection: string) => ({
	...{ collection, field, related_collection },
	meta: null,
});
const schema: SchemaView = {
	collections: {},
	relations: [
		relation('doorstep_cases', 'household', 'doorstep_households'),
		relation('doorstep_cadres', 'user', 'directus_users'),
		relation('directus_files', 'uploaded_by', 'directus_users'),
		relation('articles', 'author', 'directus_users'),
		relation('articles', 'official', 'doorstep_cadres'),
	],
};
const asked = (collection: string, filter: object) => [
	...new Set(
		protectedAsks(collection, { filter }, schema, PROTECTED).map((ask) => `${ask.collection}.${ask.field}`),
	),
];
const WHOSE = { email: { _eq: 'x' } };

describe('L1: what is looked at before somebody may ask by it', () => {
	test.each([
		['doorstep_households', { relief_reason: { _eq: 'x' } }, 'doorstep_households.relief_reason'],
		[
			'doorstep_cases',
			{ household: { special_groups: { _null: false } } },
			'doorstep_households.special_groups',
		],
		['doorstep_cadres', { user: WHOSE }, 'directus_users.email'],
		['directus_files', { uploaded_by: WHOSE }, 'directus_users.email'],
		['articles', { official: { user: WHOSE } }, 'directus_users.email'],
	])('%s by %o', (collection, filter, found) => {
		expect(asked(collection, filter)).toEqual([found]);
	});

	test.each([
		['doorstep_households', { head_name: { _eq: 'x' } }],
		['doorstep_cadres', { user: { id: { _eq: 'x' } } }],
		['directus_users', WHOSE],
		['articles', { author: WHOSE }],
	])('not %s by %o: that is nobody’s secret, or the platform’s own to guard', (collection, filter) => {
		expect(asked(collection, filter)).toEqual([]);
	});
});

describe('going back along a relation that nobody has declared', () => {
	const key = '$FOLLOW(doorstep_cases,about_cadre)';
	const asks = { title: { _contains: 'x' } };
	const found = { collection: 'doorstep_cases', field: 'about_cadre' };
	const isGuarded = (name: string) => ['doorstep_cases', 'directus_notifications'].includes(name);

	test.each<[string, object]>([
		['in a filter', { filter: { [key]: asks } }],
		['deep in one', { filter: { _and: [{ village: { _or: [{ [key]: asks }] } }] } }],
		['in a filter as text', { filter: JSON.stringify({ [key]: asks }) }],
		['in an order', { sort: [`-${key}.title`] }],
		['in a nested list', { deep: { households: { _filter: { [key]: asks } } } }],
		['with blanks', { filter: { '$FOLLOW( doorstep_cases , about_cadre )': asks } }],
		['with a further name', { filter: { '$FOLLOW(doorstep_cases,about_cadre,collection)': asks } }],
	])('is seen %s', (_where, query) => {
		expect(followedBackwards(query, isGuarded)).toEqual(found);
	});

	test('Directus’s own rows count too, what a township or another collection has does not', () => {
		const found = (filter: object) => followedBackwards({ filter }, isGuarded);
		expect(found({ '$FOLLOW(directus_notifications,recipient)': asks })).toBeDefined();
		expect(found({ '$FOLLOW(articles,author)': asks })).toBeUndefined();
		expect(found({ '$FOLLOW(doorstep_households_files,household)': asks })).toBeUndefined();
		expect(found({ title: { _eq: 'FOLLOW(doorstep_cases,x)' } })).toBeUndefined();
	});

	test('behind another collection of the platform it is seen too', () => {
		const query = { sort: ['$FOLLOW(articles,author).$FOLLOW(doorstep_cases,about_cadre).title'] };
		expect(followedBackwards(query, isGuarded)).toEqual(found);
	});
});
