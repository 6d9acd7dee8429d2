import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { rowsAsked } from '../../../extensions/oversight/deadlines/rows.js';
import { narrowedTo, SPREADS } from '../../../extensions/oversight/distribution/spreads.js';
import type { FigureRow } from '../../../extensions/oversight/figures.js';
import { changeOf, OVER_TIME, pointsOf, sharesOf } from '../../../extensions/oversight/figure/trend.js';
import { createAsking } from '../../../extensions/oversight/studio/asking.js';
import { gridOf, inOrder } from '../../../extensions/oversight/studio/grid.js';
import { whoseAndWhenOf, whoseOf } from '../../../extensions/oversight/studio/options.js';
import {
	contrast,
	mixed,
	paletteOf,
	type Rgb,
	type Theme,
} from '../../../extensions/oversight/studio/palette.js';
import {
	fromWindow,
	PERIODS,
	periodOf,
	windowName,
	windowsUpTo,
} from '../../../extensions/oversight/studio/period.js';
import { cellsOf, numberOf, shownNumber } from '../../../extensions/oversight/studio/shown.js';
import { csvOf, fileNameOf } from '../../../extensions/oversight/studio/table.js';
import { askedFor, comparedOf } from '../../../extensions/oversight/villages/compared.js';

const NOW = new Date('2026-11-25T02:00:00Z');

describe('when', () => {
	test.each([
		['last_7_days', '2026-11-19'],
		['last_30_days', '2026-10-27'],
		['last_90_days', '2026-08-28'],
		['this_week', '2026-11-23'],
		['this_half_month', '2026-11-16'],
		['this_month', '2026-11-01'],
		['this_quarter', '2026-10-01'],
		['this_half_year', '2026-07-01'],
		['this_year', '2026-01-01'],
	] as const)('F6: %s begins on %s and ends today', (period, from) => {
		expect(periodOf(period, '2026-11-25')).toEqual({ from, to: '2026-11-25' });
	});

	test('F6: every period begins on a day up to today, also on the first of January', () => {
		for (const period of PERIODS) expect(periodOf(period, '2028-01-01').from <= '2028-01-01').toBe(true);
	});

	test('F6: windows follow on one another to the one that holds today', () => {
		expect(windowsUpTo('week', '2026-11-25', 3)).toEqual(['2026-11-09', '2026-11-16', '2026-11-23']);
		expect(windowsUpTo('half_month', '2026-01-03', 2)).toEqual(['2025-12-16', '2026-01-01']);
		expect(windowsUpTo('month', '2026-01-31', 2)).toEqual(['2025-12-01', '2026-01-01']);
	});

	test('F6: the first column of a map is a whole window', () => {
		const asked = periodOf('last_90_days', '2026-11-25');
		expect(fromWindow('week', asked)).toEqual({ from: '2026-08-24', to: '2026-11-25' });
		expect(fromWindow('half_month', asked).from).toBe('2026-08-16');
		expect(fromWindow('month', asked).from).toBe('2026-08-01');
	});

	test('F6: an axis names a window in a few signs', () => {
		const named = (['week', 'half_month', 'month'] as const).map((rhythm) =>
			windowName(rhythm, '2026-11-16', 'zh-CN'),
		);
		expect(named).toEqual(['11/16', '11月下', '11月']);
		expect(windowName('half_month', '2026-11-01', 'zh-CN')).toBe('11月上');
		expect(windowName('month', '2026-11-01', 'en-US')).toBe('2026-11');
	});
});

describe('whose', () => {
	test('F6: a panel that is set to nothing asks for what the reader may see, in the last thirty days', () => {
		expect(whoseOf({})).toEqual({});
		expect(whoseOf({ village: { key: null }, ledger: null })).toEqual({});
		expect(whoseAndWhenOf({}, NOW)).toEqual({ from: '2026-10-27', to: '2026-11-25' });
	});

	test('F6: a village is an id, as a picker or a variable of the dashboard gives it', () => {
		expect(whoseOf({ village: { key: 'v1' }, ledger: 'proxy' })).toEqual({ village: 'v1', ledger: 'proxy' });
		expect(whoseOf({ village: 'v1' })).toEqual({ village: 'v1' });
	});
});

