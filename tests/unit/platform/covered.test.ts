import { describe, expect, test } from 'vitest';
import {
	covers,
	opensInAllRows,
	opensWithoutCondition,
	type ReadRule,
} from '../../../extensions/platform/covered.js';
import type { Policy } from '../../../extensions/platform/hats.js';
import { permissionsFor } from '../../../seed/provision/permissions.js';
import { snapshot } from '../snapshot.js';

const own = { cadre: { user: { _eq: 'me' } } };
const led = { village: { leader: { _eq: 'me' } } };

describe('a rule covers another', () => {
	test.each<[string, unknown, unknown, boolean]>([
		['all rows cover some', {}, own, true],
		['and all', null, {}, true],
		['some do not cover all', own, {}, false],
		['nor a list with an empty alternative, which is all', { _or: [own, led] }, { _or: [own, {}] }, false],
		['nor one of none', { _or: [own] }, { _or: [] }, false],
		['one of several alternatives', { _or: [own, led] }, led, true],
		['several by the same in another order', { _or: [own, led] }, { _or: [led, own] }, true],
		['not more than there are', { _or: [own] }, { _or: [own, led] }, false],
		['not where a condition stands beside', { _or: [own, led], kind: { _eq: 'away' } }, own, false],
		['not by other words', { _and: [own] }, own, false],
	])('%s', (_name, outer, inner, expected) => {
		expect(covers(outer, inner)).toBe(expected);
	});
});

describe('L1: who may ask by a sensitive field, by the hats as shipped', () => {
	const rulesOf = (...hats: Policy[]): ReadRule[] =>
		permissionsFor(snapshot)
			.filter(({ policy, collection, action }) => {
				return hats.includes(policy) && collection === 'doorstep_households' && action === 'read';
			})
			.map(({ fields, permissions }) => ({ fields, rows: permissions, everywhere: true }));

	test.each<[boolean, Policy[]]>([
		[true, ['cadre', 'sensitive_information']],
		[true, ['team_leader', 'sensitive_villages']],
		[true, ['cadre', 'team_leader', 'sensitive_information', 'sensitive_villages']],
		[true, ['sensitive_information']],
		[false, ['cadre', 'sensitive_villages']],
		[false, ['cadre', 'team_leader', 'sensitive_information']],
		[false, ['cadre']],
		[false, []],
		[false, ['cadre', 'supervisor', 'sensitive_information']],
		[false, ['cadre', 'town_leader', 'sensitive_villages']],
		[false, ['cadre', 'data_clerk', 'sensitive_information']],
		[false, ['cadre', 'village_clerk', 'sensitive_information']],
	])('%s: %j', (expected, hats) => {
		expect(opensInAllRows(rulesOf(...hats), 'relief_reason')).toBe(expected);
	});
});

test('a policy for some networks only opens no field, but may open rows', () => {
	const everything = { fields: ['*'], rows: null };
	const reads = { fields: ['id'], rows: own, everywhere: true };
	expect(opensInAllRows([{ ...everything, everywhere: true }, reads], 'phone')).toBe(true);
	expect(opensInAllRows([{ ...everything, everywhere: false }, reads], 'phone')).toBe(false);
	expect(
		opensInAllRows(
			[
				{ fields: ['*'], rows: own, everywhere: true },
				{ ...everything, everywhere: false },
			],
			'phone',
		),
	).toBe(true);
	expect(
		opensInAllRows(
			[
				{ fields: ['phone'], rows: own, everywhere: true },
				{ fields: ['id'], rows: null, everywhere: false },
			],
			'phone',
		),
	).toBe(false);
});

test('an address may be asked by where it is read of everybody', () => {
	const rule = { fields: ['email'], rows: {}, everywhere: true };
	expect(opensWithoutCondition([rule], 'email')).toBe(true);
	expect(opensWithoutCondition([rule], 'phone')).toBe(false);
	expect(opensWithoutCondition([{ ...rule, rows: own }], 'email')).toBe(false);
	expect(opensWithoutCondition([{ ...rule, everywhere: false }], 'email')).toBe(false);
});
