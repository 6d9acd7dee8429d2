import { describe, expect, test } from 'vitest';
import { GUARDS, REFUSAL_CODES, type GuardName } from '../../../extensions/cases/guards.js';
import type { StepRule } from '../../../extensions/cases/moves.js';
import { STEPS } from '../../../extensions/cases/rules.js';
import { CADRE, COLLEAGUE, plus, RECEIVED } from './builders.js';
import { attempt, cadre, due, leader, reported, supervisor, told, type Situation } from './situations.js';
import { SENT_KINDS, type SentKind } from './step-table.js';

interface GuardCase {
	kind: SentKind;
	guard: GuardName;
	/** The rule as an official would say it. */
	rule: string;
	holds: Situation;
	fails: Situation;
}

const CASES: readonly GuardCase[] = [
	{
		kind: 'take',
		guard: 'actorIsCadre',
		rule: 'F3: only an official takes a case on',
		holds: {},
		fails: { actor: null },
	},
	{
		kind: 'take',
		guard: 'notTaken',
		rule: 'F3: who has taken a case does not take it again; a colleague still may',
		holds: { state: { taken_at: RECEIVED, holder: COLLEAGUE } },
		fails: { state: { taken_at: RECEIVED, holder: CADRE } },
	},
	{
		kind: 'pass',
		guard: 'holderCanAct',
		rule: 'F4: a case goes only to somebody who can act',
		holds: {},
		fails: { canHold: false },
	},
	{
		kind: 'pass',
		guard: 'holderChanges',
		rule: 'F4: a case is passed to somebody else',
		holds: { state: { holder: CADRE } },
		fails: { state: { holder: COLLEAGUE } },
	},
	{
		kind: 'convert',
		guard: 'ledgerChanges',
		rule: 'F1: a case is converted to another ledger',
		holds: { state: { ledger: 'immediate' } },
		fails: { state: { ledger: 'reported' } },
	},
	{
		kind: 'convert',
		guard: 'leaderWhenItBinds',
		rule: 'F3: only a leader takes a case out of the 24 hours',
		holds: { state: { ledger: 'proxy' }, ...leader },
		fails: { state: { ledger: 'proxy' }, ...cadre },
	},
	{
		kind: 'convert',
		guard: 'leaderWhenItBinds',
		rule: 'F4: a reported case that is still with the work team is converted by its cadre, one that was carried upward is not',
		holds: { state: reported, step: { ledger: 'proxy' }, ...cadre },
		fails: { state: { ...reported, level: 'village' }, step: { ledger: 'proxy' }, ...cadre },
	},
	{
		kind: 'convert',
		guard: 'leaderWhenItBinds',
		rule: 'F4: a reported case that a leader has decided is converted by a leader only, at whatever level',
		holds: { state: { ...reported, decided_at: RECEIVED }, step: { ledger: 'immediate' }, ...leader },
		fails: { state: { ...reported, decided_at: RECEIVED }, step: { ledger: 'immediate' }, ...cadre },
	},
	{
		kind: 'convert',
		guard: 'calendarReaches',
		rule: 'F4: without a calendar nobody can promise working days',
		holds: { state: { ledger: 'immediate' } },
		fails: { state: { ledger: 'immediate' }, limit: () => undefined },
	},
	{
		kind: 'report',
		guard: 'inReportedLedger',
		rule: 'F4: only a reported case goes upward',
		holds: { state: reported },
		fails: {},
	},
	{
		kind: 'report',
		guard: 'belowTheTop',
		rule: 'F4: above the department there is nobody to report to',
		holds: { state: { ...reported, level: 'township' }, step: { level: 'department', department: 'x' } },
		fails: { state: { ...reported, level: 'department' } },
	},
	{
		kind: 'report',
		guard: 'levelRises',
		rule: 'F4: a case goes to a higher level, never to the same or a lower one',
		holds: { state: { ...reported, level: 'village' } },
		fails: { state: { ...reported, level: 'township' } },
	},
	{
		kind: 'report',
		guard: 'departmentNamed',
		rule: 'F8: a case that goes to a department names it',
		holds: { state: reported, step: { level: 'department', department: 'traffic-office' } },
		fails: { state: reported, step: { level: 'department' } },
	},
	{
		kind: 'return',
		guard: 'somethingToReturn',
		rule: 'F4: what the household’s cadre holds at the lowest level cannot be returned',
		holds: { state: { holder: COLLEAGUE }, ...cadre },
		fails: { state: { holder: CADRE }, ...cadre },
	},
	{
		kind: 'return',
		guard: 'somethingToReturn',
		rule: 'F4: what the household’s cadre holds at a higher level is sent back by a leader only',
		holds: { state: { ...reported, level: 'township' }, ...leader },
		fails: { state: { ...reported, level: 'township' }, hats: new Set(['cadre', 'holder']) },
	},
	{
		kind: 'decide',
		guard: 'inReportedLedger',
		rule: 'F4: leaders decide on reported cases',
		holds: { state: reported, ...leader },
		fails: leader,
	},
	{
		kind: 'decide',
		guard: 'holderCanAct',
		rule: 'F4: a leader decides for somebody who can act',
		holds: { state: reported, ...leader },
		fails: { state: reported, ...leader, canHold: false },
	},
	{
		kind: 'decide',
		guard: 'dueAhead',
		rule: 'F4: a decided deadline lies ahead',
		holds: { state: reported, ...leader, step: { due_at: plus(RECEIVED, 3_600_001, 'second') } },
		fails: { state: reported, ...leader, step: { due_at: plus(RECEIVED, 1, 'hour') } },
	},
	{
		kind: 'ask_time',
		guard: 'beforeExpiry',
		rule: 'F3: time is asked for before it is over',
		holds: { now: due },
		fails: { now: plus(due, 0.001, 'second') },
	},
	{
		kind: 'ask_time',
		guard: 'nothingAsked',
		rule: 'F3: who has asked for time waits for the answer',
		holds: {},
		fails: { state: { asked_hours: 12 } },
	},
	{
		kind: 'grant_time',
		guard: 'beforeExpiry',
		rule: 'F3: time is granted before it is over',
		holds: { state: { asked_hours: 24 }, ...leader, now: due },
		fails: { state: { asked_hours: 24 }, ...leader, now: plus(due, 0.001, 'second') },
	},
	{
		kind: 'grant_time',
		guard: 'somethingAsked',
		rule: 'F3: time is granted only where it was asked for',
		holds: { state: { asked_hours: 12 }, ...leader },
		fails: leader,
	},
	{
		kind: 'grant_time',
		guard: 'notMoreThanAsked',
		rule: 'F3: no more time is granted than was asked for',
		holds: { state: { asked_hours: 12 }, ...leader, step: { hours: 12 } },
		fails: { state: { asked_hours: 12 }, ...leader, step: { hours: 13 } },
	},
	{
		kind: 'refuse_time',
		guard: 'beforeExpiry',
		rule: 'F3: time is refused before it is over',
		holds: { state: { asked_hours: 24 }, ...leader, now: due },
		fails: { state: { asked_hours: 24 }, ...leader, now: plus(due, 0.001, 'second') },
	},
	{
		kind: 'refuse_time',
		guard: 'somethingAsked',
		rule: 'F3: time is refused only where it was asked for',
		holds: { state: { asked_hours: 12 }, ...leader },
		fails: leader,
	},
	{
		kind: 'verify',
		guard: 'householdTold',
		rule: 'F6: what the household was not told cannot be verified',
		holds: { state: told, ...supervisor },
		fails: { state: { ...told, told_at: null }, ...supervisor },
	},
	{
		kind: 'verify',
		guard: 'notOwnWork',
		rule: 'F6: nobody verifies a case on which they worked',
		holds: { state: told, ...supervisor, workedOnIt: false },
		fails: { state: told, ...supervisor, workedOnIt: true },
	},
	{
		kind: 'close',
		guard: 'householdTold',
		rule: 'F5: a case is closed when the household has been told',
		holds: { state: told },
		fails: { state: { ...told, told_at: null } },
	},
	{
		kind: 'close',
		guard: 'leaderStrikesOff',
		rule: 'F4: a reported case is struck off by a leader',
		holds: { state: { ...told, ...reported }, ...leader },
		fails: { state: { ...told, ...reported }, ...cadre },
	},
	{
		kind: 'close',
		guard: 'struckOffWhenDone',
		rule: 'F4: a reported case that is not solved is not struck off, not even by a leader',
		holds: { state: { ...told, ...reported, told: 'explained' }, ...leader },
		fails: { state: { ...told, ...reported, told: 'no' }, ...leader },
	},
	{
		kind: 'withdraw',
		guard: 'householdsWishOrLeader',
		rule: 'F1: a cadre withdraws a case only when the household has said so, and how',
		holds: { ...cadre, step: { channel: 'phone' } },
		fails: { ...cadre, step: { channel: null } },
	},
	{
		kind: 'withdraw',
		guard: 'leaderWithdrawsWhatBinds',
		rule: 'F4: what leaders have decided is withdrawn by a leader only, whatever the household says',
		holds: { state: { ...reported, decided_at: RECEIVED }, ...leader },
		fails: { state: { ...reported, decided_at: RECEIVED }, ...cadre },
	},
	{
		kind: 'withdraw',
		guard: 'leaderWithdrawsWhatBinds',
		rule: 'F4: what stands above the work team is withdrawn by a leader only, what is still with it by the cadre too',
		holds: { state: reported, ...cadre },
		fails: { state: { ...reported, level: 'village' }, ...cadre },
	},
	{
		kind: 'withdraw',
		guard: 'leaderWithdrawsWhatBinds',
		rule: 'F5: what has a result is withdrawn by a leader only',
		holds: { state: told, ...leader },
		fails: { state: told, ...cadre },
	},
];

