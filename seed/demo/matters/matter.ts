import type { Ledger, Nature } from '../../../extensions/cases/terms.js';
import type { DepartmentKey } from '../places.js';

/**
 * Something that households ask for, as it stands in a ledger, with what comes of it. `{hamlet}` and `{village}` stand for where
 * the household lives, `{people}` for its
 * people, `{n}` for a small number.
 */
export interface Matter {
	/** Code of the service; null for what no service covers. */
	service: string | null;
	ledger: Ledger;
	nature: Nature;
	title: string;
	details: readonly string[];
	/** What is noted on the way. */
	along: readonly string[];
	results: readonly string[];
	/** What is said where the rules do not allow it. */
	explained?: string;
	/** Why it has to be carried on in a further ledger: from immediate to proxy, from proxy to reported. */
	onward?: string;
	/** The department outside the town that has to answer (F8). */
	department?: DepartmentKey;
	/** Asked by one kind of household only. */
	only?: 'resident' | 'away';
}
