import type { StepKind } from '../rules.js';
import type { CaseState } from '../terms.js';

type Standing = Pick<CaseState, 'status' | 'asked_hours' | 'ledger'> & {
	told_at: Date | string | null;
	decided_at: Date | string | null;
};

/** What moves a case on comes first, what is rare last; `close` before the rest where all is said. */
const BY_IMPORTANCE: readonly StepKind[] = [
	...([
		'grant_time',
		'refuse_time',
		'close',
		'tell',
		'resolve',
		'decide',
		'take',
		'report',
		'convert',
	] as const),
	...(['pass', 'ask_time', 'verify', 'note', 'return', 'reopen', 'withdraw'] as const),
];

/** The buttons of a case in the order in which people need them. */
export function offersOf(possible: readonly StepKind[]): StepKind[] {
	return BY_IMPORTANCE.filter((kind) => possible.includes(kind));
}

/** The one step that brings a case nearest to its end, if there is one; the others are quieter. */
export function nextStep(offers: readonly StepKind[], state: Standing): StepKind | undefined {
	const first = (...kinds: StepKind[]): StepKind | undefined => kinds.find((kind) => offers.includes(kind));
	if (state.status === 'closed') return undefined;
	if (state.status === 'resolved') return first(state.told_at === null ? 'tell' : 'close');
	if (state.asked_hours !== null && offers.includes('grant_time')) return 'grant_time';
	if (state.ledger === 'reported' && state.decided_at === null) return first('decide', 'report', 'resolve');
	return first('resolve', 'take');
}
