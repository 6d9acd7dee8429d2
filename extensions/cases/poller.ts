import type { Platform } from '../platform/context.js';
import { installationOf } from '../platform/installation.js';
import { repeat } from '../platform/repeat.js';
import { sweep } from './sweep.js';

const DEFAULT_SECONDS = 30;

/** Seconds between sweeps (`DOORSTEP_SWEEP_SECONDS`); 0 leaves them to `POST /doorstep/sweep`. */
export function sweepSeconds(env: Platform['env']): number {
	const given = Number(env['DOORSTEP_SWEEP_SECONDS'] ?? DEFAULT_SECONDS);
	return Number.isFinite(given) && given >= 0 ? given : DEFAULT_SECONDS;
}

/** Every instance sweeps by itself: Directus's scheduler misses ticks, and two sweeps at once do no harm. */
export function startSweeping({ database, env, logger }: Platform): void {
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
}
