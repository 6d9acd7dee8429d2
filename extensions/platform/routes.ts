import { defineEndpoint } from '@directus/extensions-sdk';
import { rowsToShip } from '../../seed/provision/rows.js';
import { platformOf } from './context.js';
import { installationOf } from './installation.js';
import { provision } from './provision.js';
import { administratorOnly, handled } from './http.js';
import { packagedSnapshot } from './shipped.js';

/** `POST /doorstep/provision`: installs or upgrades; administrators only. */
export default defineEndpoint({
	id: 'doorstep',
	handler: (router, context) => {
		const platform = platformOf(context);
		const snapshot = packagedSnapshot();
		let running = Promise.resolve<unknown>(undefined);

		router.post(
			'/provision',
			handled(platform, async (request, response) => {
				await administratorOnly(platform, request);
				// One after the other: two at once would both find the same things missing.
				const mine = running.then(() => provision(platform, snapshot, rowsToShip));
				running = mine.catch(() => undefined);
				const result = await mine;
				const { faults } = installationOf(platform.database);
				response.status(result.state === 'ready' ? 200 : 503).json({ data: { ...result, faults } });
			}),
		);
	},
});
