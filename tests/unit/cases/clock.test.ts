import { describe, expect, test } from 'vitest';
import { addStep, isLate } from '../../../extensions/cases/rules.js';
import type { CaseState, StepSent } from '../../../extensions/cases/terms.js';
import { after, aMove, aState, beijing, COLLEAGUE, MS, plus, RECEIVED, refusalOf } from './builders.js';
import { EXPECTED, readyState, SENT_KINDS, wearing, wholeStep } from './step-table.js';

const leader = wearing('leader');
const DUE = plus(RECEIVED, 24, 'hour');
const answer = { solved: 'yes', satisfaction: 'satisfied', channel: 'visit' } as const;
const resolve = (state: CaseState, now: Date) => after('resolve', state, now, { note: '已办好' });
const reopen = (state: CaseState, now: Date) => after('reopen', state, now, { note: '群众反映未办好' });

describe('late or on time', () => {
	test('F3: a proxy case resolved exactly after 24 hours is on time', () => {
		const resolved = resolve(aState(), DUE);
		expect(resolved.breached_at).toBeNull();
		expect(isLate(resolved, plus(DUE, 9, 'day'))).toBe(false);
	});

	test.each([
		['millisecond', 1],
		['second', MS.second],
	])('F3: a proxy case resolved one %s after 24 hours is late, whether or not a sweep ran', (_name, ms) => {
		const now = new Date(DUE.getTime() + ms);
		for (const state of [aState(), aState({ breached_at: DUE })]) {
			const resolved = resolve(state, now);
			expect(resolved.breached_at).toEqual(DUE);
			expect(isLate(resolved, now)).toBe(true);
		}
	});

	test('F3: an open case is late from the first millisecond after its deadline', () => {
		expect(isLate(aState(), DUE)).toBe(false);
		expect(isLate(aState(), new Date(DUE.getTime() + 1))).toBe(true);
	});

	test.each(SENT_KINDS.filter((kind) => EXPECTED[kind].from.includes('open') && !kind.includes('_time')))(
		'F3: after the deadline the step %s leaves the breach on record',
		(kind) => {
			const state = readyState(kind, 'open');
			const late = plus(state.due_at, 1, 'minute');
			const step = { ...wholeStep(kind), ...(kind === 'decide' && { due_at: plus(late, 30, 'day') }) };
			const verdict = addStep(aMove(step, { state, now: late, ...wearing('holder', 'leader') }));
			expect(verdict).toMatchObject({ ok: true, after: { breached_at: state.due_at } });
		},
	);

	test('F5: what is told, verified, closed or reopened after the deadline of a case resolved in time is not late', () => {
		const late = plus(DUE, 3, 'day');
		const told = after('tell', resolve(aState(), plus(RECEIVED, 2, 'hour')), late, answer);
		const closed = after('close', told, late);
		for (const state of [told, closed, reopen(closed, late)]) expect(isLate(state, late)).toBe(false);
	});

	test('F3: a breach stands through resolving, reopening and a leader’s new deadline', () => {
		const late = plus(DUE, 1, 'hour');
		const reported = after('convert', aState(), late, { ledger: 'reported' }, leader);
		const decided = after(
			'decide',
			reported,
			late,
			{ holder: COLLEAGUE, due_at: plus(late, 30, 'day') },
			leader,
		);
		const reopened = reopen(resolve(decided, late), plus(late, 1, 'day'));
		expect(reopened.breached_at).toEqual(DUE);
		expect(isLate(reopened, late)).toBe(true);
	});
});

describe('more time', () => {
	const asked = after('ask_time', aState(), plus(RECEIVED, 2, 'hour'), { hours: 12, note: '窗口系统停机' });

	test('F3: asking alone moves no deadline', () => {
		expect(asked).toMatchObject({ asked_hours: 12, due_at: DUE });
	});

	test('F3: what is granted is added; the first deadline stays on record', () => {
		const granted = after('grant_time', asked, DUE, { hours: 12 }, leader);
		expect(granted).toMatchObject({
			due_at: plus(DUE, 12, 'hour'),
			first_due_at: DUE,
			asked_hours: null,
			clock_from: RECEIVED,
		});
	});

	test('F3: fewer hours can be granted than were asked for, and the rest is not owed', () => {
		const granted = after('grant_time', asked, plus(RECEIVED, 3, 'hour'), { hours: 5 }, leader);
		expect(granted.due_at).toEqual(plus(DUE, 5, 'hour'));
		const again = addStep(aMove({ kind: 'grant_time', hours: 1 }, { state: granted, ...leader }));
		expect(refusalOf(again)?.code).toBe('DOORSTEP_NOTHING_ASKED');
	});

	test('F3: what is refused leaves the deadline, and one may ask again', () => {
		const refused = after('refuse_time', asked, plus(RECEIVED, 3, 'hour'), { note: '按时办结' }, leader);
		expect(refused).toMatchObject({ due_at: DUE, asked_hours: null });
		expect(after('ask_time', refused, plus(RECEIVED, 4, 'hour'), { hours: 2, note: 'x' }).asked_hours).toBe(
			2,
		);
	});

	test('F3: resolving answers an open request', () => {
		expect(resolve(asked, plus(RECEIVED, 5, 'hour')).asked_hours).toBeNull();
	});
});

