import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { sumOf } from '../../../extensions/platform/erasure.js';
import { refusal, refusalInBoth } from '../../../extensions/platform/errors.js';
import { groupBy } from '../../../extensions/platform/group-by.js';
import { POLICIES, policyId } from '../../../extensions/platform/hats.js';
import { fixedId } from '../../../extensions/platform/ids.js';
import {
	addDays,
	endOfLocalDay,
	localDateOf,
	startOfLocalDay,
} from '../../../extensions/platform/local-time.js';
import { coalesced, repeat } from '../../../extensions/platform/repeat.js';
import { inWords, localeFrom } from '../../../extensions/platform/words.js';

describe('local days', () => {
	test.each([
		['2026-11-10T15:59:59.999Z', '2026-11-10'],
		['2026-11-10T16:00:00.000Z', '2026-11-11'],
		['2025-12-31T16:00:00.000Z', '2026-01-01'],
		['2028-02-28T16:00:00.000Z', '2028-02-29'],
	])('F2: %s falls on the Beijing day %s', (instant, day) => {
		expect(localDateOf(new Date(instant))).toBe(day);
	});

	test('F2: a day runs from its first instant to its last millisecond', () => {
		for (const day of ['2026-11-10', '2028-02-29', '2027-12-31']) {
			expect(localDateOf(startOfLocalDay(day))).toBe(day);
			expect(localDateOf(endOfLocalDay(day))).toBe(day);
			expect(endOfLocalDay(day).getTime() + 1).toBe(startOfLocalDay(addDays(day, 1)).getTime());
		}
	});

	test('F2: days are counted over months, years and leap days', () => {
		expect(addDays('2028-02-28', 2)).toBe('2028-03-01');
		expect(addDays('2026-12-31', 1)).toBe('2027-01-01');
		expect(addDays('2027-03-01', -1)).toBe('2027-02-28');
		expect(addDays('2026-11-10', 0)).toBe('2026-11-10');
	});
});

describe('ids that never change', () => {
	test('idea 6: the same name has the same id in every version, in the shape of a UUID', () => {
		expect(fixedId('policy:cadre')).toBe('5fe9acef-c897-836d-bd09-c83498a62137');
		expect(fixedId('policy:cadre')).toMatch(
			/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
		);
	});

	test('idea 6: different names have different ids, hats among them', () => {
		expect(new Set(POLICIES.map(policyId)).size).toBe(POLICIES.length);
		const ids = Array.from({ length: 2000 }, (_, index) => fixedId(`day:${String(index)}`));
		expect(new Set(ids).size).toBe(ids.length);
	});
});

describe('words', () => {
	test('Chinese is spoken unless somebody set another language', () => {
		for (const language of [null, undefined, '', 'zh-CN', 'zh-TW'])
			expect(localeFrom(language)).toBe('zh-CN');
		for (const language of ['en-US', 'en-GB', 'de-DE']) expect(localeFrom(language)).toBe('en-US');
	});

	test('placeholders are filled once and literally; unknown ones stay', () => {
		expect(inWords(['{a}和{b}', '{a} and {b}'], 'en-US', { a: '{b}', b: '$&' })).toBe('{b} and $&');
		expect(inWords(['{a}', '{a}'], 'zh-CN')).toBe('{a}');
	});
});

