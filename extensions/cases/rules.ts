import { GUARDS, type Guard, type RefusalCode } from './guards.js';
import type { Facts, Given, Move, Refusal, StepRule, Verdict } from './moves.js';
import type { Hat } from './people.js';
import type { CaseState, Ledger } from './terms.js';

const ANSWERERS = ['cadre', 'substitute', 'holder'] as const satisfies readonly Hat[];
const ANSWERERS_AND_LEADERS = [...ANSWERERS, 'leader'] as const satisfies readonly Hat[];
const NOTHING = {};

/**
 * Every way a case can move (F1-F5, F8, M1-M2). The checks and the README's diagram are made from this table; the words of each refusal stand in strings.ts under its code.
 */
export const STEPS = {
	/** Written by the server together with the case. */
	record: {
		from: [],
		to: 'open',
		hats: [],
		needs: [],
		may: [],
		guards: [],
		tells: ['holder'],
		after: () => NOTHING,
	},
	take: {
		from: ['open'],
		to: null,
		hats: ANSWERERS_AND_LEADERS,
		needs: [],
		may: [],
		guards: ['actorIsCadre', 'notTaken'],
		tells: [],
		after: ({ facts, now }) => ({ holder: facts.actor, taken_at: now }),
	},
	note: {
		from: ['open', 'resolved'],
		to: null,
		hats: [...ANSWERERS_AND_LEADERS, 'supervisor'],
		needs: ['note'],
		may: [],
		guards: [],
		tells: [],
		after: () => NOTHING,
	},
	pass: {
		from: ['open'],
		to: null,
		hats: ANSWERERS_AND_LEADERS,
		needs: ['holder'],
		may: [],
		guards: ['holderCanAct', 'holderChanges'],
		tells: ['holder'],
		after: ({ step }) => ({ holder: step.holder ?? null, taken_at: null }),
	},
	convert: {
		from: ['open'],
		to: null,
		hats: ANSWERERS_AND_LEADERS,
		needs: ['ledger'],
		may: [],
		guards: ['ledgerChanges', 'leaderWhenItBinds', 'calendarReaches'],
		tells: ['holder'],
		after: ({ state, step, facts }) => {
			const ledger = step.ledger ?? state.ledger;
			const due = facts.limit(ledger) ?? state.due_at;
			const level = ledger === 'reported' ? 'team' : null;
			const cleared = { department: null, decided_at: null, asked_hours: null };
			return { ...cleared, ledger, level, due_at: due, first_due_at: due };
		},
	},
	report: {
		from: ['open'],
		to: null,
		hats: ANSWERERS_AND_LEADERS,
		needs: ['level'],
		may: ['department'],
		guards: ['inReportedLedger', 'belowTheTop', 'levelRises', 'departmentNamed'],
		tells: ['leader'],
		after: ({ state, step }) => ({
			level: step.level ?? state.level,
			department: step.department ?? state.department,
		}),
	},
	return: {
		from: ['open'],
		to: null,
		hats: ['holder', 'leader'],
		needs: ['note'],
		may: [],
		guards: ['somethingToReturn'],
		tells: ['holder'],
		after: ({ state, facts }) => ({
			holder: facts.answerer,
			// Only a leader sends back what was carried up to leaders.
			level: facts.hats.has('leader') && state.level !== null ? 'team' : state.level,
			department: facts.hats.has('leader') ? null : state.department,
			taken_at: null,
		}),
	},
	decide: {
		from: ['open'],
		to: null,
		hats: ['leader'],
		needs: ['holder', 'due_at'],
		may: ['department'],
		guards: ['inReportedLedger', 'holderCanAct', 'dueAhead'],
		tells: ['holder'],
		after: ({ state, step, now }) => {
			const due = step.due_at ?? state.due_at;
			const department = step.department ?? state.department;
			const decided = { decided_at: now, taken_at: null, asked_hours: null };
			return { ...decided, holder: step.holder ?? null, department, due_at: due, first_due_at: due };
		},
	},
	ask_time: {
		from: ['open'],
		to: null,
		hats: ANSWERERS,
		needs: ['hours', 'note'],
		may: [],
		guards: ['beforeExpiry', 'nothingAsked'],
		tells: ['leader'],
		after: ({ step }) => ({ asked_hours: step.hours ?? null }),
	},
	grant_time: {
		from: ['open'],
		to: null,
		hats: ['leader'],
		needs: ['hours'],
		may: [],
		guards: ['beforeExpiry', 'somethingAsked', 'notMoreThanAsked'],
		tells: ['holder'],
		after: ({ state, step }) => ({
			due_at: later(state.due_at, (step.hours ?? 0) * 3_600_000),
			asked_hours: null,
		}),
	},
	refuse_time: {
		from: ['open'],
		to: null,
		hats: ['leader'],
		needs: ['note'],
		may: [],
		guards: ['beforeExpiry', 'somethingAsked'],
		tells: ['holder'],
		after: () => ({ asked_hours: null }),
	},
	resolve: {
		from: ['open'],
		to: 'resolved',
		hats: ANSWERERS_AND_LEADERS,
		needs: ['note'],
		may: [],
		guards: [],
		tells: [],
		after: (move) => ({ resolved_at: settledAt(move), asked_hours: null }),
	},
	tell: {
		from: ['resolved'],
		to: null,
		hats: ANSWERERS_AND_LEADERS,
		needs: ['solved', 'satisfaction', 'channel'],
		may: [],
		guards: [],
		tells: [],
		after: ({ step, now }) => ({ told: step.solved ?? null, told_at: now }),
	},
	verify: {
		from: ['resolved', 'closed'],
		to: null,
		hats: ['supervisor'],
		needs: ['solved', 'satisfaction', 'channel'],
		may: [],
		guards: ['householdTold', 'notOwnWork'],
		tells: [],
		after: () => NOTHING,
	},
	close: {
		from: ['resolved'],
		to: 'closed',
		hats: ANSWERERS_AND_LEADERS,
		needs: [],
		may: [],
		guards: ['householdTold', 'leaderStrikesOff', 'struckOffWhenDone'],
		tells: [],
		after: ({ now }) => ({ closed_at: now }),
	},
	reopen: {
		from: ['resolved', 'closed'],
		to: 'open',
		hats: [...ANSWERERS_AND_LEADERS, 'supervisor'],
		needs: ['note'],
		may: [],
		guards: [],
		tells: ['holder'],
		after: ({ state, facts, now }) => {
			const pause = now.getTime() - (state.resolved_at ?? now).getTime();
			return {
				cycle: state.cycle + 1,
				holder: facts.holderLeft ? facts.answerer : state.holder,
				due_at: later(state.due_at, pause),
				clock_from: later(state.clock_from, pause),
				taken_at: null,
				resolved_at: null,
				told_at: null,
				told: null,
				closed_at: null,
			};
		},
	},
	withdraw: {
		from: ['open', 'resolved'],
		to: 'withdrawn',
		hats: ANSWERERS_AND_LEADERS,
		needs: ['note'],
		may: ['channel'],
		guards: ['householdsWishOrLeader', 'leaderWithdrawsWhatBinds'],
		tells: [],
		after: ({ now }) => ({ closed_at: now, asked_hours: null }),
	},
} as const satisfies Record<string, StepRule>;

