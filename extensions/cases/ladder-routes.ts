import type { Router } from 'express';
import { z } from 'zod';
import { databaseNow } from '../platform/clock.js';
import type { Platform } from '../platform/context.js';
import { localeOf } from '../platform/errors.js';
import { eventOf, handled, type AccountableRequest } from '../platform/http.js';
import type { InstallationState } from '../platform/installation.js';
import type { Snapshot } from '../platform/snapshot.js';
import { FIRST_YEAR, lastYear } from './calendar/years.js';
import { fillYear } from './calendar-years.js';
import { readChange } from './ladder-sent.js';
import { refused, type NotDone } from './outcome.js';
import { whatIf } from './what-if.js';
import { refusalOf } from './words.js';

/** What the ladder and its calendar answer to administrators: what saving a rule would do, and a year that is added. */
export function routeLadder(
	router: Router,
	platform: Platform,
	snapshot: Snapshot,
	administratorWhere: (request: AccountableRequest, ...states: InstallationState[]) => Promise<void>,
): void {
	const { database } = platform;
	const refuse = async (request: AccountableRequest, notDone: NotDone, collection: string): Promise<Error> =>
		refusalOf(notDone, collection, snapshot, await localeOf(database, request.accountability?.user));

	router.post(
		'/ladder/what-if',
		handled(platform, async (request, response) => {
			await administratorWhere(request, 'ready');
			const read = await readChange(request.body, await eventOf(platform, request), platform);
			if (!read.done) throw await refuse(request, read, 'doorstep_escalation_rules');
			const { as_of, ...counts } = await whatIf(database, read.change);
			response.json({ data: { ...counts, as_of: as_of.toISOString() } });
		}),
	);
	router.post(
		'/calendar/:year',
		handled(platform, async (request, response) => {
			await administratorWhere(request, 'ready');
			const last = lastYear(await databaseNow(database));
			const year = z
				.string()
				.regex(/^\d{4}$/)
				.transform(Number)
				.pipe(z.int().min(FIRST_YEAR).max(last))
				.safeParse(request.params['year']);
			if (!year.success)
				throw await refuse(request, refused('DOORSTEP_INVALID', 'year'), 'doorstep_calendar');
			response.json({ data: { year: year.data, added: await fillYear(database, year.data) } });
		}),
	);
}
