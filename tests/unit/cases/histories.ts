import fc from 'fast-check';
import { linkStep, type LinkedStep } from '../../../extensions/cases/chain.js';
import type { ClockSettings } from '../../../extensions/cases/deadlines.js';
import type { Move, Verdict } from '../../../extensions/cases/moves.js';
import { answererOf, hatsOf, type Actor, type Hat } from '../../../extensions/cases/people.js';
import { addStep, openCase, possibleSteps, type StepKind } from '../../../extensions/cases/rules.js';
import {
	CHANNELS,
	LEDGERS,
	LEVELS,
	SATISFACTIONS,
	SOLVED,
	type CaseState,
	type Ledger,
	type StepSent,
} from '../../../extensions/cases/terms.js';
import {
	accepted,
	anActor,
	anOfficial,
	beijing,
	CADRE,
	COLLEAGUE,
	DEPUTY,
	IN_CHARGE,
	LEADER,
	limitFrom,
	MS,
	SETTINGS,
	somePeople,
	STAND_IN,
	STRANGER,
	SUPERVISOR,
	TOWN_LEADER,
} from './builders.js';
import { EXPECTED, SAMPLE, SENT_KINDS, type SentKind } from './step-table.js';

/** Something that happens to a case: somebody tries a step, a sweep comes by, or its household is handed over. */
export interface Happening {
	/** Since the happening before. */
	waitMs: number;
	by: string;
	what: Attempt | 'sweep' | { handTo: string };
}

/** What somebody would say with any kind of step; as much of it is sent as the kind takes. */
interface Attempt {
	kind: SentKind;
	/** Where set, it is rather this one of the steps that are open to that person then, so that stories get somewhere. */
	rather?: number | undefined;
	dueInMs: number;
	said: Omit<StepSent, 'kind'>;
}

export interface Story {
	ledger: Ledger;
	received: Date;
	/** When the household raised it; not later than receipt. */
	raised: Date;
	/** How many of the first happenings were saved together with the case. */
	savedTogether: number;
	/** Whether the village's leader is away, so that the deputy acts. */
	leaderAway: boolean;
	happenings: readonly Happening[];
}

/** What came of one happening. */
export interface Moment {
	now: Date;
	kind: SentKind | 'sweep' | 'handover';
	/** The household's cadre at that time. */
	cadre: string;
	actor: string | null;
	hats: ReadonlySet<Hat>;
	/** What the studio offered them. */
	offered: readonly StepKind[];
	/** Undefined where nobody tried a step. */
	verdict: Verdict | undefined;
	before: CaseState;
	after: CaseState;
}

export interface Played {
	opened: CaseState;
	moments: readonly Moment[];
	/** The record and every accepted step, chained. */
	steps: readonly LinkedStep[];
	state: CaseState;
	/** The cadre on the case row, the household's now, and everybody who has answered for it (C3). */
	cadre: string;
	householdCadre: string;
	everyCadre: ReadonlySet<string>;
	end: Date;
}

export const ORDINARY = [CADRE, COLLEAGUE, STAND_IN, SUPERVISOR, STRANGER] as const;
export const EVERYBODY = [...ORDINARY, LEADER, DEPUTY, TOWN_LEADER, IN_CHARGE, 'administrator'] as const;

/** Who is who in every story; a stand-in acts for the household's cadre. */
function actorCalled(name: string): Actor {
	return anActor(name === 'administrator' ? null : name, {
		administrator: name === 'administrator',
		supervisor: name === SUPERVISOR,
	});
}

/** As the database does: an open case past its deadline keeps the first deadline that it missed. */
function swept(state: CaseState, now: Date): CaseState {
	return state.status === 'open' && state.due_at < now
		? { ...state, breached_at: state.breached_at ?? state.due_at }
		: state;
}