describe('how much', () => {
	test('F6: a board asks for what it is set to, and for no more and no less than the server gives', () => {
		expect([1, 30, 200].map(rowsAsked)).toEqual([1, 30, 200]);
		expect([0, -5, 2.5, 201].map(rowsAsked)).toEqual([1, 1, 2, 200]);
		expect([null, undefined].map(rowsAsked)).toEqual([50, 50]);
	});

	test('F6: levels are those of reported cases, unless the panel is set to another ledger', () => {
		expect(narrowedTo(SPREADS.age_by_level, { village: 'v1' })).toEqual({
			village: 'v1',
			ledger: 'reported',
		});
		expect(narrowedTo(SPREADS.age_by_level, { ledger: 'proxy' })).toEqual({ ledger: 'proxy' });
		expect(narrowedTo(SPREADS.lateness, {})).toEqual({});
	});

	test('F6: villages that are compared come with what they received and have open, so that none is missed for having nothing late', () => {
		expect(askedFor(['late_cases'])).toEqual(['late_cases', 'received_cases', 'open_cases']);
		expect(askedFor(['open_cases', 'late_cases'])).toEqual(['open_cases', 'late_cases', 'received_cases']);
		const [village] = comparedOf(
			[row({ village: 'one' }, { late_cases: { value: 0 }, open_cases: { value: 3 } })],
			[{ name: 'late_cases', unit: 'count' }],
		);
		expect(village).toMatchObject({ village: 'one', cells: [{ name: 'late_cases', number: 0, length: 0 }] });
	});
});

describe('numbers', () => {
	test('F6: a rate is a percentage of its counts, and nothing of nothing', () => {
		expect(numberOf({ value: 43, of: 50 }, 'share')).toBe(86);
		expect(numberOf({ value: 2, of: 3 }, 'share')).toBe(66.7);
		expect(numberOf({ value: null, of: 0 }, 'share')).toBeNull();
		expect(numberOf(undefined, 'count')).toBeNull();
	});

	test('F6: what is shown has its unit', () => {
		expect(shownNumber(66.7, 'share', 'zh-CN')).toBe('66.7%');
		expect(shownNumber(1234, 'count', 'zh-CN')).toBe('1,234');
		expect(shownNumber(130, 'minutes', 'zh-CN')).toBe('2 小时 10 分');
		expect(shownNumber(45, 'minutes', 'en-US')).toBe('45 min');
		expect(shownNumber(120, 'minutes', 'en-US')).toBe('2 h');
		expect(shownNumber(null, 'share', 'zh-CN')).toBe('—');
	});

	test('F6: a rate in a table brings the counts behind it', () => {
		expect(cellsOf({ value: 43, of: 50 }, 'share')).toEqual([86, 43, 50]);
		expect(cellsOf({ value: 43 }, 'count')).toEqual([43]);
	});
});

describe('whether it gets better', () => {
	test('F3: fewer late cases are better, a lower rate is worse, more received are neither', () => {
		const verdict = (...asked: Parameters<typeof changeOf>) => changeOf(...asked)?.verdict;
		expect(verdict('became_late', 'count', { value: 3 }, { value: 5 })).toBe('better');
		expect(verdict('on_time_rate', 'share', { value: 3, of: 4 }, { value: 4, of: 4 })).toBe('worse');
		expect(verdict('received_cases', 'count', { value: 9 }, { value: 5 })).toBe('neither');
		expect(verdict('became_late', 'count', { value: 5 }, { value: 5 })).toBe('neither');
	});

	test('F6: a rate changes by percentage points', () => {
		expect(changeOf('on_time_rate', 'share', { value: 3, of: 4 }, { value: 1, of: 2 })).toEqual({
			...{ by: 25, direction: 'up', verdict: 'better' },
		});
	});

	test('F6: against nothing there is no change', () => {
		expect(changeOf('on_time_rate', 'share', { value: 3, of: 4 }, { value: null, of: 0 })).toBeNull();
		expect(changeOf('late_cases', 'count', { value: 3 }, undefined)).toBeNull();
	});

	test('F6: in a window without a row nothing was counted, and a rate has nothing to say', () => {
		const rows = [row({ week: '2026-11-16' }, { became_late: { value: 4 } })];
		const windows = ['2026-11-16', '2026-11-23'];
		const values = (unit: 'count' | 'share') =>
			pointsOf(rows, 'became_late', unit, 'week', windows).map(({ value }) => value);
		expect(values('count')).toEqual([4, 0]);
		expect(values('share')).toEqual([null, null]);
	});

	test('F6: what is as of now has no past of its own', () => {
		for (const name of ['open_cases', 'late_cases', 'due_soon_cases', 'awaiting_feedback'] as const)
			expect(OVER_TIME).not.toContain(name);
		expect(OVER_TIME).toContain('became_late');
	});

	test('F5: answers are shares of all answers', () => {
		expect(sharesOf({ yes: 3, no: 1 })).toEqual([
			{ word: 'yes', count: 3, part: 0.75 },
			{ word: 'no', count: 1, part: 0.25 },
		]);
		expect(sharesOf({ yes: 0 })).toEqual([]);
		expect(sharesOf(undefined)).toEqual([]);
	});
});

