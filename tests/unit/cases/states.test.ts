import { describe, expect, test } from 'vitest';
import { isLate, openCase } from '../../../extensions/cases/rules.js';
import type { CaseState, Ledger } from '../../../extensions/cases/terms.js';
import { accepted, after, aState, beijing, CADRE, COLLEAGUE, limitFrom, plus, RECEIVED } from './builders.js';
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

	test('F4: return goes back to the household’s cadre and the work team, and leaves the clock running', () => {
		const far = aState({
			ledger: 'reported',
			level: 'department',
			department: 'traffic',
			holder: COLLEAGUE,
			taken_at: noon,
		});
		const back = after('return', far, noon, { note: 'x' }, wearing('holder'));
		expect(changes(far, back)).toEqual({ level: 'team', department: null, holder: CADRE, taken_at: null });
	});

	test('F4: return of an errand leaves it without a level', () => {
		const passed = aState({ holder: COLLEAGUE });
		expect(changes(passed, after('return', passed, noon, { note: 'x' }, wearing('holder')))).toEqual({
			holder: CADRE,
		});
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
			asked_hours: null,
		});
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
		const far = aState({ ledger: 'reported', level: 'department', department: 'traffic', asked_hours: 9 });
		expect(after('convert', far, noon, { ledger: 'proxy' })).toMatchObject({
			level: null,
			department: null,
			asked_hours: null,
		});
	});

	test('F4: a case that fell due in the new ledger already is late with the next step', () => {
		const reported = aState({ ledger: 'reported' });
		const nextDay = plus(RECEIVED, 30, 'hour');
		const errand = after('convert', reported, nextDay, { ledger: 'proxy' });
		expect(isLate(errand, nextDay)).toBe(true);
		expect(after('note', errand, nextDay, { note: 'x' }).breached_at).toEqual(plus(RECEIVED, 24, 'hour'));
	});
});