/** Lets a story happen by the rules; sweeps can be left out. */
export function play(
	story: Story,
	{ sweeps = true, settings = SETTINGS }: { sweeps?: boolean; settings?: ClockSettings } = {},
): Played {
	const leader = anOfficial(LEADER, { busy: story.leaderAway });
	const around = () => ({
		...somePeople(),
		leader,
		cadre: anOfficial(householdCadre, { substitute: STAND_IN }),
	});
	let householdCadre = CADRE;
	let cadre = CADRE;
	const everyCadre = new Set([CADRE]);
	const limit = limitFrom(story.raised, settings);
	const opened = accepted(openCase(story.ledger, story.raised, { answerer: answererOf(around()), limit }));
	const steps = [linkStep({ ...aRow('record', 1, story.received, CADRE), ...opened }, null, 'salt-1')];
	const moments: Moment[] = [];
	let state = opened;
	let now = story.received;
	for (const [index, { waitMs, by, what }] of story.happenings.entries()) {
		const together = index < story.savedTogether;
		now = together ? now : new Date(now.getTime() + waitMs);
		const before = state;
		if (what === 'sweep' || 'handTo' in what) {
			const kind = what === 'sweep' ? 'sweep' : 'handover';
			if (what === 'sweep' && sweeps && !together) state = swept(state, now);
			if (what !== 'sweep' && !together) {
				if (isUnfinished(state) && state.holder === cadre) state = { ...state, holder: what.handTo };
				if (isUnfinished(state)) cadre = what.handTo;
				householdCadre = what.handTo;
				everyCadre.add(householdCadre);
			}
			const nobody = { actor: null, hats: new Set<Hat>(), verdict: undefined, offered: [] };
			moments.push({ now, kind, cadre: householdCadre, ...nobody, before, after: state });
			continue;
		}
		const people = { ...around(), holder: state.holder === null ? null : anOfficial(state.holder) };
		const actor = actorCalled(by);
		const hats = hatsOf(actor, people);
		const facts = {
			...{ hats, actor: actor.cadre, answerer: answererOf(people), canHold: what.said.holder !== STRANGER },
			workedOnIt: hasWorkedOn(actor.cadre, { cadre: householdCadre, holder: state.holder, steps }),
			holderLeft: state.holder === cadre && cadre !== householdCadre,
			limit: limitFrom(story.raised, settings, state.clock_from),
			...(together && { savedWithCaseAt: story.raised }),
		};
		const step = stepOf(what, { state, facts, now });
		const verdict = addStep({ state, step, facts, now });
		if (verdict.ok) {
			state = verdict.after;
			// A running case follows its household, also one that was closed while it was handed over.
			if (step.kind === 'reopen') cadre = householdCadre;
			const row = { ...aRow(step.kind, steps.length + 1, now, actor.cadre, step), ...state };
			steps.push(linkStep(row, steps.at(-1)?.hash ?? null, `salt-${steps.length + 1}`));
		}
		const offered = possibleSteps(before, facts, now);
		const who = { cadre: householdCadre, actor: actor.cadre, hats, offered };
		moments.push({ now, kind: step.kind as SentKind, ...who, verdict, before, after: state });
	}
	return { opened, moments, steps, state, cadre, householdCadre, everyCadre, end: now };
}

function isUnfinished({ status }: CaseState): boolean {
	return status === 'open' || status === 'resolved';
}

/** As the store finds out: the household's cadre, the holder, and whoever resolved the case or told the household. */
function hasWorkedOn(
	actor: string | null,
	{ cadre, holder, steps }: { cadre: string; holder: string | null; steps: readonly LinkedStep[] },
): boolean {
	if (actor === null) return false;
	const settled = steps.some(
		({ kind, actor: by }) => by === actor && (kind === 'resolve' || kind === 'tell'),
	);
	return actor === cadre || actor === holder || settled;
}

function aRow(kind: string, seq: number, at: Date, actor: string | null, said: Partial<StepSent> = {}) {
	const { note = null, hours = null, solved = null, satisfaction = null, channel = null } = said;
	const { happened_at = null, client_id = null } = said;
	const words = { note, hours, solved, satisfaction, channel, happened_at, client_id, files: null };
	return { id: `step-${seq}`, case_id: 'case', seq, at, actor, actor_name: actor, kind, ...words };
}