describe('order', () => {
	const keys = (...names: string[]) => names.map((key) => ({ key, label: key }));

	test('F6: lists of one order, each with gaps, make one list of that order', () => {
		expect(inOrder([keys('a', 'c'), keys('b', 'c', 'd'), keys('a', 'b')])).toEqual(keys('a', 'b', 'c', 'd'));
		expect(inOrder([])).toEqual([]);
	});

	test('S7: places and people stand in their own order, whatever they have done', () => {
		const rows = [
			row({ village: 'one', ledger: 'proxy' }, { late_cases: { value: 1 } }),
			row({ village: 'two', ledger: 'immediate' }, { late_cases: { value: 9 } }),
			row({ village: 'two', ledger: 'proxy' }, { late_cases: { value: 3 } }),
		];
		const grid = gridOf(rows, 'late_cases', ['village', 'ledger']);
		expect(grid.down.map(({ key }) => key)).toEqual(['one', 'two']);
		expect(grid.across.map(({ key }) => key)).toEqual(['immediate', 'proxy']);
		expect(grid.at(grid.down[1]!, grid.across[0]!)).toEqual({ value: 9 });
		expect(grid.at(grid.down[0]!, grid.across[0]!)).toBeUndefined();
	});

	test('F6: ages stand from young to old, also where no two of them stand together', () => {
		const rows = [
			row({ holder: 'one', age: 'days_15' }, { open_cases: { value: 1 } }),
			row({ holder: 'two', age: 'day' }, { open_cases: { value: 1 } }),
			row({ holder: 'three', age: 'days_3' }, { open_cases: { value: 1 } }),
		];
		const { across } = gridOf(rows, 'open_cases', ['holder', 'age']);
		expect(across.map(({ key }) => key)).toEqual(['day', 'days_3', 'days_15']);
	});

	test('S7: villages side by side keep the order in which they came; a bar is part of the longest, a share of a hundred', () => {
		const rows = [
			row({ village: 'one' }, { open_cases: { value: 2 }, on_time_rate: { value: 1, of: 2 } }),
			row({ village: 'two' }, { open_cases: { value: 8 } }),
		];
		const compared = comparedOf(rows, [
			{ name: 'open_cases', unit: 'count' },
			{ name: 'on_time_rate', unit: 'share' },
		]);
		expect(compared.map(({ village }) => village)).toEqual(['one', 'two']);
		expect(compared.map(({ cells }) => cells.map(({ length }) => length))).toEqual([
			[0.25, 0.5],
			[1, 0],
		]);
	});
});

describe('export', () => {
	test('F6: a spreadsheet is told that it is UTF-8, and takes no text for a formula', () => {
		const rows = [['=1+1', '＝1', '@x', '-2', 'a,"b"', -2, null]];
		expect(csvOf({ head: ['甲'], rows })).toBe('\uFEFF甲\r\n\'=1+1,\'＝1,\'@x,\'-2,"a,""b""",-2,\r\n');
	});

	test('F6: a file is named by what stands over the panel, and the day', () => {
		expect(fileNameOf('逾期 / 临期', '2026-11-25', 'csv')).toBe('逾期-临期-2026-11-25.csv');
	});
});

