import { defineEndpoint } from '@directus/extensions-sdk';
import { platformOf } from '../platform/context.js';
import { localeOf, refusal } from '../platform/errors.js';
import { administratorOnly, eventOf, handled, refusalTo } from '../platform/http.js';
import { installationOf } from '../platform/installation.js';
import { PLATFORM_REFUSALS } from '../platform/refusals.js';
import { packagedSnapshot } from '../platform/shipped.js';
import { fieldWords } from '../platform/snapshot.js';
import { eraseHousehold } from './erasure.js';

/** Where what is sent stands on screen under another name. */
const COLUMNS: Readonly<Record<string, string>> = { reason: 'erased_reason' };

export default defineEndpoint({
	id: 'doorstep',
	handler: (router, context) => {
		const platform = platformOf(context);
		const { database } = platform;
		const snapshot = packagedSnapshot();

		router.post(
			'/households/:id/erase',
			handled(platform, async (request, response) => {
				// First of all, so that nobody else learns which households there are.
				await administratorOnly(platform, request);
				if (installationOf(database).state !== 'ready')
					throw await refusalTo(platform, request, 'DOORSTEP_UNAVAILABLE');
				const event = await eventOf(platform, request);
				const outcome = await eraseHousehold(request.params['id'] ?? '', request.body, event, platform);
				if (outcome.done) {
					response.json({ data: outcome.erased });
					return;
				}
				const { code, field, args } = outcome;
				const locale = await localeOf(database, event.accountability?.user);
				const shown = field && fieldWords(snapshot, 'doorstep_households', COLUMNS[field] ?? field, locale);
				throw refusal(PLATFORM_REFUSALS, code, locale, {
					field,
					args: { ...args, ...(shown && { field: shown }) },
				});
			}),
		);
	},
});
