import { databaseNow } from '../platform/clock.js';
import type { Platform } from '../platform/context.js';
import { installationOf, readMeta, writeMeta } from '../platform/installation.js';
import { rowsOf } from '../platform/dialect.js';
import type { Snapshot } from '../platform/snapshot.js';
import { audit, type AuditReport, type NotedHead } from './audit.js';
import type { Fault } from './audit-rules.js';

/** How the last audit that ran by itself ended. */
export interface LastAudit {
	ok: boolean;
	head: string;
	/** ISO. */
	as_of: string;
	/** At most `FAULTS_KEPT`. */
	faults: Fault[];
}

const LAST_AUDIT = 'last_audit';
const AUDIT_BEGAN = 'audit_began';
const DEFAULT_HOURS = 24;
const HOUR_MS = 3_600_000;
const FAULTS_KEPT = 10;

/** Hours between two audits (`DOORSTEP_AUDIT_HOURS`); 0 leaves them to `GET /doorstep/audit`. */
export function auditHours(env: Platform['env']): number {
	const given = Number(env['DOORSTEP_AUDIT_HOURS'] ?? DEFAULT_HOURS);
	return Number.isFinite(given) && given >= 0 ? given : DEFAULT_HOURS;
}

/**
 * Gives a task that audits when the last audit was so many hours ago, whichever instance made it. Head and time go to the log: there,
 * and in this process's memory, the database's owner does not reach them, so that an older database put in its place is noticed.
 */
export function auditRoutine(platform: Platform, snapshot: Snapshot): () => Promise<void> {
	const { database, env, logger } = platform;
	let noted: NotedHead | undefined;
	return async () => {
		if (installationOf(database).state !== 'ready') return;
		if (!(await isMine(platform, auditHours(env) * HOUR_MS))) return;
		const report = await audit(database, snapshot, noted).catch(async (error: unknown) => {
			// So that the next look tries again, and not the one after the whole interval.
			await database('doorstep_meta').where({ key: AUDIT_BEGAN }).delete();
			throw error;
		});
		const { ok, cases, steps, head, as_of } = report;
		const faults = report.faults.slice(0, FAULTS_KEPT);
		const last: LastAudit = { ok, head, as_of: as_of.toISOString(), faults };
		await writeMeta(database, LAST_AUDIT, JSON.stringify(last));
		const line = `Doorstep audit: ${String(cases)} cases, ${String(steps)} steps, head ${head} as of ${last.as_of}`;
		if (ok) logger.info(line);
		else logger.error(`${line}; faults: ${faultsInWords(report)}`);
		// What was found stays a fault: a head that replaced the one before would make it look right the next time. And a long
		// transaction of somebody's moves `as_of` back: the head that reaches further is the better one.
		if (ok && (noted === undefined || as_of > noted.as_of)) noted = { head, as_of };
	};
}

export async function lastAudit({ database }: Pick<Platform, 'database'>): Promise<LastAudit | null> {
	const value = await readMeta(database, LAST_AUDIT);
	return value === undefined ? null : (JSON.parse(value) as LastAudit);
}

/** @example faultsInWords({ faults: [{ code: 'hash_wrong', number: '2026-000001', seq: 2 }] }) // 'hash_wrong 2026-000001 2' */
export function faultsInWords({ faults }: Pick<AuditReport, 'faults'>): string {
	return faults
		.slice(0, FAULTS_KEPT)
		.map(({ code, case: id, number = id, seq, what }) =>
			[code, number, seq, what].filter((part) => part !== undefined).join(' '),
		)
		.join('; ');
}

/** Of several instances that find it is time, the others find that one has begun. ISO times sort as text. */
async function isMine({ database }: Platform, everyMs: number): Promise<boolean> {
	const now = await databaseNow(database);
	const mine = await rowsOf(
		database,
		`insert into doorstep_meta (key, value) values (?, ?)
			on conflict (key) do update set value = excluded.value where doorstep_meta.value <= ? returning key`,
		[AUDIT_BEGAN, now.toISOString(), new Date(now.getTime() - everyMs).toISOString()],
	);
	return mine.length > 0;
}
