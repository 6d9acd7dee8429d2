import { describe, expect, test } from 'vitest';
import { addStep, isLate, openCase } from '../../../extensions/cases/rules.js';
import type { CaseState, Ledger } from '../../../extensions/cases/terms.js';
import {
	accepted,
	after,
	aMove,
	aState,
	beijing,
	CADRE,
	COLLEAGUE,
	limitFrom,
	plus,
	RECEIVED,
	refusalOf,
} from './builders.js';
import { wearing } from './step-table.js';

const leader = wearing('leader');
const noon = beijing('2026-11-10 12:00');
/** What a step changed, by column. */
function changes(before: CaseState, now: CaseState): Partial<CaseState> {
	return Object.fromEntries(
		Object.entries(now).filter(([column, value]) => value !== before[column as keyof CaseState]),
	);
}

describe('a new case', () => {
	const opened = (ledger: Ledger, at = RECEIVED) =>
		accepted(openCase(ledger, at, { answerer: CADRE, limit: limitFrom(at) }));

	test('F1: it is open, with the household’s cadre, in its first cycle, and on time', () => {
		expect(opened('proxy')).toEqual({
			status: 'open',
			ledger: 'proxy',
			level: null,
			holder: CADRE,
			department: null,
			due_at: beijing('2026-11-11 09:00'),
			first_due_at: beijing('2026-11-11 09:00'),
			taken_at: null,
			decided_at: null,
			asked_hours: null,
			resolved_at: null,
			told_at: null,
			told: null,
			closed_at: null,
			cycle: 1,
			clock_from: RECEIVED,
			breached_at: null,
		});
	});

	test('F2: an immediate case is due at the end of its day', () => {
		expect(opened('immediate').due_at).toEqual(beijing('2026-11-10 23:59:59.999'));
	});

	test('F4: a reported case starts with the work team and is due after two working days', () => {
		expect(opened('reported')).toMatchObject({ level: 'team', due_at: beijing('2026-11-12 23:59:59.999') });
	});

	test('F4: where the calendar ends, a reported case is refused rather than given a wrong deadline', () => {
		expect(
			openCase('reported', beijing('2028-12-30 09:00'), {
				answerer: CADRE,
				limit: limitFrom(beijing('2028-12-30 09:00')),
			}),
		).toEqual({
			ok: false,
			code: 'DOORSTEP_CALENDAR_MISSING',
			field: 'ledger',
			args: {},
		});
	});
});

