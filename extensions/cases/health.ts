import type { RequestHandler } from 'express';
import type { Platform } from '../platform/context.js';
import { dialectOf } from '../platform/dialect.js';
import { installationOf, readMeta, type InstallationState } from '../platform/installation.js';
import { databaseNow } from '../platform/clock.js';
import { mailSeconds, mailSetUp } from '../platform/mail.js';
import { unsentMail } from '../platform/outbox.js';
import { activityDays } from '../platform/retention.js';
import { lastAudit, type LastAudit } from './audit-routine.js';
import { LAST_SWEEP, sweepSeconds } from './sweep.js';

/** What `GET /doorstep/health` says; `ready` alone is healthy. */
export type HealthStatus = InstallationState | 'seeding' | 'sweep_overdue' | 'database_unavailable';

export interface HealthDetails {
	version: string;
	database: string;
	faults: string[];
	last_sweep: string | null;
	/** The last audit that ran by itself; keep its head where the database does not reach. */
	last_audit: LastAudit | null;
	/** Rungs that are due and not raised yet, by cases. */
	backlog: number;
	/** Whether mail is sent: `not_set_up` also where it was turned off. */
	mail: 'set_up' | 'not_set_up';
	/** Mails that wait in the outbox. */
	unsent_mail: number;
	/** For how many days traces of reading are kept; null: for ever. */
	activity_days: number | null;
}

/** Set when the demo township is whole. */
export const SEEDED = 'seeded';

/** So many rounds of the poller may be missed, and so long getting ready may take, before the sweep counts as overdue. */
const ROUNDS_MISSED = 5;
const GRACE_MS = 3 * 60_000;

export async function healthOf(platform: Platform): Promise<HealthStatus> {
	const { database, env } = platform;
	const { state } = installationOf(database);
	if (state !== 'ready') return state;
	if (isDemo(env) && (await readMeta(database, SEEDED)) === undefined) return 'seeding';
	return (await sweepIsOverdue(platform)) === true ? 'sweep_overdue' : 'ready';
}

/**
 * Answers for the route while there is no database, and else lets the request through. It stands before all that Directus does with a
 * request, for there Directus itself asks the database who it is that asks, and fails.
 */
export function answerWithoutDatabase({ database, logger }: Platform): RequestHandler {
	return (_request, response, next) => {
		databaseNow(database).then(
			() => next(),
			(error: unknown) => {
				logger.error(error, 'Doorstep: the database cannot be asked');
				const status: HealthStatus = 'database_unavailable';
				response.status(503).json({ data: { status } });
			},
		);
	};
}

/** Undefined while it cannot be told: sweeping is left to others, or has only just become possible. */
export async function sweepIsOverdue({ database, env }: Platform): Promise<boolean | undefined> {
	const seconds = sweepSeconds(env);
	const { readySince } = installationOf(database);
	if (seconds === 0 || readySince === null) return undefined;
	const last = await readMeta(database, LAST_SWEEP);
	const now = await databaseNow(database);
	return isOverdue(seconds, {
		readyForMs: Date.now() - readySince.getTime(),
		sinceSweepMs: now.getTime() - (last === undefined ? 0 : Date.parse(last)),
	});
}

/**
 * Whether a sweep every so many seconds should have been seen by now; undefined in the first minutes of being ready.
 *
 * @example isOverdue(30, { readyForMs: 3_600_000, sinceSweepMs: 400_000 }) // true
 */
export function isOverdue(
	seconds: number,
	{ readyForMs, sinceSweepMs }: { readyForMs: number; sinceSweepMs: number },
): boolean | undefined {
	if (sinceSweepMs <= seconds * 1000 * ROUNDS_MISSED + GRACE_MS) return false;
	return readyForMs < GRACE_MS ? undefined : true;
}

export async function healthDetails(platform: Platform, version: string): Promise<HealthDetails> {
	const { database, env } = platform;
	const { state, faults } = installationOf(database);
	const mail = mailSeconds(env) > 0 && mailSetUp(env) ? ('set_up' as const) : ('not_set_up' as const);
	const plain = { version, database: dialectOf(database), faults, mail, activity_days: activityDays(env) };
	if (state !== 'ready') return { ...plain, last_sweep: null, last_audit: null, backlog: 0, unsent_mail: 0 };
	const now = await databaseNow(database);
	const due = await database('doorstep_cases')
		.where('next_rung_at', '<=', dialectOf(database) === 'sqlite' ? now.getTime() : now)
		.count<{ n: number | string }[]>({ n: '*' });
	return {
		...plain,
		last_sweep: (await readMeta(database, LAST_SWEEP)) ?? null,
		last_audit: await lastAudit(platform),
		backlog: Number(due[0]?.n ?? 0),
		unsent_mail: await unsentMail(database),
	};
}

/** Whether `npm start` was told to fill the township. */
function isDemo(env: Platform['env']): boolean {
	return env['DOORSTEP_SEED'] === 'demo' || env['DOORSTEP_SEED'] === 'small';
}
