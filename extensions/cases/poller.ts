import type { Platform } from '../platform/context.js';
import { installationOf } from '../platform/installation.js';
import { repeat } from '../platform/repeat.js';
import { packagedSnapshot } from '../platform/shipped.js';
import { auditHours, auditRoutine } from './audit-routine.js';
import { sweep, sweepSeconds } from './sweep.js';
import { watchOf, watchSeconds } from './watch.js';

/** How often it is looked whether it is time for an audit: at most once a minute, where audits are hours apart. */
const AUDIT_LOOKS_AN_INTERVAL = 60;

/**
 * Every instance sweeps by itself: Directus's scheduler misses ticks, and two sweeps at once do no harm. It watches the platform too,
 * apart from the sweep: one that hangs is told of, and where sweeping is left to others the rest is told all the same.
 */
export function startSweeping(platform: Platform): void {
	startSweep(platform);
	startWatch(platform);
	startAudits(platform);
}

function startSweep({ database, env, logger }: Platform): void {
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

function startWatch(platform: Platform): void {
	const { env, logger } = platform;
	const seconds = watchSeconds(env);
	if (seconds === 0) return;
	repeat(seconds, watchOf(platform, packagedSnapshot()), (error) => {
		logger.error(error, 'Doorstep could not look after the platform');
	});
}

function startAudits(platform: Platform): void {
	const { env, logger } = platform;
	const hours = auditHours(env);
	if (hours === 0) return;
	const seconds = (hours * 3600) / AUDIT_LOOKS_AN_INTERVAL;
	repeat(seconds, auditRoutine(platform, packagedSnapshot()), (error) => {
		logger.error(error, 'Doorstep could not audit its cases; it tries again');
	});
}