const wait = fc.oneof(
	fc.constantFrom(0, 1, MS.second, MS.hour, 23 * MS.hour, 24 * MS.hour - 1, 24 * MS.hour, 24 * MS.hour + 1),
	fc.integer({ min: 0, max: 3 * MS.hour }),
	fc.integer({ min: 0, max: 3 * MS.hour }),
	fc.integer({ min: 0, max: 4 * MS.day }),
);

/** The step that is tried; withdrawals end stories, so they are not chosen on top. */
function stepOf(attempt: Attempt, move: Omit<Move, 'step'>): StepSent {
	if (attempt.rather === undefined) return stepOfKind(attempt.kind, attempt, move.now);
	const open = possibleSteps(move.state, move.facts, move.now)
		.filter((kind) => kind !== 'withdraw')
		.map((kind) => stepOfKind(kind as SentKind, attempt, move.now))
		.filter((step) => addStep({ ...move, step }).ok);
	return open[attempt.rather % open.length] ?? stepOfKind(attempt.kind, attempt, move.now);
}

function stepOfKind(kind: SentKind, { said, dueInMs }: Attempt, now: Date): StepSent {
	const { needs, may = [] } = EXPECTED[kind];
	const all: Omit<StepSent, 'kind'> = { ...SAMPLE, ...said, due_at: new Date(now.getTime() + dueInMs) };
	const given = Object.fromEntries([...needs, ...may].map((field) => [field, all[field]]));
	return { ...given, kind, happened_at: said.happened_at ?? null };
}

/** An attempt at just this step; what is not said is as in every sample. */
export function attemptOf(kind: SentKind, said: Attempt['said'] = {}): Attempt {
	return { kind, dueInMs: MS.day, said };
}

const anAttempt: fc.Arbitrary<Attempt> = fc.record({
	kind: fc.constantFrom(...SENT_KINDS),
	rather: fc.option(fc.nat({ max: 1000 }), { nil: undefined, freq: 5 }),
	dueInMs: fc.integer({ min: -MS.day, max: 20 * MS.day }),
	said: fc.record({
		ledger: fc.constantFrom(...LEDGERS),
		level: fc.constantFrom(...LEVELS),
		holder: fc.constantFrom(CADRE, COLLEAGUE, STRANGER, SUPERVISOR),
		hours: fc.constantFrom(1, 12, 24),
		solved: fc.constantFrom(...SOLVED),
		satisfaction: fc.constantFrom(...SATISFACTIONS),
		channel: fc.constantFrom(...CHANNELS),
		happened_at: fc.option(
			fc.date({ min: beijing('2024-01-01'), max: beijing('2028-09-30'), noInvalidDate: true }),
			{ nil: null },
		),
	}),
});

/** @param people who takes part; only they try steps */
export function stories(people: readonly string[]): fc.Arbitrary<Story> {
	const happening = fc.record({
		waitMs: wait,
		by: fc.constantFrom(...people),
		what: fc.oneof(
			{ weight: 12, arbitrary: anAttempt },
			{ weight: 2, arbitrary: fc.constant('sweep' as const) },
			{ weight: 1, arbitrary: fc.record({ handTo: fc.constantFrom(CADRE, COLLEAGUE, SUPERVISOR) }) },
		),
	});
	return fc
		.record({
			ledger: fc.constantFrom(...LEDGERS),
			received: fc.date({ min: beijing('2024-01-08'), max: beijing('2028-06-30'), noInvalidDate: true }),
			agoMs: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 5 * MS.day })),
			savedTogether: fc.constantFrom(0, 0, 1, 2),
			leaderAway: fc.boolean(),
			happenings: fc.array(happening, { maxLength: 25, size: 'max' }),
		})
		.map(({ agoMs, ...story }) => ({ ...story, raised: new Date(story.received.getTime() - agoMs) }));
}
