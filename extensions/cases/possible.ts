import { idsSeenByCaller } from '../platform/access.js';
import { databaseNow } from '../platform/clock.js';
import type { EventContext, Platform } from '../platform/context.js';
import { fromJson } from '../platform/dialect.js';
import { groupBy } from '../platform/group-by.js';
import { factsOf } from './facts.js';
import { groundsOfStep } from './grounds.js';
import { householdsToReach, type HouseholdToReach } from './people-store.js';
import { possibleSteps, type StepKind } from './rules.js';
import { casesById } from './store.js';

/** So many cases are looked at in one request: a page of a list. */
export const MOST_CASES = 100;

/** What the caller can do with a case now: the studio's buttons, and whom it is about. */
export interface Possible {
	id: string;
	/** Number of the newest step: whoever acts on an older one has not seen all. */
	seq: number;
	possible: StepKind[];
	/** Rungs that wait for the caller's 签收. */
	acknowledge: string[];
	/** Also for a holder of another village, who has no right to the household's file. */
	household: HouseholdToReach | null;
}

/** Steps and acknowledgements that are open to the caller; cases that they may not see are left out. */
export async function possibleFor(
	ids: readonly string[],
	event: EventContext,
	platform: Platform,
): Promise<{ now: string; cases: Possible[] }> {
	const { database, accountability } = event;
	const seen = await idsSeenByCaller('doorstep_cases', ids, event, platform);
	const now = await databaseNow(database);
	const user = accountability?.user ?? null;
	const mayAll = accountability === null || accountability.admin;
	const unread = await database('doorstep_escalations')
		.whereIn('case_id', seen)
		.whereNull('acknowledged_at')
		.orderBy('rung')
		.select<{ id: string; case_id: string; recipients: unknown }[]>('id', 'case_id', 'recipients');
	const mine = unread.filter(
		({ recipients }) => mayAll || (fromJson(recipients) as string[]).includes(user ?? ''),
	);
	const waiting = groupBy(mine, (rung) => rung.case_id);
	const cases: Possible[] = [];
	const stands = await casesById(database, seen);
	const households = await householdsToReach(
		database,
		stands.map(({ household }) => household),
	);
	for (const stored of stands) {
		const by = { user, administrator: mayAll, clientId: null };
		const grounds = { ...(await groundsOfStep(database, stored, by)), now };
		const { facts } = await factsOf(database, stored, grounds);
		cases.push({
			id: stored.id,
			seq: stored.seq,
			possible: grounds.household.erased_at !== null ? [] : possibleSteps(stored.state, facts, now),
			household: households.get(stored.household) ?? null,
			acknowledge: (waiting.get(stored.id) ?? []).map((rung) => rung.id),
		});
	}
	return { now: now.toISOString(), cases };
}
