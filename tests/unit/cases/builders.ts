import type { CalendarDay } from '../../../extensions/cases/deadlines.js';
import { dueAfterPauses, limitOf, type ClockSettings } from '../../../extensions/cases/deadlines.js';
import type { Facts, Move, Verdict } from '../../../extensions/cases/moves.js';
import type { Actor, Official, People } from '../../../extensions/cases/people.js';
import { addStep, openCase, type StepKind } from '../../../extensions/cases/rules.js';
import type { CaseState, StepSent } from '../../../extensions/cases/terms.js';
import { calendarDays } from '../../../seed/provision/calendar.js';

/** The working calendar as shipped, 2024 to 2028. */
export const calendar: readonly CalendarDay[] = calendarDays();

/** The township's limits as shipped: an errand 24 hours (F3), triage two working days (F4). */
export const SETTINGS: ClockSettings = { proxy_hours: 24, triage_days: 2 };

export const MS = { second: 1000, minute: 60_000, hour: 3_600_000, day: 86_400_000 } as const;

/** Officials by their part in a case. */
export const CADRE = 'cadre';
export const COLLEAGUE = 'colleague';
export const STAND_IN = 'stand-in';
export const LEADER = 'leader';
export const DEPUTY = 'deputy';
export const TOWN_LEADER = 'town-leader';
export const IN_CHARGE = 'in-charge';
export const SUPERVISOR = 'supervisor';
export const STRANGER = 'stranger';

/** An instant by Beijing time. @example beijing('2026-11-10 09:00') */
export function beijing(local: string): Date {
	const [day = '', time = '00:00'] = local.split(' ');
	return new Date(`${day}T${time}+08:00`);
}

/** @example plus(at, 24, 'hour') */
export function plus(at: Date, amount: number, unit: keyof typeof MS): Date {
	return new Date(at.getTime() + amount * MS[unit]);
}

/** A Tuesday morning, far from any holiday. */
export const RECEIVED = beijing('2026-11-10 09:00');

/** When the limit of a ledger is over for a case that was raised at `start`, and whose pauses moved its clock on. */
export function limitFrom(start: Date, settings = SETTINGS, clockFrom = start): Facts['limit'] {
	return (ledger) => dueAfterPauses(start, clockFrom, limitOf(ledger, null, settings), calendar);
}

/** A case as it stands just after receipt, with what matters to the test said. */
export function aState({
	ledger = 'proxy',
	received = RECEIVED,
	...rest
}: Partial<CaseState> & { received?: Date } = {}): CaseState {
	const opened = accepted(openCase(ledger, received, { answerer: CADRE, limit: limitFrom(received) }));
	return { ...opened, ...rest };
}

/** What the store gathers: the household's cadre is the actor and everybody can hold cases, unless said otherwise. */
function aFacts(facts: Partial<Facts> = {}): Facts {
	return {
		hats: new Set(['cadre']),
		actor: CADRE,
		answerer: CADRE,
		canHold: true,
		workedOnIt: false,
		limit: limitFrom(RECEIVED),
		...facts,
	};
}

/** An attempt one hour after receipt. */
export function aMove(
	step: StepSent,
	{ state = aState(), now = plus(RECEIVED, 1, 'hour'), ...facts }: Partial<Facts> & Partial<Move> = {},
): Move {
	return { state, step, facts: aFacts(facts), now };
}

/** Adds a step that has to be possible, and gives the state after it; limits are those of a case without pauses. */
export function after(
	kind: StepKind,
	state: CaseState,
	now: Date,
	sent: Omit<StepSent, 'kind'> = {},
	facts: Partial<Facts> = {},
): CaseState {
	const limit = limitFrom(state.clock_from);
	return accepted(addStep(aMove({ kind, ...sent }, { state, now, limit, ...facts })));
}

export function accepted(verdict: Verdict): CaseState {
	if (!verdict.ok) throw new Error(`refused: ${verdict.code} ${verdict.field ?? ''}`);
	return verdict.after;
}

/** The code and the field of a refusal; `undefined` where the step is possible. */
export function refusalOf(verdict: Verdict): { code: string; field: string | undefined } | undefined {
	return verdict.ok ? undefined : { code: verdict.code, field: verdict.field };
}

/** @example userOf(LEADER) // who gets the notices of the leader */
export function userOf(cadre: string): string {
	return `user-of-${cadre}`;
}

export function anOfficial(id: string, official: Partial<Official> = {}): Official {
	const { substitute = null } = official;
	const substituteUser = substitute === null ? null : userOf(substitute);
	return { id, user: userOf(id), active: true, substitute, substituteUser, busy: false, ...official };
}

/** The officials around a case of an ordinary village; the household's cadre holds it. */
export function somePeople(people: Partial<People> = {}): People {
	return {
		cadre: anOfficial(CADRE),
		holder: anOfficial(CADRE),
		leader: anOfficial(LEADER),
		deputy: anOfficial(DEPUTY),
		townLeader: anOfficial(TOWN_LEADER),
		inCharge: anOfficial(IN_CHARGE),
		about: null,
		...people,
	};
}

export function anActor(cadre: string | null, actor: Partial<Actor> = {}): Actor {
	return { cadre, administrator: false, supervisor: false, ...actor };
}