describe('what a step changes, and that it changes nothing else', () => {
	const open = aState();
	const reported = aState({ ledger: 'reported' });
	const resolved = aState({ status: 'resolved', resolved_at: noon });

	test('F3: take makes the official the holder', () => {
		expect(changes(open, after('take', open, noon, {}, { actor: COLLEAGUE }))).toEqual({
			holder: COLLEAGUE,
			taken_at: noon,
		});
	});

	test('F3: a note changes nothing, open or resolved', () => {
		expect(changes(open, after('note', open, noon, { note: 'x' }))).toEqual({});
		expect(changes(resolved, after('note', resolved, noon, { note: 'x' }))).toEqual({});
	});

	test('F3: pass moves the holder and leaves the clock running', () => {
		const taken = aState({ taken_at: noon });
		expect(changes(taken, after('pass', taken, noon, { holder: COLLEAGUE }))).toEqual({
			holder: COLLEAGUE,
			taken_at: null,
		});
	});

	const far = aState({
		...{ ledger: 'reported', level: 'department', department: 'traffic' },
		...{ holder: COLLEAGUE, taken_at: noon },
	});

	test('F4: returned by a leader, a case goes back to the household’s cadre and the work team; the clock runs on', () => {
		expect(changes(far, after('return', far, noon, { note: 'x' }, leader))).toEqual({
			level: 'team',
			department: null,
			holder: CADRE,
			taken_at: null,
		});
	});

	test('F4: returned by whoever held it, a case goes back to the household’s cadre and stays where leaders have it', () => {
		expect(changes(far, after('return', far, noon, { note: 'x' }, wearing('holder')))).toEqual({
			holder: CADRE,
			taken_at: null,
		});
	});

	test('F4: return of an errand leaves it without a level', () => {
		const passed = aState({ holder: COLLEAGUE });
		expect(changes(passed, after('return', passed, noon, { note: 'x' }, wearing('holder')))).toEqual({
			holder: CADRE,
		});
	});

	test('F4: return by a leader leaves an errand without a level too', () => {
		const passed = aState({ holder: COLLEAGUE });
		expect(changes(passed, after('return', passed, noon, { note: 'x' }, leader))).toEqual({ holder: CADRE });
	});

	test('C3: reopened after its household was handed over, a case goes to whoever answers now, if its cadre held it', () => {
		const handedOver = { answerer: COLLEAGUE, holderLeft: true };
		const now = plus(noon, 1, 'day');
		expect(after('reopen', resolved, now, { note: 'x' }, handedOver).holder).toBe(COLLEAGUE);
		for (const holderLeft of [false, undefined]) {
			const stays = { answerer: COLLEAGUE, ...(holderLeft !== undefined && { holderLeft }) };
			expect(after('reopen', resolved, now, { note: 'x' }, stays).holder).toBe(CADRE);
		}
	});

	test('F4: report raises the level and keeps holder and clock', () => {
		expect(changes(reported, after('report', reported, noon, { level: 'township' }))).toEqual({
			level: 'township',
		});
		expect(
			changes(reported, after('report', reported, noon, { level: 'department', department: 'traffic' })),
		).toEqual({
			level: 'department',
			department: 'traffic',
		});
	});

	test('F4: decide sets holder and deadline, and answers what was asked', () => {
		const asked = aState({ ledger: 'reported', asked_hours: 24, taken_at: noon });
		const due = beijing('2026-12-01 18:00');
		expect(changes(asked, after('decide', asked, noon, { holder: COLLEAGUE, due_at: due }, leader))).toEqual({
			holder: COLLEAGUE,
			due_at: due,
			first_due_at: due,
			taken_at: null,
			decided_at: noon,
			asked_hours: null,
		});
	});

	test('F4: that and when it was decided stands through passing, returning, reporting, resolving and reopening', () => {
		const decided_at = plus(RECEIVED, 1, 'hour');
		const decided = aState({ ledger: 'reported', decided_at, holder: COLLEAGUE });
		const resolved = after('resolve', decided, noon, { note: 'x' }, leader);
		for (const state of [
			after('take', decided, noon, {}, { actor: CADRE }),
			after('pass', decided, noon, { holder: CADRE }),
			after('return', decided, noon, { note: 'x' }, leader),
			after('report', decided, noon, { level: 'township' }),
			resolved,
			after('reopen', resolved, plus(noon, 1, 'day'), { note: 'x' }),
		]) {
			expect(state.decided_at).toEqual(decided_at);
		}
	});

	test('F4: a second decision says when it was made', () => {
		const decided = aState({ ledger: 'reported', decided_at: RECEIVED });
		const sent = { holder: COLLEAGUE, due_at: beijing('2026-12-01') };
		expect(after('decide', decided, noon, sent, leader).decided_at).toEqual(noon);
	});

	test('F4: decide keeps the department unless it names another', () => {
		const far = aState({ ledger: 'reported', level: 'department', department: 'traffic' });
		const sent = { holder: COLLEAGUE, due_at: beijing('2026-12-01') };
		expect(after('decide', far, noon, sent, leader).department).toBe('traffic');
		expect(after('decide', far, noon, { ...sent, department: 'water' }, leader).department).toBe('water');
	});

	test('F5: tell keeps what the household was told and when; the last word counts', () => {
		const answer = { solved: 'no', satisfaction: 'not', channel: 'visit' } as const;
		const once = after('tell', resolved, noon, answer);
		expect(changes(resolved, once)).toEqual({ told: 'no', told_at: noon });
		const later = plus(noon, 1, 'day');
		expect(changes(once, after('tell', once, later, { ...answer, solved: 'yes' }))).toEqual({
			told: 'yes',
			told_at: later,
		});
	});

	test('F6: verification changes nothing of the case, also when the household says otherwise', () => {
		const told = { ...resolved, told: 'yes', told_at: noon } as const;
		const answer = { solved: 'no', satisfaction: 'not', channel: 'phone' } as const;
		expect(changes(told, after('verify', told, noon, answer, wearing('supervisor')))).toEqual({});
	});

	test('F5: close ends the case and nothing more', () => {
		const told = { ...resolved, told: 'yes', told_at: noon } as const;
		expect(changes(told, after('close', told, noon))).toEqual({ status: 'closed', closed_at: noon });
	});

	test('F1: withdraw ends the case with its clock where it was', () => {
		const asked = aState({ asked_hours: 5 });
		expect(changes(asked, after('withdraw', asked, noon, { note: 'x', channel: 'phone' }))).toEqual({
			status: 'withdrawn',
			closed_at: noon,
			asked_hours: null,
		});
	});
});

