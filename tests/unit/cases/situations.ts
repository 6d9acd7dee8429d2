import type { Facts } from '../../../extensions/cases/moves.js';
import { addStep } from '../../../extensions/cases/rules.js';
import type { CaseState, StepSent } from '../../../extensions/cases/terms.js';
import { aMove, aState, plus, RECEIVED, refusalOf, STRANGER } from './builders.js';
import { wholeStep, type SentKind } from './step-table.js';

/** A case, a step, a time and who acts, as far as it matters. */
export type Situation = { state?: Partial<CaseState>; step?: Partial<StepSent>; now?: Date } & Partial<Facts>;

export const cadre: Partial<Facts> = { hats: new Set(['cadre', 'holder']) };
export const leader: Partial<Facts> = { hats: new Set(['leader']), actor: STRANGER };
export const supervisor: Partial<Facts> = { hats: new Set(['supervisor']), actor: STRANGER };
export const reported: Partial<CaseState> = { ledger: 'reported', level: 'team' };
export const due = plus(RECEIVED, 24, 'hour');
export const told: Partial<CaseState> = {
	status: 'resolved',
	told: 'yes',
	told_at: RECEIVED,
	resolved_at: RECEIVED,
};

/** Tries a step in a situation. @returns code and field of the refusal, or `undefined` where it is possible */
export function attempt(
	kind: SentKind,
	{ state, step, now = plus(RECEIVED, 1, 'hour'), ...facts }: Situation,
): ReturnType<typeof refusalOf> {
	return refusalOf(addStep(aMove({ ...wholeStep(kind), ...step }, { state: aState(state), now, ...facts })));
}
