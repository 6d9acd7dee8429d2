import type { Platform } from '../platform/context.js';
import { installationOf } from '../platform/installation.js';
import { repeat } from '../platform/repeat.js';
import { packagedSnapshot } from '../platform/shipped.js';
import { sweep, sweepSeconds } from './sweep.js';
import { watchOf } from './watch.js';

/** Every instance sweeps by itself: Directus's scheduler misses ticks, and two sweeps at once do no harm. It watches the platform too. */
export function startSweeping(platform: Platform): void {
	const { database, env, logger } = platform;
	const seconds = sweepSeconds(env);
	if (seconds === 0) return;
	repeat(
		seconds,
		async () => {
			if (installationOf(database).state === 'ready') await sweep(database);
		},
		(error) => {
			logger.error(error, 'Doorstep: a sweep failed; the next one makes up for it');
		},
	);
	// Apart from it, so that a sweep that hangs is told of too.
	repeat(seconds, watchOf(platform, packagedSnapshot()), (error) => {
		logger.error(error, 'Doorstep could not look after the platform');
	});
}
