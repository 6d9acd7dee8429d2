import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { pinyinOf } from '../../../extensions/platform/pinyin.js';
import {
	beginningWith,
	idOf,
	inOneList,
	joined,
	movedBy,
	newestOnly,
	ROWS_SHOWN,
	searchTextOf,
} from '../../../extensions/platform/studio/pick.js';

describe('the value of a to-one relation', () => {
	test.each([
		['b2c', 'b2c'],
		[{ id: 'b2c', head_name: '张三' }, 'b2c'],
		[null, null],
		[undefined, null],
		['', null],
		[{}, null],
		[{ id: null }, null],
		[{ id: 7 }, null],
		[7, null],
	])('%j is %j', (value, id) => {
		expect(idOf(value)).toBe(id);
	});
});

describe('what is looked for', () => {
	test.each([
		["zhang'san", 'zhangsan'],
		[' Zhang San ', 'zhangsan'],
		['张 三', '张三'],
		['１３９ 0000', '1390000'],
		['lü', 'lv'],
		['HQ-01-0001', 'hq-01-0001'],
		['　', ''],
	])('%j is looked for as %j', (typed, text) => {
		expect(searchTextOf(typed)).toBe(text);
	});

	test('somebody who types the pinyin of a name with blanks between syllables finds it', () => {
		expect(pinyinOf('张晓梅')).toContain(searchTextOf('zhang xiao mei'));
		expect(pinyinOf('吕秀花')).toContain(searchTextOf('LÜ XIU'));
	});

	test('looking for what is looked for changes nothing', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'grapheme' }), (typed) => {
				const text = searchTextOf(typed);
				expect(searchTextOf(text)).toBe(text);
			}),
		);
	});
});

describe('what begins with the typed text comes first', () => {
	test('by name, number, spelling or a later spelling', () => {
		expect(beginningWith('zs', { begins: ['head_name', 'code'] })).toEqual({
			_or: [
				{ pinyin: { _istarts_with: 'zs' } },
				{ head_name: { _istarts_with: 'zs' } },
				{ code: { _istarts_with: 'zs' } },
				{ pinyin: { _contains: ' zs' } },
			],
		});
	});

	test('no row stands twice, and no more are shown than a list holds', () => {
		const rows = (...ids: number[]) => ids.map((id) => ({ id: String(id) }));
		expect(inOneList([rows(3, 1), rows(1, 2, 3)])).toEqual(rows(3, 1, 2));
		const many = rows(...Array(50).keys());
		expect(inOneList([many, many])).toEqual(many.slice(0, ROWS_SHOWN));
	});
});

describe('arrow keys', () => {
	test('go round', () => {
		expect(movedBy('ArrowDown', -1, 3)).toBe(0);
		expect(movedBy('ArrowDown', 2, 3)).toBe(0);
		expect(movedBy('ArrowUp', 0, 3)).toBe(2);
		expect(movedBy('ArrowUp', -1, 3)).toBe(2);
		expect(movedBy('ArrowUp', 2, 3)).toBe(1);
	});

	test('lead nowhere in an empty list', () => {
		expect(movedBy('ArrowDown', -1, 0)).toBe(-1);
		expect(movedBy('ArrowUp', -1, 0)).toBe(-1);
	});
});

test('an answer counts only while nothing newer was asked', () => {
	const questions = newestOnly();
	const first = questions.ask();
	expect(first()).toBe(true);
	const second = questions.ask();
	expect([first(), second()]).toEqual([false, true]);
});

test('parts of a line that are missing leave no gap', () => {
	expect(joined(['红旗嘎查 一社', null, '', undefined, '13900000000'])).toBe('红旗嘎查 一社 · 13900000000');
	expect(joined([null])).toBe('');
});
