import { describe, expect, test } from 'vitest';
import { BUCKETS } from '../../../extensions/oversight/buckets.js';
import { DEFINITIONS } from '../../../extensions/oversight/definitions.js';
import { RULES, windowWord } from '../../../extensions/oversight/dimensions.js';
import { FIGURES } from '../../../extensions/oversight/figures.js';
import { medianMinutes } from '../../../extensions/oversight/store.js';
import { LOCALES } from '../../../extensions/platform/words.js';

describe('F6: the words of a figure', () => {
	test('every figure has one definition, and there is no other', () => {
		expect(Object.keys(DEFINITIONS)).toEqual([...FIGURES]);
	});

	test.each(LOCALES.map((locale, n) => [locale, n] as const))(
		'no two figures read alike in %s',
		(_locale, n) => {
			const all = Object.values(DEFINITIONS);
			for (const words of [all.map(({ label }) => label[n]), all.map(({ definition }) => definition[n])])
				expect(new Set(words).size).toBe(FIGURES.length);
		},
	);

	test.each(Object.keys(BUCKETS) as (keyof typeof BUCKETS)[])('every bucket of %s has words', (dimension) => {
		for (const [key] of BUCKETS[dimension])
			for (const locale of LOCALES) expect(RULES[dimension].word?.(key, locale)).toMatch(/\d/);
	});

	test('windows are called as people call them', () => {
		const window = (start: string) => ({ start, end: start });
		expect(windowWord('month', window('2026-03-01'), 'zh-CN')).toBe('2026年3月');
		expect(windowWord('half_month', window('2026-03-16'), 'zh-CN')).toBe('3月下半月');
		expect(windowWord('week', window('2026-11-02'), 'zh-CN')).toBe('11月2日起一周');
		expect(windowWord('week', window('2026-11-02'), 'en-US')).toBe('week of 11-02');
	});
});

describe('S6: the median', () => {
	test.each([
		[[], null],
		[[90_000], 2],
		[[0, 60_000, 600_000], 1],
		[[600_000, 60_000], 6],
	])('of %j milliseconds is %s minutes', (durations, minutes) => {
		expect(medianMinutes(durations)).toBe(minutes);
	});
});
