import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { pinyinOf } from '../../../extensions/platform/pinyin.js';
import { withPinyin } from '../../../extensions/platform/pinyin-column.js';

const wordsOf = (name: string) => pinyinOf(name).split(' ');

describe('what a name is found by', () => {
	test.each([
		['张三', 'zhangsan zs'],
		['王小明', 'wangxiaoming wxm'],
		['敖特更巴雅尔', 'aotegengbayaer atgbye'],
		['乌云·其木格', 'wuyunqimuge wyqmg'],
		['欧阳修', 'ouyangxiu oyx'],
		['A4纸', 'a4zhi a4z'],
		['Bao Min', 'baomin'],
		['１２', '12'],
		['（）', ''],
		['', ''],
	])('%s: %s', (name, found) => {
		expect(pinyinOf(name)).toBe(found);
	});

	test.each([
		['单雄', ['shanxiong', 'sx', 'danxiong', 'dx']],
		['查干巴拉', ['zhaganbala', 'chaganbala', 'zgbl', 'cgbl']],
		['解放', ['xiefang', 'jiefang']],
		['朝鲁', ['chaolu', 'zhaolu']],
		['吕秀', ['lvxiu', 'luxiu', 'lx']],
		['乐乐', ['yueyue', 'lele', 'll']],
	])('%s is found by each reading that people may know', (name, readings) => {
		expect(wordsOf(name)).toEqual(expect.arrayContaining(readings));
	});

	test('only people have a surname: a certificate of a unit (单位) is no Mr Shan', () => {
		expect(pinyinOf('单位证明', 'thing')).toBe('danweizhengming dwzm');
		expect(pinyinOf('12345热线', 'thing')).toBe('12345rexian 12345rx');
	});

	test('a long name is cut at a word, the first spelling and its initials stay', () => {
		const long = `单${'庄'.repeat(200)}`;
		expect(wordsOf(long)).toEqual([`shan${'zhuang'.repeat(35)}`, `s${'z'.repeat(35)}`]);
	});

	test('whatever stands in a name, it fits the column, in lower case, words apart by one blank', () => {
		const names = fc.oneof(
			fc.string({ unit: 'grapheme', maxLength: 120 }),
			fc.string({ unit: 'binary', maxLength: 120 }),
			fc.string({ unit: fc.constantFrom(...Array.from('单查解吕朝长乐娜庄𠮷王A1 ·')), maxLength: 120 }),
		);
		fc.assert(
			fc.property(names, fc.constantFrom('person' as const, 'thing' as const), (name, named) => {
				const found = pinyinOf(name, named);
				expect(found.length).toBeLessThanOrEqual(255);
				expect(found).toBe(found.toLowerCase());
				expect(found).toBe(found.trim());
				expect(found).not.toContain('  ');
				expect(pinyinOf(name, named)).toBe(found);
			}),
			{ numRuns: 500 },
		);
	});
});

describe('the column is the server’s', () => {
	const column = { collection: 'doorstep_cadres', name: 'name', named: 'person' } as const;

	test('a name sets it, whatever was sent', () => {
		expect(withPinyin({ name: '张三', pinyin: 'x' }, column)).toEqual({
			name: '张三',
			pinyin: 'zhangsan zs',
		});
	});

	test('without a name it stays as it is', () => {
		expect(withPinyin({ phone: '1', pinyin: 'x' }, column)).toEqual({ phone: '1' });
		expect(withPinyin({ name: null }, column)).toEqual({ name: null });
	});

	test('what was sent is not changed itself', () => {
		const sent = Object.freeze({ name: '张三' });
		expect(withPinyin(sent, column)).not.toBe(sent);
	});
});
