import { defineEndpoint } from '@directus/extensions-sdk';
import { version } from '../../package.json';
import { platformOf } from '../platform/context.js';
import { administratorOnly, handled, refusalTo, type AccountableRequest } from '../platform/http.js';
import { installationOf, type InstallationState } from '../platform/installation.js';
import { packagedSnapshot } from '../platform/shipped.js';
import { audit } from './audit.js';
import { healthDetails, healthOf } from './health.js';
import { sweep } from './sweep.js';

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
				const details = request.accountability?.admin === true ? await healthDetails(database, version) : {};
				response.status(status === 'ready' ? 200 : 503).json({ data: { status, ...details } });
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
	},
});
