import type { Knex } from 'knex';
import { readAsCaller } from '../platform/access.js';
import type { EventContext, Platform } from '../platform/context.js';
import { dialectOf, rowsOf } from '../platform/dialect.js';
import { installationOf } from '../platform/installation.js';
import { LISTED, WAITING, type Filter } from './lists.js';

/** What waits for somebody: the number on the studio's module bar. */
export interface Waiting {
	cases: number;
	/** Rungs that they received and have not acknowledged, of cases in hand. */
	escalations: number;
	/** Cases that wait for either reason, each once. */
	count: number;
}

const NOTHING: Waiting = { cases: 0, escalations: 0, count: 0 };
/** More than this nobody counts; the newest are enough. */
const MOST_RUNGS = 1000;

/** With the caller's rights: who sees no cases waits for none. */
export async function waitingFor(event: EventContext, platform: Platform): Promise<Waiting> {
	const { database, accountability } = event;
	if (installationOf(platform.database).state === 'not_installed') return NOTHING;
	const user = accountability?.user ?? '';
	const waiting = waitingFilter(user);
	const cases = await countSeen(LISTED, waiting, event, platform);
	const rungs = await casesOfRungs(await rungsFor(database, user), event, platform);
	if (rungs.length === 0) return { cases, escalations: 0, count: cases };
	const either = { _or: [waiting, { id: { _in: [...new Set(rungs)] } }] };
	const count = await countSeen(LISTED, either, event, platform);
	return { cases, escalations: rungs.length, count };
}

/** As the list ships it. Directus fills these variables in for a request's filter, not for a service's. */
function waitingFilter(user: string): Filter {
	const filled = JSON.stringify(WAITING)
		.replaceAll('"$CURRENT_USER"', JSON.stringify(user))
		.replaceAll('"$NOW"', JSON.stringify(new Date()));
	return JSON.parse(filled) as Filter;
}

async function countSeen(
	collection: string,
	filter: Filter,
	event: EventContext,
	platform: Platform,
): Promise<number> {
	const query = { aggregate: { countDistinct: ['id'] }, filter };
	const rows = await readAsCaller(collection, query, event, platform);
	const [row] = rows === 'forbidden' ? [] : rows;
	return Number((row?.['countDistinct'] as { id?: number | string } | undefined)?.id ?? 0);
}

/** The case of each of these rungs that the caller sees. */
async function casesOfRungs(
	rungs: readonly string[],
	event: EventContext,
	platform: Platform,
): Promise<string[]> {
	if (rungs.length === 0) return [];
	const query = { fields: ['case_id'], filter: { id: { _in: rungs } }, limit: -1 };
	const seen = await readAsCaller('doorstep_escalations', query, event, platform);
	return seen === 'forbidden' ? [] : seen.map((rung) => rung['case_id'] as string);
}

async function rungsFor(database: Knex, user: string): Promise<string[]> {
	const each =
		dialectOf(database) === 'postgres'
			? 'json_array_elements_text(e.recipients) r(person)'
			: '(select value as person from json_each(e.recipients)) r';
	const rows = await rowsOf<{ id: string }>(
		database,
		`select e.id from doorstep_escalations e join doorstep_cases c on c.id = e.case_id
			where e.acknowledged_at is null and c.status in ('open', 'resolved')
				and exists (select 1 from ${each} where r.person = ?)
			order by e.raised_at desc limit ${MOST_RUNGS}`,
		[user],
	);
	return rows.map(({ id }) => id);
}
