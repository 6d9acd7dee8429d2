import type { Knex } from 'knex';
import { defineEndpoint } from '@directus/extensions-sdk';
import { databaseNow } from '../../extensions/platform/clock.js';
import { platformOf } from '../../extensions/platform/context.js';
import { administratorOnly, handled, refusalTo } from '../../extensions/platform/http.js';
import { installationOf, writeMeta } from '../../extensions/platform/installation.js';
import { SEEDED } from '../../extensions/cases/health.js';
import { sweep } from '../../extensions/cases/sweep.js';
import { calendarDays } from '../provision/calendar.js';
import { buildCases } from './cases.js';
import { buildTownship } from './township.js';
import { holdsData, writeDemo } from './write.js';
import type { Size } from './rows.js';

/**
 * `POST /doorstep/seed`: households, cases and steps of the demo township, written by SQL in this process into a database that has
 * none; then a sweep raises what is due. There only where Directus was started with `DOORSTEP_SEED`.
 */
export default defineEndpoint({
	id: 'doorstep',
	handler: (router, context) => {
		const platform = platformOf(context);
		const { database, env } = platform;
		const size = env['DOORSTEP_SEED'];
		if (size !== 'demo' && size !== 'small') return;

		router.post(
			'/seed',
			handled(platform, async (request, response) => {
				await administratorOnly(platform, request);
				if (installationOf(database).state !== 'ready')
					throw await refusalTo(platform, request, 'DOORSTEP_UNAVAILABLE');
				const written = (await holdsData(database))
					? { households: 0, cases: 0, steps: 0 }
					: await fill(database, size);
				await sweep(database);
				await writeMeta(database, SEEDED, size);
				response.json({ data: written });
			}),
		);
	},
});

async function fill(
	database: Knex,
	size: Size,
): Promise<{ households: number; cases: number; steps: number }> {
	const township = buildTownship(size);
	const histories = buildCases(township, await databaseNow(database), calendarDays());
	await writeDemo(database, township, histories);
	return {
		households: township.households.length,
		cases: histories.cases.length,
		steps: histories.steps.length,
	};
}
