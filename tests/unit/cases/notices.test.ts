import { describe, expect, test } from 'vitest';
import { noticeOf, stepNotice, withoutTitles, type RaisedRung } from '../../../extensions/cases/notices.js';
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
	STAND_IN,
	TOWN_LEADER,
	userOf,
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
		const said = { kind: 'ask_time', actor: '敖其尔' };
		expect(stepNotice(about, said, 'zh-CN')).toEqual({
			subject: '【申请延期】2026-000001 修路',
			message: '敖其尔：修路',
			collection: 'doorstep_cases',
			item: 'case-1',
		});
		expect(stepNotice(about, said, 'en-US')).toMatchObject({
			subject: '[Ask for time] 2026-000001 修路',
			message: '敖其尔: 修路',
		});
	});

	test.each(SENT_KINDS)(
		'F6: what was said with %s stays in the step, where it can be erased, and goes into no notice',
		(kind) => {
			const said = { kind, actor: '敖其尔', note: '家中有病人', reason: '家中有病人' };
			for (const locale of ['zh-CN', 'en-US'] as const)
				expect(JSON.stringify(stepNotice(about, said, locale))).not.toContain('病人');
		},
	);

	test('F4: a step that the platform took itself names nobody', () => {
		expect(stepNotice(about, { kind: 'pass', actor: null }, 'zh-CN').message).toBe('：修路');
	});

	test('F4: a subject holds 255 characters', () => {
		const long = { ...about, title: '长'.repeat(300) };
		expect(stepNotice(long, { kind: 'pass', actor: null }, 'zh-CN').subject).toHaveLength(255);
	});
});

describe('who is told of a step', () => {
	const told = (
		addressee: 'holder' | 'leader',
		people: Partial<People> = {},
		state: Partial<CaseState> = {},
		by = 'somebody',
	) => toldOf([addressee], somePeople(people), aState(state), by);

	test('F4: whoever holds the case after it', () => {
		expect(told('holder', { holder: anOfficial(COLLEAGUE) })).toEqual([userOf(COLLEAGUE)]);
		expect(told('holder', { holder: null })).toEqual([]);
	});

	test('M2: the village’s leader while it is with team or village, the town’s leaders above', () => {
		for (const level of [null, 'team', 'village'] as const)
			expect(told('leader', {}, { level })).toEqual([userOf(LEADER)]);
		for (const level of ['township', 'department'] as const)
			expect(told('leader', {}, { level })).toEqual([userOf(TOWN_LEADER), userOf(IN_CHARGE)]);
		expect(told('leader', { inCharge: null }, { level: 'township' })).toEqual([userOf(TOWN_LEADER)]);
	});

	test('F4: the deputy where the leader is away', () => {
		for (const leader of [null, anOfficial(LEADER, { busy: true }), anOfficial(LEADER, { active: false })]) {
			expect(told('leader', { leader })).toEqual([userOf(DEPUTY)]);
		}
	});

	test('F4: nobody of a step of their own, nobody without an active user', () => {
		expect(told('holder', {}, {}, CADRE)).toEqual([]);
		expect(told('leader', {}, {}, LEADER)).toEqual([]);
		expect(told('holder', { holder: anOfficial(COLLEAGUE, { active: false }) })).toEqual([]);
	});

	const covered = { substitute: STAND_IN };

	test('C3: the substitute beside the official, while that lasts', () => {
		const holder = anOfficial(CADRE, covered);
		expect(told('holder', { holder })).toEqual([userOf(CADRE), userOf(STAND_IN)]);
		const inCharge = anOfficial(IN_CHARGE, covered);
		expect(told('leader', { inCharge }, { level: 'township' })).toEqual(
			[TOWN_LEADER, IN_CHARGE, STAND_IN].map(userOf),
		);
	});

	test('C3: the substitute alone, where the official has no active user', () => {
		for (const gone of [{ active: false }, { active: false, user: null }, { user: null }])
			expect(told('holder', { holder: anOfficial(CADRE, { ...covered, ...gone }) })).toEqual([
				userOf(STAND_IN),
			]);
	});

	test('C3: a substitute who acts is not told of a step of their own, the official is', () => {
		const holder = anOfficial(CADRE, covered);
		expect(told('holder', { holder, cadre: holder }, {}, STAND_IN)).toEqual([userOf(CADRE)]);
	});

	test('C3: everybody once, whatever they are there for', () => {
		const both = { townLeader: anOfficial(TOWN_LEADER, covered), inCharge: anOfficial(IN_CHARGE, covered) };
		expect(told('leader', both, { level: 'township' })).toEqual(
			[TOWN_LEADER, STAND_IN, IN_CHARGE].map(userOf),
		);
		expect(toldOf(['holder', 'leader'], somePeople({ holder: anOfficial(LEADER) }), aState(), null)).toEqual([
			userOf(LEADER),
		]);
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

describe('a notice of many cases when a household is erased (PIPL art. 47)', () => {
	const road = aRung({ title: '张三家修路' });
	const paper = aRung({ number: '2026-000002', title: '李四办证' });

	test.each(['zh-CN', 'en-US'] as const)(
		'in %s the title goes, and the other case stays as it was',
		(locale) => {
			const { message } = noticeOf([road, paper], locale);
			const reworded = withoutTitles(message, ['2026-000001']);
			expect(reworded).toBe(noticeOf([{ ...road, title: '已删除' }, paper], locale).message);
			expect(withoutTitles(reworded ?? '', ['2026-000001'])).toBe(reworded);
		},
	);

	test.each(['甲\n\n乙', '甲，办结时限 乙', '甲，办结时限 2026-01-01 10:00，乙', '$1$&', ''])(
		'nothing is left of the title %j',
		(title) => {
			const { message } = noticeOf([{ ...road, title }, paper], 'zh-CN');
			expect(withoutTitles(message, ['2026-000001'])).toBe(
				noticeOf([{ ...road, title: '已删除' }, paper], 'zh-CN').message,
			);
		},
	);

	test('a case of two rungs loses its title twice, and the same digits in a longer number are another case', () => {
		const { message } = noticeOf([road, road, { ...paper, number: '12026-0000011' }], 'zh-CN');
		const reworded = withoutTitles(message, ['2026-000001']);
		expect(reworded).not.toContain('张三');
		expect(reworded).toContain('李四办证');
	});

	test('what names a case in other words is not kept', () => {
		expect(withoutTitles('关于 2026-000001 张三', ['2026-000001'])).toBeUndefined();
		expect(withoutTitles('关于 2026-000003', ['2026-000001'])).toBe('关于 2026-000003');
	});
});