describe('resolved and reopened', () => {
	test('F3: the errand can be settled without taking it on first', () => {
		expect(resolve(aState({ taken_at: null }), plus(RECEIVED, 1, 'hour'))).toMatchObject({
			status: 'resolved',
			resolved_at: plus(RECEIVED, 1, 'hour'),
			due_at: DUE,
		});
	});

	test('F5: a reopened case goes on with the time that was left, in the next cycle', () => {
		const resolved = resolve(aState(), plus(RECEIVED, 20, 'hour'));
		const told = after('tell', resolved, plus(RECEIVED, 21, 'hour'), answer);
		const closed = after('close', told, plus(RECEIVED, 22, 'hour'));
		const now = plus(RECEIVED, 120, 'hour');
		for (const before of [resolved, told, closed]) {
			expect(reopen(before, now)).toEqual({
				...resolved,
				status: 'open',
				cycle: 2,
				due_at: plus(now, 4, 'hour'),
				clock_from: plus(RECEIVED, 100, 'hour'),
				resolved_at: null,
			});
		}
	});

	test('F3: reopened twice, an errand still has no more than 24 hours in all', () => {
		const once = reopen(resolve(aState(), plus(RECEIVED, 23, 'hour')), plus(RECEIVED, 200, 'hour'));
		expect(once.due_at).toEqual(plus(RECEIVED, 201, 'hour'));
		const twice = reopen(resolve(once, plus(RECEIVED, 200.5, 'hour')), plus(RECEIVED, 300, 'hour'));
		expect(twice).toMatchObject({ due_at: plus(RECEIVED, 300.5, 'hour'), cycle: 3 });
	});

	test('F3: a case resolved too late has no time left when it is reopened', () => {
		const now = plus(RECEIVED, 100, 'hour');
		const reopened = reopen(resolve(aState(), plus(DUE, 2, 'hour')), now);
		expect(reopened).toMatchObject({ due_at: plus(now, -2, 'hour'), breached_at: DUE });
	});
});

describe('settled on the spot', () => {
	const raised = beijing('2026-11-09 16:00');
	const entered = beijing('2026-11-11 08:00');
	const settled = (
		step: Partial<StepSent>,
		savedWithCaseAt?: Date,
		ledger: 'immediate' | 'proxy' = 'immediate',
	) =>
		after(
			'resolve',
			aState({ ledger, received: raised }),
			entered,
			{ note: '当场办好', ...step },
			savedWithCaseAt ? { savedWithCaseAt } : {},
		);

	test('F2: entered two days later together with its result, it counts as settled when it happened', () => {
		const state = settled({ happened_at: beijing('2026-11-09 16:30') }, raised);
		expect(state).toMatchObject({ resolved_at: beijing('2026-11-09 16:30'), breached_at: null });
	});

	test('F2: without a time of its own the result counts as of when the household raised it', () => {
		expect(settled({}, raised).resolved_at).toEqual(raised);
	});

	test('F2: what happened after the day was over is late, also when entered together', () => {
		const state = settled({ happened_at: beijing('2026-11-10 00:00') }, raised);
		expect(state.breached_at).toEqual(beijing('2026-11-09 23:59:59.999'));
	});

	test('F2: a result cannot lie before the case, nor after now', () => {
		expect(settled({ happened_at: beijing('2026-11-01') }, raised).resolved_at).toEqual(raised);
		expect(settled({ happened_at: beijing('2026-12-01') }, raised).resolved_at).toEqual(entered);
	});

	test('F2: a result that is added to a case later counts when it is said, whatever it claims', () => {
		const state = settled({ happened_at: beijing('2026-11-09 16:30') });
		expect(state).toMatchObject({ resolved_at: entered, breached_at: beijing('2026-11-09 23:59:59.999') });
	});

	test('F3: an errand counts as resolved when that is said, also when entered together', () => {
		const state = settled({ happened_at: beijing('2026-11-09 16:30') }, raised, 'proxy');
		expect(state).toMatchObject({ resolved_at: entered, breached_at: plus(raised, 24, 'hour') });
	});
});
