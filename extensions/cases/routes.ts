import { defineEndpoint } from '@directus/extensions-sdk';
import { z } from 'zod';
import { version } from '../../package.json';
import { platformOf } from '../platform/context.js';
import { administratorOnly, eventOf, handled, refusalTo, type AccountableRequest } from '../platform/http.js';
import { installationOf, type InstallationState } from '../platform/installation.js';
import { localeOf, refusal } from '../platform/errors.js';
import { PLATFORM_REFUSALS } from '../platform/refusals.js';
import { packagedSnapshot } from '../platform/shipped.js';
import { audit } from './audit.js';
import { healthDetails, healthOf } from './health.js';
import { routeLadder } from './ladder-routes.js';
import { MOST_CASES, possibleFor } from './possible.js';
import { sweep } from './sweep.js';
import { waitingFor } from './waiting.js';

export default defineEndpoint({
	id: 'doorstep',
	handler: (router, context) => {
		const platform = platformOf(context);
		const { database } = platform;
		const snapshot = packagedSnapshot();

		const administratorWhere = async (
			request: AccountableRequest,
			...states: InstallationState[]
		): Promise<void> => {
			await administratorOnly(platform, request);
			if (!states.includes(installationOf(database).state)) {
				throw await refusalTo(platform, request, 'DOORSTEP_UNAVAILABLE');
			}
		};

		router.get(
			'/health',
			handled(platform, async (request, response) => {
				const status = await healthOf(platform);
				const details = request.accountability?.admin === true ? await healthDetails(platform, version) : {};
				response.status(status === 'ready' ? 200 : 503).json({ data: { status, ...details } });
			}),
		);
		router.get(
			'/cases/possible',
			handled(platform, async (request, response) => {
				const ids = z.array(z.uuid()).min(1).max(MOST_CASES).safeParse(idsIn(request.query['ids']));
				if (!ids.success) {
					const locale = await localeOf(database, request.accountability?.user);
					throw refusal(PLATFORM_REFUSALS, 'DOORSTEP_INVALID', locale, { field: 'ids' });
				}
				response.json({ data: await possibleFor(ids.data, await eventOf(platform, request), platform) });
			}),
		);
		router.get(
			'/waiting',
			handled(platform, async (request, response) => {
				if (!request.accountability?.user) throw await refusalTo(platform, request, 'DOORSTEP_LOG_IN');
				response.json({ data: await waitingFor(await eventOf(platform, request), platform) });
			}),
		);
		router.post(
			'/sweep',
			handled(platform, async (request, response) => {
				await administratorWhere(request, 'ready');
				const { raised, as_of } = await sweep(database);
				response.json({ data: { raised, as_of: as_of.toISOString() } });
			}),
		);
		router.get(
			'/audit',
			handled(platform, async (request, response) => {
				await administratorWhere(request, 'ready', 'broken');
				response.json({ data: await audit(database, snapshot) });
			}),
		);
		routeLadder(router, platform, snapshot, administratorWhere);
	},
});

/** Ids separated by commas, as a query carries them. */
function idsIn(given: unknown): string[] {
	return typeof given === 'string' ? given.split(',') : [];
}
