import { describe, expect, test } from 'vitest';
import { isOverdue } from '../../../extensions/cases/health.js';
import { watchNotice, watchSeconds } from '../../../extensions/cases/watch.js';

const MINUTE = 60_000;

describe('whether the sweep is overdue', () => {
	const ready = { readyForMs: 60 * MINUTE };

	test('five rounds and three minutes are waited for', () => {
		expect(isOverdue(30, { ...ready, sinceSweepMs: 5.5 * MINUTE })).toBe(false);
		expect(isOverdue(30, { ...ready, sinceSweepMs: 5.5 * MINUTE + 1 })).toBe(true);
		expect(isOverdue(3600, { ...ready, sinceSweepMs: 5 * 60 * MINUTE })).toBe(false);
	});

	test('nothing is said in the first minutes after it became possible, but that it runs', () => {
		expect(isOverdue(30, { readyForMs: MINUTE, sinceSweepMs: 999 * MINUTE })).toBeUndefined();
		expect(isOverdue(30, { readyForMs: MINUTE, sinceSweepMs: 1000 })).toBe(false);
	});
});

test.each([
	[undefined, 60],
	['5', 5],
	['0', 0],
	['-1', 60],
	['often', 60],
])('DOORSTEP_WATCH_SECONDS=%s means a look every %d seconds, however often it is swept', (given, seconds) => {
	expect(watchSeconds({ DOORSTEP_WATCH_SECONDS: given, DOORSTEP_SWEEP_SECONDS: '0' })).toBe(seconds);
});

describe('what administrators are told', () => {
	test('what is wrong and what to do, in the reader’s language', () => {
		const notice = watchNotice('broken', 'doorstep_cases.told', 'zh-CN');
		expect(notice).toMatchObject({ collection: null, item: null });
		expect(notice.subject).toBe('【农事户办】数据库组件不完整，已暂停写入');
		expect(notice.message).toMatch(/doorstep_cases\.told.*POST \/doorstep\/provision/s);
		expect(watchNotice('broken', 'doorstep_cases.told', 'en-US').message).toMatch(
			/doorstep_cases\.told.*POST \/doorstep\/provision/s,
		);
	});

	test('mail that is not set up is nothing that has to be done', () => {
		expect(watchNotice('no_mail', '', 'zh-CN').message).toContain('如不需要，无需处理');
	});
});
