import type { GuardName, RefusalCode } from './guards.js';
import type { Hat } from './people.js';
import type { CadreId, CaseState, Ledger, Status, StepSent } from './terms.js';

/** All that a rule may look at besides the step and the case's state; gathered by the store, never by the rules. */
export interface Facts {
	hats: ReadonlySet<Hat>;
	/** The actor's row among the cadres, if any. */
	actor: CadreId | null;
	/** Who holds what falls back to the household's cadre (answererOf). */
	answerer: CadreId | null;
	/** Whether the cadre sent as `holder` exists, has an active user and is not whom a complaint is about. */
	canHold: boolean;
	/** The holder held the case as the household's cadre and has handed the household over since. */
	holderLeft?: boolean;
	/** Whether the actor answers for the household, holds the case, or resolved it or told the household before. */
	workedOnIt: boolean;
	/** When the limit of a ledger, counted from receipt and moved on by pauses, is over; undefined where the calendar ends before. */
	limit: (ledger: Ledger) => Date | undefined;
	/** When a step saved together with its new case took place; undefined for steps added later. */
	savedWithCaseAt?: Date;
}

/** One attempt to move a case. */
export interface Move {
	state: CaseState;
	step: StepSent;
	facts: Facts;
	now: Date;
}

/** What happens to a case when a step is added, or why it may not be. */
export type Verdict = { ok: true; after: CaseState } | Refusal;
export interface Refusal {
	ok: false;
	code: RefusalCode;
	field?: string;
	args?: Record<string, string>;
}

/** Fields that belong to some kinds of step only. */
export type Given =
	| 'note'
	| 'ledger'
	| 'level'
	| 'holder'
	| 'department'
	| 'due_at'
	| 'hours'
	| 'solved'
	| 'satisfaction'
	| 'channel';

/** `leader`: the village's while a case is with team or village, the town's above (M2). */
export type Addressee = 'holder' | 'leader';

export interface StepRule {
	/** In which states the step is possible. */
	from: readonly Status[];
	/** The state it leads to; null leaves it. */
	to: Status | null;
	/** Who may take it; any one of these hats is enough. */
	hats: readonly Hat[];
	/** What must be given, and what may be; `note` may always. */
	needs: readonly Given[];
	may: readonly Given[];
	/** What else has to hold; each guard carries its code of refusal. */
	guards: readonly GuardName[];
	/** Who now has to act or wants to know, and gets a notice. */
	tells: readonly Addressee[];
	/** What changes beside the status. */
	after: (move: Move) => Partial<CaseState>;
}
