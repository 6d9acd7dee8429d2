import type { Knex } from 'knex';
import { databaseNow } from '../platform/clock.js';
import type { Platform } from '../platform/context.js';
import { dialectOf, fromJson, rowsOf, toDate } from '../platform/dialect.js';
import { writeMeta } from '../platform/installation.js';
import { noticeOf, type RaisedRung } from './notices.js';
import { notify } from './notify.js';
import { SWEEP_SQL } from './sweep-sql.js';

export interface SweepResult {
	/** Rungs raised by this sweep. */
	raised: number;
	as_of: Date;
}

type Row = Record<string, unknown>;

/** Where the time of the last sweep is kept. */
export const LAST_SWEEP = 'last_sweep';

const DEFAULT_SECONDS = 30;
/**
 * A process that says nothing for so long in the middle of a sweep is taken to stand still (a frozen machine): PostgreSQL ends its
 * transaction. Otherwise nobody could raise the rungs of the cases that it holds, or take a step on them, until it goes on.
 */
const SILENT_MS = 10_000;

/** Seconds between sweeps (`DOORSTEP_SWEEP_SECONDS`); 0 leaves them to `POST /doorstep/sweep`. */
export function sweepSeconds(env: Platform['env']): number {
	const given = Number(env['DOORSTEP_SWEEP_SECONDS'] ?? DEFAULT_SECONDS);
	return Number.isFinite(given) && given >= 0 ? given : DEFAULT_SECONDS;
}

/**
 * Raises every rung that is due (idea 2): rungs, the cases' next times and the notices stand or fall together. It can be killed,
 * doubled, delayed for days or run again: a rung is raised once for a case and cycle, with the time at which it was due.
 */
export async function sweep(database: Knex): Promise<SweepResult> {
	const result = await database.transaction(async (trx) => {
		if (dialectOf(trx) === 'postgres')
			await trx.raw(`set local idle_in_transaction_session_timeout = ${SILENT_MS}`);
		const now = await databaseNow(trx);
		const raised = await raiseRungs(trx, now);
		await notifyOf(trx, raised, now);
		return { raised: raised.length, as_of: now };
	});
	await writeMeta(database, LAST_SWEEP, result.as_of.toISOString());
	return result;
}

async function raiseRungs(trx: Knex, at: Date): Promise<RaisedRung[]> {
	if (dialectOf(trx) === 'postgres') {
		await trx.raw(SWEEP_SQL.postgresSettings);
		return (await rowsOf<Row>(trx, SWEEP_SQL.postgres, { now: at })).map(raisedRung);
	}
	const now = at.getTime();
	const raised = await rowsOf<Row>(trx, SWEEP_SQL.sqliteRaise, { now });
	await rowsOf(trx, SWEEP_SQL.sqliteMove, { now });
	return raised.map(raisedRung);
}

function raisedRung(row: Row): RaisedRung {
	return {
		caseId: row['case_id'] as string,
		name: row['name'] as string,
		number: row['number'] as string,
		title: row['title'] as string,
		dueAt: toDate(row['due_at']),
		recipients: fromJson(row['recipients']) as string[],
	};
}

/** One notice a person and sweep, however many rungs downtime piled up. */
async function notifyOf(trx: Knex, raised: readonly RaisedRung[], now: Date): Promise<void> {
	const byPerson = new Map<string, RaisedRung[]>();
	for (const rung of raised) {
		for (const person of rung.recipients) {
			const rungs = byPerson.get(person) ?? [];
			rungs.push(rung);
			byPerson.set(person, rungs);
		}
	}
	await notify(trx, [...byPerson.keys()], now, (person, locale) =>
		noticeOf(byPerson.get(person) ?? [], locale),
	);
}