export type StepKind = keyof typeof STEPS;

/**
 * What a step makes of a case, or why it is refused. Pure: `now` is the database's clock, `facts` what the store gathered.
 */
export function addStep(move: Move): Verdict {
	const { state, step, facts } = move;
	const rule = ruleOf(step.kind);
	if (rule === undefined || step.kind === 'record')
		return refuse('DOORSTEP_UNKNOWN_STEP', 'kind', { kind: step.kind });
	if (!rule.hats.some((hat) => facts.hats.has(hat)))
		return refuse('DOORSTEP_STEP_NOT_YOURS', 'kind', { kind: step.kind });
	if (!rule.from.includes(state.status)) {
		return refuse('DOORSTEP_STEP_NOT_POSSIBLE', 'kind', {
			kind: step.kind,
			status: state.status,
			ledger: state.ledger,
		});
	}
	const missing = rule.needs.find((field) => isBlank(step[field]));
	if (missing !== undefined) return refuse('DOORSTEP_MISSING', missing, { kind: step.kind });
	const odd = FIELDS_BY_KIND.find(
		(field) => !isBlank(step[field]) && !rule.needs.includes(field) && !rule.may.includes(field),
	);
	if (odd !== undefined) return refuse('DOORSTEP_UNEXPECTED', odd, { kind: step.kind });
	for (const name of rule.guards) {
		const guard: Guard = GUARDS[name];
		if (!guard.holds(move)) return refuse(guard.code, guard.field, { kind: step.kind });
	}
	return { ok: true, after: afterStep(rule, move) };
}

