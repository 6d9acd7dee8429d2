import type { Move } from './moves.js';
import { LEVELS } from './terms.js';

/** Codes with which our code refuses a step or a case; their words stand in strings.ts. */
export const REFUSAL_CODES = [
	'DOORSTEP_UNKNOWN_STEP',
	'DOORSTEP_STEP_NOT_YOURS',
	'DOORSTEP_STEP_NOT_POSSIBLE',
	'DOORSTEP_MISSING',
	'DOORSTEP_UNEXPECTED',
	'DOORSTEP_CALENDAR_MISSING',
	'DOORSTEP_NOT_A_CADRE',
	'DOORSTEP_ALREADY_TAKEN',
	'DOORSTEP_HOLDER_CANNOT_ACT',
	'DOORSTEP_SAME_HOLDER',
	'DOORSTEP_SAME_LEDGER',
	'DOORSTEP_LEADER_NEEDED',
	'DOORSTEP_NOT_REPORTED',
	'DOORSTEP_LEVEL_NOT_HIGHER',
	'DOORSTEP_DEPARTMENT_MISSING',
	'DOORSTEP_NOTHING_TO_RETURN',
	'DOORSTEP_DUE_PAST',
	'DOORSTEP_EXPIRED',
	'DOORSTEP_ALREADY_ASKED',
	'DOORSTEP_NOTHING_ASKED',
	'DOORSTEP_MORE_THAN_ASKED',
	'DOORSTEP_NOT_TOLD',
	'DOORSTEP_OWN_WORK',
	'DOORSTEP_NOT_SOLVED',
] as const;
export type RefusalCode = (typeof REFUSAL_CODES)[number];

export interface Guard {
	code: RefusalCode;
	/** The field at fault. */
	field?: string;
	/** Looks at what is typed with the step, so it cannot be asked before. */
	typed?: true;
	holds: (move: Move) => boolean;
}

/** Conditions that a step's rule can name; each says in one line what has to hold. */
export const GUARDS = {
	actorIsCadre: { code: 'DOORSTEP_NOT_A_CADRE', holds: ({ facts }) => facts.actor !== null },
	notTaken: {
		code: 'DOORSTEP_ALREADY_TAKEN',
		holds: ({ state, facts }) => state.taken_at === null || state.holder !== facts.actor,
	},
	holderCanAct: {
		code: 'DOORSTEP_HOLDER_CANNOT_ACT',
		field: 'holder',
		typed: true,
		holds: ({ facts }) => facts.canHold,
	},
	holderChanges: {
		code: 'DOORSTEP_SAME_HOLDER',
		field: 'holder',
		typed: true,
		holds: ({ state, step }) => step.holder !== state.holder,
	},
	ledgerChanges: {
		code: 'DOORSTEP_SAME_LEDGER',
		field: 'ledger',
		typed: true,
		holds: ({ state, step }) => step.ledger !== state.ledger,
	},
	/** The 24 hours bind, and so does what was carried up to leaders or decided by them. */
	leaderWhenItBinds: {
		code: 'DOORSTEP_LEADER_NEEDED',
		field: 'ledger',
		holds: ({ state, facts }) =>
			facts.hats.has('leader') ||
			(state.ledger !== 'proxy' && state.decided_at === null && (state.level ?? 'team') === 'team'),
	},
	calendarReaches: {
		code: 'DOORSTEP_CALENDAR_MISSING',
		field: 'ledger',
		typed: true,
		holds: ({ state, step, facts }) => facts.limit(step.ledger ?? state.ledger) !== undefined,
	},
	inReportedLedger: {
		code: 'DOORSTEP_NOT_REPORTED',
		field: 'kind',
		holds: ({ state }) => state.ledger === 'reported',
	},
	belowTheTop: {
		code: 'DOORSTEP_LEVEL_NOT_HIGHER',
		field: 'level',
		holds: ({ state }) => state.level !== 'department',
	},
	levelRises: {
		code: 'DOORSTEP_LEVEL_NOT_HIGHER',
		field: 'level',
		typed: true,
		holds: ({ state, step }) => step.level != null && rank(step.level) > rank(state.level ?? 'team'),
	},
	departmentNamed: {
		code: 'DOORSTEP_DEPARTMENT_MISSING',
		field: 'department',
		typed: true,
		holds: ({ state, step }) => step.level !== 'department' || (step.department ?? state.department) !== null,
	},
	somethingToReturn: {
		code: 'DOORSTEP_NOTHING_TO_RETURN',
		field: 'kind',
		holds: ({ state, facts }) =>
			state.holder !== facts.answerer || (facts.hats.has('leader') && (state.level ?? 'team') !== 'team'),
	},
	dueAhead: {
		code: 'DOORSTEP_DUE_PAST',
		field: 'due_at',
		typed: true,
		holds: ({ step, now }) => step.due_at != null && step.due_at > now,
	},
	beforeExpiry: { code: 'DOORSTEP_EXPIRED', field: 'kind', holds: ({ state, now }) => now <= state.due_at },
	nothingAsked: {
		code: 'DOORSTEP_ALREADY_ASKED',
		field: 'kind',
		holds: ({ state }) => state.asked_hours === null,
	},
	somethingAsked: {
		code: 'DOORSTEP_NOTHING_ASKED',
		field: 'kind',
		holds: ({ state }) => state.asked_hours !== null,
	},
	notMoreThanAsked: {
		code: 'DOORSTEP_MORE_THAN_ASKED',
		field: 'hours',
		typed: true,
		holds: ({ state, step }) =>
			step.hours != null && step.hours > 0 && step.hours <= (state.asked_hours ?? 0),
	},
	householdTold: { code: 'DOORSTEP_NOT_TOLD', field: 'kind', holds: ({ state }) => state.told_at !== null },
	notOwnWork: { code: 'DOORSTEP_OWN_WORK', field: 'kind', holds: ({ facts }) => !facts.workedOnIt },
	leaderStrikesOff: {
		code: 'DOORSTEP_LEADER_NEEDED',
		field: 'kind',
		holds: ({ state, facts }) => state.ledger !== 'reported' || facts.hats.has('leader'),
	},
	struckOffWhenDone: {
		code: 'DOORSTEP_NOT_SOLVED',
		field: 'kind',
		holds: ({ state }) => state.ledger !== 'reported' || state.told !== 'no',
	},
	/** What is with leaders already, or has a result, is not struck off by saying that the household does not want it any more. */
	leaderWithdrawsWhatBinds: {
		code: 'DOORSTEP_LEADER_NEEDED',
		field: 'kind',
		holds: ({ state, facts }) =>
			facts.hats.has('leader') ||
			(state.status === 'open' && state.decided_at === null && (state.level ?? 'team') === 'team'),
	},
	householdsWishOrLeader: {
		code: 'DOORSTEP_MISSING',
		field: 'channel',
		typed: true,
		holds: ({ step, facts }) => step.channel != null || facts.hats.has('leader'),
	},
} as const satisfies Record<string, Guard>;

export type GuardName = keyof typeof GUARDS;

function rank(level: (typeof LEVELS)[number]): number {
	return LEVELS.indexOf(level);
}