describe('colours', () => {
	const theme = (background: readonly [number, number, number]): Theme => ({
		...{ text: [80, 80, 80], accent: [20, 20, 20], line: [220, 220, 220], background },
		...{ primary: [102, 68, 255], danger: [227, 81, 105] },
	});
	const lightness = (colour: string) =>
		[1, 3, 5].reduce((sum, at) => sum + Number.parseInt(colour.slice(at, at + 2), 16), 0);

	test.each([
		['light', [255, 255, 255], 1],
		['dark', [13, 17, 23], -1],
	] as const)('F6: on a %s page parts are told apart by lightness alone', (_name, background, sign) => {
		const shades = paletteOf(theme(background)).shades(4).map(lightness);
		for (const [at, shade] of shades.slice(1).entries())
			expect((shade - shades[at]!) * sign).toBeGreaterThan(40);
	});

	test('F6: numbers on the map can be read on every square, light and dark', () => {
		for (const background of [
			[255, 255, 255],
			[13, 17, 23],
		] as const) {
			const page = {
				...theme(background),
				accent: background[0] === 255 ? ([23, 41, 64] as const) : ([240, 240, 250] as const),
			};
			for (const share of [0, 0.25, 0.5, 0.75, 1]) {
				const square = mixed(background, page.primary, 0.06 + 0.94 * share);
				const letters = paletteOf(page).onHeat(share);
				const rgb = [1, 3, 5].map((at) => Number.parseInt(letters.slice(at, at + 2), 16)) as unknown as Rgb;
				expect(contrast(rgb, square)).toBeGreaterThan(4);
			}
		}
	});

	test('F6: a single part has the full colour', () => {
		expect(paletteOf(theme([255, 255, 255])).shades(1)).toEqual(['#6644ff']);
		expect(mixed([0, 0, 0], [255, 255, 255], 0.2)).toEqual([51, 51, 51]);
	});
});

describe('asking', () => {
	beforeEach(() => void vi.useFakeTimers());
	afterEach(() => void vi.useRealTimers());

	test('F6: panels that ask at the same time for the same rows share a request', async () => {
		const sent: [string, object][] = [];
		const asking = createAsking((path, params) => {
			sent.push([path, params]);
			return Promise.resolve([]);
		});
		const params = { from: '2026-11-01', to: '2026-11-25' };
		const asked = [
			asking.figures({ figures: ['became_late'], by: ['week'], params }),
			asking.figures({ figures: ['solved_rate'], by: ['week'], params }),
			asking.figures({ figures: ['became_late'], by: ['village'], params }),
		];
		await vi.runAllTimersAsync();
		await Promise.all(asked);
		expect(sent).toEqual([
			['/doorstep/figures', { ...params, by: 'week', figures: 'became_late,solved_rate' }],
			['/doorstep/figures', { ...params, by: 'village', figures: 'became_late' }],
		]);
	});

	test('F6: the same question is sent once while it is under way, and again afterwards', async () => {
		const send = vi.fn(() => Promise.resolve({}));
		const asking = createAsking(send);
		await Promise.all([
			asking.get('/a', { x: '1' }),
			asking.get('/a', { x: '1' }),
			asking.get('/a', { x: '2' }),
		]);
		expect(send).toHaveBeenCalledTimes(2);
		await asking.get('/a', { x: '1' });
		expect(send).toHaveBeenCalledTimes(3);
	});

	test('F6: a refusal reaches every panel that waits, and does not stay', async () => {
		const send = vi.fn().mockRejectedValueOnce(new Error('no')).mockResolvedValue({});
		const asking = createAsking(send);
		const both = await Promise.allSettled([asking.get('/a', {}), asking.get('/a', {})]);
		expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
		await expect(asking.get('/a', {})).resolves.toEqual({});
	});
});

function row(keys: FigureRow['keys'], figures: FigureRow['figures']): FigureRow {
	return { keys, labels: keys as FigureRow['labels'], figures };
}