/**
 * The state after a step that is allowed. A step that comes after the deadline of a running case leaves the breach on record,
 * whether or not a sweep ran (F3).
 */
export function afterStep(rule: StepRule, move: Move): CaseState {
	const { state, now } = move;
	const after: CaseState = { ...state, ...rule.after(move), status: rule.to ?? state.status };
	return { ...after, breached_at: state.breached_at ?? breachOf(state, after, now) };
}

/**
 * The state of a new case (F1): running from receipt, with the household's cadre or whoever stands in when nobody there could act.
 *
 * @param clockFrom receipt, or an earlier `happened_at`
 */
export function openCase(ledger: Ledger, clockFrom: Date, facts: Pick<Facts, 'answerer' | 'limit'>): Verdict {
	const due = facts.limit(ledger);
	if (due === undefined) return refuse('DOORSTEP_CALENDAR_MISSING', 'ledger');
	return {
		ok: true,
		after: {
			status: 'open',
			ledger,
			level: ledger === 'reported' ? 'team' : null,
			holder: facts.answerer,
			department: null,
			due_at: due,
			first_due_at: due,
			taken_at: null,
			decided_at: null,
			asked_hours: null,
			resolved_at: null,
			told_at: null,
			told: null,
			closed_at: null,
			cycle: 1,
			clock_from: clockFrom,
			breached_at: null,
		},
	};
}

/** Whether a case missed a deadline, by timestamps alone: it makes no difference whether a sweep ran (F3). */
export function isLate(state: Pick<CaseState, 'status' | 'due_at' | 'breached_at'>, now: Date): boolean {
	return state.breached_at !== null || (state.status === 'open' && now > state.due_at);
}

/** Kinds of step that are open to somebody now, before anything is typed: what the studio's buttons offer. */
export function possibleSteps(state: CaseState, facts: Facts, now: Date): StepKind[] {
	return stepKinds().filter((kind) => {
		const rule: StepRule = STEPS[kind];
		if (!rule.from.includes(state.status) || !rule.hats.some((hat) => facts.hats.has(hat))) return false;
		return rule.guards.every((name) => {
			const guard: Guard = GUARDS[name];
			return guard.typed === true || guard.holds({ state, step: { kind }, facts, now });
		});
	});
}

export function stepKinds(): StepKind[] {
	return Object.keys(STEPS) as StepKind[];
}

export function ruleOf(kind: string): StepRule | undefined {
	return Object.hasOwn(STEPS, kind) ? STEPS[kind as StepKind] : undefined;
}

const FIELDS_BY_KIND = [
	'ledger',
	'level',
	'holder',
	'department',
	'due_at',
	'hours',
	'solved',
	'satisfaction',
	'channel',
] as const satisfies readonly Given[];

/** The missed deadline, where the case ran past it before this step. */
function breachOf(before: CaseState, after: CaseState, now: Date): Date | null {
	if (before.status !== 'open') return null;
	const ranUntil = after.resolved_at ?? now;
	return ranUntil > before.due_at ? before.due_at : null;
}

/** An immediate case saved together with its result counts as settled when that took place (F2, F5); any other when it is said. */
function settledAt({ state, step, facts, now }: Move): Date {
	if (state.ledger !== 'immediate' || facts.savedWithCaseAt === undefined) return now;
	const happened = step.happened_at ?? facts.savedWithCaseAt;
	return new Date(Math.max(state.clock_from.getTime(), Math.min(now.getTime(), happened.getTime())));
}

function later(at: Date, ms: number): Date {
	return new Date(at.getTime() + ms);
}

function isBlank(value: unknown): boolean {
	return value === undefined || value === null || (typeof value === 'string' && !saysSomething(value));
}

/** Spaces and characters without a form of their own say nothing. */
export function saysSomething(text: string): boolean {
	return /[^\s\p{Cf}]/u.test(text);
}

function refuse(code: RefusalCode, field?: string, args: Record<string, string> = {}): Refusal {
	return field === undefined ? { ok: false, code, args } : { ok: false, code, field, args };
}