describe('what else has to hold', () => {
	test.each(CASES.map((shown) => [shown.rule, shown.kind, shown] as const))(
		'%s (%s)',
		(_rule, kind, { guard, holds, fails }) => {
			const refused = { code: GUARDS[guard].code, field: (GUARDS[guard] as { field?: string }).field };
			expect(attempt(kind, holds)).toBeUndefined();
			expect(attempt(kind, fails)).toEqual(refused);
		},
	);

	test('F4: every condition of every step stands in the table above', () => {
		const shown = new Set(CASES.map(({ kind, guard }) => `${kind}: ${guard}`));
		const existing = SENT_KINDS.flatMap((kind) =>
			(STEPS[kind] as StepRule).guards.map((guard) => `${kind}: ${guard}`),
		);
		expect([...shown].sort()).toEqual([...existing].sort());
	});

	test('F4: every refusal can occur: each code belongs to a condition or to the order of things', () => {
		const byItself = ['UNKNOWN_STEP', 'STEP_NOT_YOURS', 'STEP_NOT_POSSIBLE', 'MISSING', 'UNEXPECTED'];
		const codes = new Set<string>([
			...byItself.map((code) => `DOORSTEP_${code}`),
			...Object.values(GUARDS).map(({ code }) => code),
		]);
		expect([...REFUSAL_CODES].sort()).toEqual([...codes].sort());
	});
});
