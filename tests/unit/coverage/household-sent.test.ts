import { describe, expect, test } from 'vitest';
import { householdSent, notOffered } from '../../../extensions/coverage/household-sent.js';
import { readSent } from '../../../extensions/platform/sent.js';

const read = (sent: object) => readSent(householdSent, sent);
const invalid = (field: string) => ({ ok: false, fault: { code: 'DOORSTEP_INVALID', field } });
const required = (field: string) => ({ ok: false, fault: { code: 'DOORSTEP_REQUIRED', field } });

describe('L1: what a household’s file takes', () => {
	test.each([
		['code', 'HQ-07-0042', 'HQ-07-0042'],
		['code', '  HQ 7 ', 'HQ 7'],
		['code', 70042, '70042'],
		['head_name', ' 高娃 ', '高娃'],
		['head_name', '敖特根·巴雅尔', '敖特根·巴雅尔'],
		['head_name', '𠮷田', '𠮷田'],
		['phone', '0477-8123456', '0477-8123456'],
		['phone', ' +86 138 0000 0000 ', '+86 138 0000 0000'],
		['phone', 16000012345, '16000012345'],
		['phone', '', null],
		['phone', null, null],
		['people', 1, 1],
		['people', 99, 99],
		['people', '4', 4],
		['people', null, null],
		['kind', 'away', 'away'],
		['special_groups', ['disabled'], ['disabled']],
		['special_groups', [], []],
		['special_groups', null, null],
	])('%s %j is kept as %j', (field, sent, kept) => {
		expect(read({ [field]: sent })).toEqual({ ok: true, value: { [field]: kept } });
	});

	test.each([
		['code', ['   ', '---', 'x'.repeat(41), 'a\u0007b', 'a\nb', '反\u202e向', true, {}, 1.5]],
		['head_name', ['   ', '·', '长'.repeat(61), '高\t娃', '高\u200f娃', {}, ['高娃']]],
		[
			'phone',
			['不知道', '12', '+', '--', '1'.repeat(21), '138 0000 0000 x', '１３８００００００００', {}, true],
		],
		['people', [0, -1, 100, 1.5, '0', '3 人', true, {}]],
		['hamlet', ['x', { id: 'x' }, { name: '新社' }, 1]],
		['cadre', ['x', { user: 'x' }, [], 1]],
		['kind', [1, {}, ['away'], 'x'.repeat(33)]],
		['special_groups', ['disabled', [1], [['disabled']], ['a,b'], [''], {}]],
	])('%s is refused when it is odd', (field, values) => {
		for (const value of values) expect([value, read({ [field]: value })]).toEqual([value, invalid(field)]);
	});

	test.each(['code', 'head_name', 'kind', 'hamlet', 'cadre'])('%s cannot be taken away', (field) => {
		expect(read({ [field]: null })).toEqual(required(field));
	});

	test('only what was sent is looked at, and fields of the township’s own go through', () => {
		const sent = { phone: '16000012345', own_remark: { any: 'thing' } };
		expect(read(sent)).toEqual({ ok: true, value: sent });
	});
});

describe('L6: lists as the studio offers them', () => {
	test('what is not offered is named', () => {
		expect(notOffered(['disabled', 'other'], ['disabled'])).toEqual(['other']);
		expect(notOffered('other', ['resident', 'away'])).toEqual(['other']);
		expect(notOffered('away', ['resident', 'away'])).toEqual([]);
		expect(notOffered('away', [])).toEqual(['away']);
	});

	test('nothing sent, and a list that is free to fill in, take anything', () => {
		for (const sent of [null, undefined]) expect(notOffered(sent, ['away'])).toEqual([]);
		expect(notOffered(['anything'], undefined)).toEqual([]);
	});
});