describe('another ledger', () => {
	test('F1: each ledger counts from receipt, not from the conversion', () => {
		const immediate = aState({ ledger: 'immediate' });
		expect(changes(immediate, after('convert', immediate, noon, { ledger: 'proxy' }))).toEqual({
			ledger: 'proxy',
			due_at: plus(RECEIVED, 24, 'hour'),
			first_due_at: plus(RECEIVED, 24, 'hour'),
		});
		const reported = after('convert', immediate, noon, { ledger: 'reported' });
		expect(reported).toMatchObject({
			level: 'team',
			due_at: beijing('2026-11-12 23:59:59.999'),
			clock_from: RECEIVED,
		});
	});

	test('F3: converting after the deadline keeps the breach', () => {
		const late = plus(RECEIVED, 25, 'hour');
		const converted = after('convert', aState(), late, { ledger: 'reported' }, leader);
		expect(converted.breached_at).toEqual(plus(RECEIVED, 24, 'hour'));
		expect(isLate(converted, late)).toBe(true);
	});

	test('F4: leaving the reported ledger gives up level, department and what was asked', () => {
		const far = aState({
			...{ ledger: 'reported', level: 'department', department: 'traffic' },
			...{ asked_hours: 9, decided_at: RECEIVED },
		});
		expect(after('convert', far, noon, { ledger: 'proxy' }, leader)).toMatchObject({
			level: null,
			department: null,
			decided_at: null,
			asked_hours: null,
		});
	});

	test('F4: 销号 is not evaded by converting: what was decided or carried upward stays until a leader lets it go', () => {
		for (const state of [{ decided_at: RECEIVED }, { level: 'village' }, { level: 'department' }] as const) {
			for (const ledger of ['immediate', 'proxy'] as const) {
				const step = { kind: 'convert', ledger };
				const reported = aState({ ledger: 'reported', ...state });
				expect(refusalOf(addStep(aMove(step, { state: reported })))).toEqual({
					code: 'DOORSTEP_LEADER_NEEDED',
					field: 'ledger',
				});
			}
		}
	});

	test('F4: 销号 is not evaded by returning to the work team what was carried upward, and then converting it', () => {
		const cadre = wearing('cadre', 'holder');
		const raised = after('report', aState({ ledger: 'reported' }), noon, { level: 'township' }, cadre);
		const verdict = addStep(aMove({ kind: 'return', note: '退回' }, { state: raised, ...cadre }));
		const back = verdict.ok ? verdict.after : raised;
		const away = addStep(aMove({ kind: 'convert', ledger: 'immediate' }, { state: back, ...cadre }));
		expect(refusalOf(away)?.code).toBe('DOORSTEP_LEADER_NEEDED');
	});

	test('F4: the deadline that a leader gave is not undone by converting there and back', () => {
		const sent = { holder: CADRE, due_at: plus(noon, 2, 'hour') };
		const decided = after('decide', aState({ ledger: 'reported' }), noon, sent, leader);
		const there = aMove({ kind: 'convert', ledger: 'immediate' }, { state: decided, now: noon });
		expect(refusalOf(addStep(there))?.code).toBe('DOORSTEP_LEADER_NEEDED');
		expect(decided.due_at < limitFrom(RECEIVED)('reported')!).toBe(true);
	});

	test('F1: what its cadre converts there and back is due when it was due', () => {
		const reported = aState({ ledger: 'reported' });
		const there = after('convert', reported, noon, { ledger: 'immediate' });
		expect(after('convert', there, plus(noon, 1, 'hour'), { ledger: 'reported' })).toEqual(reported);
	});

	test('F1: in a later cycle a conversion counts from receipt and the pauses, not from the morning on which it was reopened', () => {
		const immediate = aState({ ledger: 'immediate' });
		const resolved = after('resolve', immediate, beijing('2026-11-10 22:00'), { note: 'x' });
		const reopened = after('reopen', resolved, beijing('2026-11-13 08:00'), { note: 'x' });
		const limit = limitFrom(RECEIVED, undefined, reopened.clock_from);
		const now = beijing('2026-11-13 08:30');
		const reported = after('convert', reopened, now, { ledger: 'reported' }, { limit });
		expect(reported.due_at).toEqual(beijing('2026-11-15 09:59:59.999'));
		expect(after('convert', reported, now, { ledger: 'immediate' }, { limit }).due_at).toEqual(
			reopened.due_at,
		);
	});

	test('F4: a case that fell due in the new ledger already is late with the next step', () => {
		const reported = aState({ ledger: 'reported' });
		const nextDay = plus(RECEIVED, 30, 'hour');
		const errand = after('convert', reported, nextDay, { ledger: 'proxy' });
		expect(isLate(errand, nextDay)).toBe(true);
		expect(after('note', errand, nextDay, { note: 'x' }).breached_at).toEqual(plus(RECEIVED, 24, 'hour'));
	});
});
