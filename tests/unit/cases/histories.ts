import fc from 'fast-check';
import { linkStep, type LinkedStep } from '../../../extensions/cases/chain.js';
import type { ClockSettings } from '../../../extensions/cases/deadlines.js';
import type { Move, Verdict } from '../../../extensions/cases/moves.js';
import { answererOf, hatsOf, type Actor, type Hat } from '../../../extensions/cases/people.js';
import { addStep, openCase, possibleSteps } from '../../../extensions/cases/rules.js';
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

/** Something that happens to a case: somebody tries a step, or a sweep comes by. */
export interface Happening {
	/** Since the happening before. */
	waitMs: number;
	by: string;
	/** Undefined for a sweep. */
	attempt: Attempt | undefined;
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
	kind: SentKind | 'sweep';
	hats: ReadonlySet<Hat>;
	/** Undefined for a sweep. */
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
	const around = { ...somePeople(), leader, cadre: anOfficial(CADRE, { substitute: STAND_IN }) };
	const answerer = answererOf(around);
	const opened = accepted(
		openCase(story.ledger, story.raised, { answerer, limit: limitFrom(story.raised, settings) }),
	);
	const steps = [linkStep({ ...aRow('record', 1, story.received, CADRE), ...opened }, null, 'salt-1')];
	const moments: Moment[] = [];
	let state = opened;
	let now = story.received;
	for (const [index, { waitMs, by, attempt }] of story.happenings.entries()) {
		const together = index < story.savedTogether;
		now = together ? now : new Date(now.getTime() + waitMs);
		const before = state;
		const actor = actorCalled(by);
		const hats = hatsOf(actor, {
			...around,
			holder: state.holder === null ? null : anOfficial(state.holder),
		});
		if (attempt === undefined) {
			if (sweeps && !together) state = swept(state, now);
			moments.push({ now, kind: 'sweep', hats: new Set(), verdict: undefined, before, after: state });
			continue;
		}
		const facts = {
			...{ hats, actor: actor.cadre, cadre: CADRE, answerer, canHold: attempt.said.holder !== STRANGER },
			limit: limitFrom(story.raised, settings, state.clock_from),
			...(together && { savedWithCaseAt: story.raised }),
		};
		const step = stepOf(attempt, { state, facts, now });
		const verdict = addStep({ state, step, facts, now });
		if (verdict.ok) {
			state = verdict.after;
			const row = {
				...aRow(step.kind, steps.length + 1, now, actor.cadre),
				note: step.note ?? null,
				hours: step.hours ?? null,
				...state,
			};
			steps.push(linkStep(row, steps.at(-1)?.hash ?? null, `salt-${steps.length + 1}`));
		}
		moments.push({ now, kind: step.kind as SentKind, hats, verdict, before, after: state });
	}
	return { opened, moments, steps, state, end: now };
}

function aRow(kind: string, seq: number, at: Date, actor: string | null) {
	const said = {
		note: null,
		hours: null,
		solved: null,
		satisfaction: null,
		channel: null,
		happened_at: null,
		client_id: null,
	};
	return { id: `step-${seq}`, case_id: 'case', seq, at, actor, actor_name: actor, kind, ...said };
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
	const open = possibleSteps(move.state, move.facts.hats)
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

const anAttempt: fc.Arbitrary<Attempt> = fc.record({
	kind: fc.constantFrom(...SENT_KINDS),
	rather: fc.option(fc.nat({ max: 1000 }), { nil: undefined, freq: 5 }),
	dueInMs: fc.integer({ min: -MS.day, max: 20 * MS.day }),
	said: fc.record({
		ledger: fc.constantFrom(...LEDGERS),
		level: fc.constantFrom(...LEVELS),
		holder: fc.constantFrom(CADRE, COLLEAGUE, STRANGER),
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
		attempt: fc.option(anAttempt, { nil: undefined, freq: 6 }),
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
