import { isDirectusError } from '@directus/errors';
import type { Knex } from 'knex';
import type { EventContext, Platform } from '../platform/context.js';
import { dialectOf, rowsOf } from '../platform/dialect.js';
import { installationOf } from '../platform/installation.js';
import { LISTED, WAITING, type Filter } from './lists.js';

/** What waits for somebody: the number on the studio's module bar. */
export interface Waiting {
	cases: number;
	/** Rungs that they received and have not acknowledged, of cases in hand. */
	escalations: number;
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
	const cases = await countSeen(LISTED, waitingFilter(user), event, platform);
	const rungs = await rungsFor(database, user);
	const escalations =
		rungs.length === 0 ? 0 : await countSeen('doorstep_escalations', { id: { _in: rungs } }, event, platform);
	return { cases, escalations, count: cases + escalations };
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
	{ database, schema, accountability }: EventContext,
	platform: Platform,
): Promise<number> {
	const service = new platform.services.ItemsService(collection, {
		knex: database,
		schema: schema ?? (await platform.getSchema()),
		accountability,
	});
	try {
		const [row] = await service.readByQuery({ aggregate: { countDistinct: ['id'] }, filter });
		return Number((row?.['countDistinct'] as { id?: number | string } | undefined)?.id ?? 0);
	} catch (error) {
		if (isDirectusError(error, 'FORBIDDEN')) return 0;
		throw error;
	}
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
