import type { Knex } from 'knex';
import type { Platform } from '../platform/context.js';
import { dialectOf } from '../platform/dialect.js';
import { installationOf, readMeta, type InstallationState } from '../platform/installation.js';
import { databaseNow } from '../platform/clock.js';
import { sweepSeconds } from './poller.js';
import { LAST_SWEEP } from './sweep.js';

/** What `GET /doorstep/health` says; `ready` alone is healthy. */
export type HealthStatus = InstallationState | 'seeding' | 'sweep_overdue';

export interface HealthDetails {
	version: string;
	database: string;
	faults: string[];
	last_sweep: string | null;
	/** Rungs that are due and not raised yet, by cases. */
	backlog: number;
}

/** Set when the demo township is whole. */
export const SEEDED = 'seeded';

/** So many rounds of the poller may be missed, and so long a start may take, before the sweep counts as overdue. */
const ROUNDS_MISSED = 5;
const GRACE_MS = 3 * 60_000;

export async function healthOf(platform: Platform): Promise<HealthStatus> {
	const { database, env } = platform;
	const { state, startedAt } = installationOf(database);
	if (state !== 'ready') return state;
	if (isDemo(env) && (await readMeta(database, SEEDED)) === undefined) return 'seeding';
	const seconds = sweepSeconds(env);
	if (seconds === 0 || Date.now() - startedAt.getTime() < GRACE_MS) return 'ready';
	const last = await readMeta(database, LAST_SWEEP);
	const since = (await databaseNow(database)).getTime() - (last === undefined ? 0 : Date.parse(last));
	return since > seconds * 1000 * ROUNDS_MISSED + GRACE_MS ? 'sweep_overdue' : 'ready';
}

export async function healthDetails(database: Knex, version: string): Promise<HealthDetails> {
	const { state, faults } = installationOf(database);
	const plain = { version, database: dialectOf(database), faults };
	if (state !== 'ready') return { ...plain, last_sweep: null, backlog: 0 };
	const now = await databaseNow(database);
	const due = await database('doorstep_cases')
		.where('next_rung_at', '<=', dialectOf(database) === 'sqlite' ? now.getTime() : now)
		.count<{ n: number | string }[]>({ n: '*' });
	return {
		...plain,
		last_sweep: (await readMeta(database, LAST_SWEEP)) ?? null,
		backlog: Number(due[0]?.n ?? 0),
	};
}

/** Whether `npm start` was told to fill the township. */
function isDemo(env: Platform['env']): boolean {
	return env['DOORSTEP_SEED'] === 'demo' || env['DOORSTEP_SEED'] === 'small';
}