describe('a refusal', () => {
	const catalogue = {
		DOORSTEP_MISSING: { status: 400, words: ['「{kind}」须填写「{field}」', '"{kind}" needs "{field}"'] },
	} as const;

	test('carries its code, its status, the field at fault and the words of the reader', () => {
		const error = refusal(catalogue, 'DOORSTEP_MISSING', 'en-US', {
			field: 'note',
			args: { kind: 'Resolve', field: 'Result' },
		});
		expect(error).toMatchObject({
			code: 'DOORSTEP_MISSING',
			status: 400,
			message: '"Resolve" needs "Result"',
			extensions: { field: 'note' },
		});
	});

	test('names the field at fault in its words where nobody gave it another name', () => {
		const error = refusal(catalogue, 'DOORSTEP_MISSING', 'en-US', { field: 'note', args: { kind: 'x' } });
		expect(error.message).toBe('"x" needs "note"');
	});

	test('speaks both languages where nobody can say who asks', () => {
		const error = refusalInBoth(catalogue, 'DOORSTEP_MISSING', { field: 'note', args: { kind: 'x' } });
		expect(error).toMatchObject({
			code: 'DOORSTEP_MISSING',
			status: 400,
			message: '「x」须填写「note」 "x" needs "note"',
			extensions: { field: 'note' },
		});
		expect(refusalInBoth(catalogue, 'DOORSTEP_MISSING')).toMatchObject({ extensions: {} });
	});

	test('names no field where none is at fault', () => {
		expect(refusal(catalogue, 'DOORSTEP_MISSING', 'zh-CN')).toMatchObject({
			extensions: {},
			message: '「{kind}」须填写「{field}」',
		});
	});
});

test('things are grouped by a key, in their order', () => {
	expect([...groupBy(['a', 'bb', 'c', 'dd'], (word) => word.length)]).toEqual([
		[1, ['a', 'c']],
		[2, ['bb', 'dd']],
	]);
	expect(groupBy([], String).size).toBe(0);
});

describe('tasks that repeat', () => {
	beforeEach(() => vi.useFakeTimers());
	afterEach(() => vi.useRealTimers());

	test('F6: a sweep that fails does not end the sweeping', async () => {
		const failed = vi.fn();
		const task = vi.fn().mockRejectedValueOnce(new Error('database away')).mockResolvedValue(undefined);
		repeat(30, task, failed);
		expect(task).not.toHaveBeenCalled();
		await vi.advanceTimersByTimeAsync(30_000);
		expect([task, failed].map((mock) => mock.mock.calls.length)).toEqual([1, 1]);
		await vi.advanceTimersByTimeAsync(60_000);
		expect([task, failed].map((mock) => mock.mock.calls.length)).toEqual([3, 1]);
	});

	test('F6: the next sweep waits until the last one has ended', async () => {
		let end = (): void => undefined;
		const task = vi.fn(() => new Promise<void>((done) => (end = done)));
		repeat(1, task, vi.fn());
		await vi.advanceTimersByTimeAsync(10_000);
		expect(task).toHaveBeenCalledTimes(1);
		end();
		await vi.advanceTimersByTimeAsync(1000);
		expect(task).toHaveBeenCalledTimes(2);
	});

	test('idea 6: a burst of calls is answered by one run, a later call by another, also after a failure', async () => {
		const failed = vi.fn();
		const task = vi.fn().mockRejectedValueOnce(new Error('once')).mockResolvedValue(undefined);
		const call = coalesced(task, failed);
		for (let i = 0; i < 50; i += 1) call();
		await vi.advanceTimersByTimeAsync(1000);
		expect([task, failed].map((mock) => mock.mock.calls.length)).toEqual([1, 1]);
		call();
		await vi.advanceTimersByTimeAsync(1000);
		expect([task, failed].map((mock) => mock.mock.calls.length)).toEqual([2, 1]);
	});

	test('idea 6: a call during a run brings another run after it, never beside it', async () => {
		let running = 0;
		let most = 0;
		const task = vi.fn(async () => {
			most = Math.max(most, (running += 1));
			await new Promise((done) => setTimeout(done, 5000));
			running -= 1;
		});
		const call = coalesced(task, vi.fn());
		call();
		await vi.advanceTimersByTimeAsync(1000);
		call();
		await vi.advanceTimersByTimeAsync(20_000);
		expect([task.mock.calls.length, most]).toEqual([2, 1]);
	});
});

test('PIPL art. 47: what the rooms have erased is counted together', () => {
	expect(sumOf([{ notices: 1 }, { notices: 2, mails: 1 }, {}])).toEqual({ notices: 3, mails: 1 });
});
