import { describe, expect, test } from 'vitest';
import { noticeOf, stepNotice, type RaisedRung } from '../../../extensions/cases/notices.js';
import { toldOf, type People } from '../../../extensions/cases/people.js';
import { STEPS } from '../../../extensions/cases/rules.js';
import type { CaseState } from '../../../extensions/cases/terms.js';
import {
	anOfficial,
	aState,
	beijing,
	CADRE,
	COLLEAGUE,
	DEPUTY,
	IN_CHARGE,
	LEADER,
	somePeople,
	TOWN_LEADER,
} from './builders.js';
import { SENT_KINDS } from './step-table.js';

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
		expect(noticeOf([aRung({ dueAt: new Date('2026-12-31T16:30:00Z') })], 'zh-CN').message).toContain(
			'2027-01-01 00:30',
		);
	});

	test('F6: a long title is cut to what a subject holds', () => {
		expect(noticeOf([aRung({ title: '长'.repeat(300) })], 'zh-CN').subject).toHaveLength(255);
	});

	test('F6: a title that looks like a placeholder stays as it is', () => {
		expect(noticeOf([aRung({ title: '{number} $& {due}' })], 'zh-CN').subject).toBe(
			'【催办】2026-000001 {number} $& {due}',
		);
	});
});

describe('what somebody is told of a step', () => {
	const about = { caseId: 'case-1', number: '2026-000001', title: '修路' };

	test('F4: what was done, to which case, by whom, in the reader’s language', () => {
		const said = { kind: 'ask_time', actor: '敖其尔', note: '窗口系统停机' };
		expect(stepNotice(about, said, 'zh-CN')).toEqual({
			subject: '【申请延期】2026-000001 修路',
			message: '敖其尔：窗口系统停机',
			collection: 'doorstep_cases',
			item: 'case-1',
		});
		expect(stepNotice(about, said, 'en-US')).toMatchObject({
			subject: '[Ask for time] 2026-000001 修路',
			message: '敖其尔: 窗口系统停机',
		});
	});

	test('F4: without words of its own the step tells the title', () => {
		expect(stepNotice(about, { kind: 'pass', actor: '敖其尔', note: null }, 'zh-CN').message).toBe(
			'敖其尔：修路',
		);
	});

	test('F4: a subject holds 255 characters', () => {
		const long = { ...about, title: '长'.repeat(300) };
		expect(stepNotice(long, { kind: 'pass', actor: null, note: null }, 'zh-CN').subject).toHaveLength(255);
	});
});

describe('who is told of a step', () => {
	const told = (
		addressee: 'holder' | 'leader',
		people: Partial<People> = {},
		state: Partial<CaseState> = {},
		by = 'somebody',
	) => toldOf([addressee], somePeople(people), aState(state), by).map(({ id }) => id);

	test('F4: whoever holds the case after it', () => {
		expect(told('holder', { holder: anOfficial(COLLEAGUE) })).toEqual([COLLEAGUE]);
		expect(told('holder', { holder: null })).toEqual([]);
	});

	test('M2: the village’s leader while it is with team or village, the town’s leaders above', () => {
		for (const level of [null, 'team', 'village'] as const)
			expect(told('leader', {}, { level })).toEqual([LEADER]);
		for (const level of ['township', 'department'] as const)
			expect(told('leader', {}, { level })).toEqual([TOWN_LEADER, IN_CHARGE]);
		expect(told('leader', { inCharge: null }, { level: 'township' })).toEqual([TOWN_LEADER]);
	});

	test('F4: the deputy where the leader is away', () => {
		for (const leader of [null, anOfficial(LEADER, { busy: true }), anOfficial(LEADER, { active: false })]) {
			expect(told('leader', { leader })).toEqual([DEPUTY]);
		}
	});

	test('F4: nobody of a step of their own, nobody without an active user', () => {
		expect(told('holder', {}, {}, CADRE)).toEqual([]);
		expect(told('leader', {}, {}, LEADER)).toEqual([]);
		expect(told('holder', { holder: anOfficial(COLLEAGUE, { active: false }) })).toEqual([]);
	});

	test('F6: nobody of a complaint', () => {
		for (const addressee of ['holder', 'leader'] as const)
			expect(told(addressee, { about: COLLEAGUE })).toEqual([]);
	});

	test('F4: of which steps: those after which somebody else has to act or wants to know', () => {
		const tells = (addressee: string) =>
			SENT_KINDS.filter((kind) => (STEPS[kind].tells as readonly string[]).includes(addressee));
		expect(tells('leader')).toEqual(['report', 'ask_time']);
		expect(tells('holder')).toEqual([
			'pass',
			'convert',
			'return',
			'decide',
			'grant_time',
			'refuse_time',
			'reopen',
		]);
	});
});
