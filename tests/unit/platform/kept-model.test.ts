import { describe, expect, test } from 'vitest';
import { lostBy } from '../../../extensions/platform/kept-model.js';
import { snapshot } from '../snapshot.js';

const lost = (method: string, path: string, body: unknown = {}) => lostBy({ method, path, body }, snapshot);
const deletion = (item: object) => [{ ...item, diff: [{ kind: 'D', lhs: item }] }];

describe('Idea 6: what a request would take away of the data model', () => {
	test('a collection or a relation of ours, however its name is written', () => {
		expect(lost('DELETE', '/collections/doorstep_cases')).toBe('doorstep_cases');
		expect(lost('DELETE', '/Collections/doorstep%5Fcases/')).toBe('doorstep_cases');
		expect(lost('DELETE', '/relations/doorstep_cases/household')).toBe('doorstep_cases.household');
		expect(lost('DELETE', '/collections/%zz')).toBeUndefined();
	});

	test('what a diff of the schema deletes, but not what it changes or deletes within an item', () => {
		const field = { collection: 'doorstep_cases', field: 'due_at' };
		const apply = (diff: object) => lost('POST', '/schema/apply', { hash: 'x', diff });
		expect(apply({ fields: deletion(field) })).toBe('doorstep_cases.due_at');
		expect(apply({ collections: deletion({ collection: 'doorstep_settings' }) })).toBe('doorstep_settings');
		const label = { ...field, diff: [{ kind: 'D', path: ['meta', 'note'], lhs: '时限' }] };
		expect(apply({ fields: [label] })).toBeUndefined();
		expect(
			apply({ fields: deletion({ collection: 'doorstep_cases', field: 'own_remark' }) }),
		).toBeUndefined();
		expect(apply([])).toBeUndefined();
	});

	test('a field of ours that a diff of the schema makes into something else, but not what brings it back', () => {
		const field = { collection: 'doorstep_cases', field: 'number' };
		const edited = (path: string[], lhs: unknown, rhs: unknown) =>
			lost('POST', '/schema/apply', {
				hash: 'x',
				diff: { fields: [{ ...field, diff: [{ kind: 'E', path, lhs, rhs }] }] },
			});
		expect(edited(['type'], 'string', 'integer')).toBe('doorstep_cases.number');
		expect(edited(['schema', 'is_unique'], true, false)).toBe('doorstep_cases.number');
		expect(edited(['schema', 'is_nullable'], false, true)).toBe('doorstep_cases.number');
		expect(edited(['schema', 'is_unique'], false, true)).toBeUndefined();
		expect(edited(['type'], 'integer', 'string')).toBeUndefined();
		expect(edited(['meta', 'note'], '旧', '新')).toBeUndefined();
	});

	test('a collection of ours that GraphQL deletes, also by a variable', () => {
		const query = 'mutation ($c: String!) { delete_collections_item(collection: $c) { collection } }';
		const by = (c: string) => lost('POST', '/graphql/system', { query, variables: { c } });
		expect(by('doorstep_cases')).toBe('doorstep_cases');
		expect(by('estate_boats')).toBeUndefined();
		expect(lost('POST', '/graphql', { query: '{ doorstep_cases { id } }' })).toBeUndefined();
	});

	test('nothing, where somebody deletes what is theirs, reads, or sends nonsense', () => {
		for (const [method, path, body] of [
			['DELETE', '/collections/estate_boats'],
			['DELETE', '/relations/estate_boats/about_case'],
			['GET', '/collections/doorstep_cases'],
			['PATCH', '/relations/doorstep_cases/household', { meta: { one_field: 'own_cases' } }],
			['POST', '/schema/apply', null],
			['POST', '/schema/apply', 'x'],
			['DELETE', '/'],
		] as const)
			expect(lost(method, path, body)).toBeUndefined();
	});
});
