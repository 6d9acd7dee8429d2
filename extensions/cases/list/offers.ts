import type { StepKind } from '../rules.js';
import type { ListedCase, Possible } from './shown.js';

/** Steps that are made for several cases at once: leaders' answers, and taking on. Telling a household is done one by one. */
const BATCH_KINDS = [
	'grant_time',
	'refuse_time',
	'decide',
	'close',
	'take',
] as const satisfies readonly StepKind[];
export type BatchKind = (typeof BATCH_KINDS)[number];

/** A button: what can be done, and for which of the selected cases. */
export interface Offer {
	kind: BatchKind | 'acknowledge';
	ids: string[];
}

/** One button for each thing that is possible for at least one selected case. */
export function offersFor(selection: readonly string[], possible: ReadonlyMap<string, Possible>): Offer[] {
	const idsWhere = (test: (found: Possible) => boolean): string[] =>
		selection.filter((id) => {
			const found = possible.get(id);
			return found !== undefined && test(found);
		});
	const offers: Offer[] = BATCH_KINDS.map((kind) => ({
		kind,
		ids: idsWhere((found) => found.possible.includes(kind)),
	}));
	offers.push({ kind: 'acknowledge', ids: idsWhere((found) => found.acknowledge.length > 0) });
	return offers.filter(({ ids }) => ids.length > 0);
}

/** The key of a button's words: a reported case is struck off, the others are closed. */
export function offerWords(kind: Offer['kind'], cases: readonly Pick<ListedCase, 'ledger'>[]): OfferWords {
	if (kind !== 'close') return kind;
	const reported = cases.filter(({ ledger }) => ledger === 'reported').length;
	if (reported === 0) return 'close_proxy';
	return reported === cases.length ? 'close_reported' : 'close';
}
export type OfferWords = Offer['kind'] | 'close_proxy' | 'close_reported';
