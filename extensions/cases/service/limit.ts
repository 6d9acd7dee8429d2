import { limitOf, type ClockSettings, type Limit, type ServiceLimit } from '../deadlines.js';
import type { Ledger } from '../terms.js';

/** A limit as words: the key of its unit and, where it has one, how much; `decided` where only a leader's decision is due by then. */
export interface LimitInWords {
	unit: Limit['unit'];
	amount: number | null;
	decided: boolean;
}

/**
 * The limit that the clock will enforce for a case of a service in a ledger, so that nothing else is promised at the door.
 *
 * @param settings null where they could not be read: then only a limit of the service's own is known
 * @example limitInWords('proxy', service, null) // { unit: 'hours', amount: 24, decided: false }
 */
export function limitInWords(
	ledger: Ledger,
	service: ServiceLimit,
	settings: ClockSettings | null,
): LimitInWords | null {
	const limit = limitOf(ledger, service, settings ?? { proxy_hours: NaN, triage_days: NaN });
	const amount = 'amount' in limit ? limit.amount : null;
	if (Number.isNaN(amount)) return null;
	return { unit: limit.unit, amount, decided: ledger === 'reported' };
}
