import { describe, expect, test } from 'vitest';
import { noticeOf, type RaisedRung } from '../../../extensions/cases/notices.js';
import { beijing } from './builders.js';

function aRung(rung: Partial<RaisedRung> = {}): RaisedRung {
	return {
		...{ caseId: 'case-1', name: '催办', number: '2026-000001', title: '修路' },
		...{ dueAt: beijing('2026-11-11 09:00'), recipients: [] },
		...rung,
	};
}

describe('what a person is told after a sweep (F6)', () => {
	test('F6: a single rung leads straight to its case', () => {
		expect(noticeOf([aRung()], 'zh-CN')).toEqual({
			subject: '【催办】2026-000001 修路',
			message: '【催办】2026-000001 修路，办结时限 2026-11-11 09:00',
			collection: 'doorstep_cases',
			item: 'case-1',
		});
	});

	test('F6: many rungs come as one notice, with a line for each', () => {
		const notice = noticeOf([aRung(), aRung({ number: '2026-000002', title: '办证' })], 'en-US');
		expect(notice).toMatchObject({ subject: '2 cases need your attention', item: null });
		expect(notice.message.split('\n\n')).toEqual([
			'[催办] 2026-000001 修路, due 2026-11-11 09:00',
			'[催办] 2026-000002 办证, due 2026-11-11 09:00',
		]);
	});

	test('F6: of hundreds twenty are named and the rest counted', () => {
		const rungs = Array.from({ length: 320 }, (_, index) => aRung({ number: `2026-${String(index)}` }));
		const lines = noticeOf(rungs, 'zh-CN').message.split('\n\n');
		expect(lines).toHaveLength(21);
		expect(lines.at(-1)).toBe('……另有 300 件');
		expect(noticeOf(rungs.slice(0, 20), 'zh-CN').message).not.toContain('另有');
	});

	test('F6: the deadline is told by Beijing time', () => {
		expect(noticeOf([aRung({ dueAt: new Date('2026-12-31T16:30:00Z') })], 'zh-CN').message).toContain('2027-01-01 00:30');
	});

	test('F6: a long title is cut to what a subject holds', () => {
		expect(noticeOf([aRung({ title: '长'.repeat(300) })], 'zh-CN').subject).toHaveLength(255);
	});

	test('F6: a title that looks like a placeholder stays as it is', () => {
		expect(noticeOf([aRung({ title: '{number} $& {due}' })], 'zh-CN').subject).toBe('【催办】2026-000001 {number} $& {due}');
	});
});
