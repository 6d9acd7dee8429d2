import type { Knex } from 'knex';
import { databaseNow } from '../platform/clock.js';
import type { Platform } from '../platform/context.js';
import { dialectOf, fromJson, rowsOf, toDate } from '../platform/dialect.js';
import { groupBy } from '../platform/group-by.js';
import { writeMeta } from '../platform/installation.js';
import { NAMED, noticeOf, type RaisedRung } from './notices.js';
import { notify } from './notify.js';
import { SWEEP_SQL } from './sweep-sql.js';

export interface SweepResult {
	/** Rungs raised by this sweep. */
	raised: number;
	as_of: Date;
}

/** Where the time of the last sweep is kept. */
export const LAST_SWEEP = 'last_sweep';

const DEFAULT_SECONDS = 30;
/**
 * A process that says nothing for so long in the middle of a sweep is taken to stand still (a frozen machine): PostgreSQL ends its
 * transaction. Otherwise nobody could raise the rungs of the cases that it holds, or take a step on them, until it goes on.
 */
const SILENT_MS = 10_000;
const CASES_AT_ONCE = 1000;

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

/** A rung as it comes out of the statement that raises it. */
interface Raised {
	case_id: string;
	name: string;
	/** Users who are told, as a JSON array. */
	recipients: string;
}

async function raiseRungs(trx: Knex, at: Date): Promise<Raised[]> {
	if (dialectOf(trx) === 'postgres') {
		await trx.raw(SWEEP_SQL.postgresSettings);
		return rowsOf<Raised>(trx, SWEEP_SQL.postgres, { now: at });
	}
	const now = at.getTime();
	const raised = await rowsOf<Raised>(trx, SWEEP_SQL.sqliteRaise, { now });
	await rowsOf(trx, SWEEP_SQL.sqliteMove, { now });
	return raised;
}

/** One notice a person and sweep, however many rungs downtime piled up. */
async function notifyOf(trx: Knex, raised: readonly Raised[], now: Date): Promise<void> {
	const byPerson = new Map<string, Raised[]>();
	for (const [recipients, rungs] of groupBy(raised, (rung) => rung.recipients)) {
		for (const person of fromJson(recipients) as string[]) {
			const told = byPerson.get(person) ?? [];
			for (const rung of rungs) told.push(rung);
			byPerson.set(person, told);
		}
	}
	const named = [...byPerson.values()].flatMap((rungs) => rungs.slice(0, NAMED));
	const cases = await namedCases(trx, [...new Set(named.map(({ case_id }) => case_id))]);
	await notify(trx, [...byPerson.keys()], now, (person, locale) => {
		const rungs = byPerson.get(person) ?? [];
		const shown = rungs.slice(0, NAMED).flatMap(({ case_id, name }) => {
			const about = cases.get(case_id);
			return about === undefined ? [] : [{ ...about, name }];
		});
		return noticeOf(shown, locale, rungs.length);
	});
}

/** What notices say of cases, looked up for those that they name: a sweep may raise rungs of ten thousand. */
async function namedCases(trx: Knex, ids: readonly string[]): Promise<Map<string, Omit<RaisedRung, 'name'>>> {
	const cases = new Map<string, Omit<RaisedRung, 'name'>>();
	for (let from = 0; from < ids.length; from += CASES_AT_ONCE) {
		const rows = await trx('doorstep_cases')
			.whereIn('id', ids.slice(from, from + CASES_AT_ONCE))
			.select<CaseRow[]>('id', 'number', 'title', 'due_at');
		for (const { id, number, title, due_at } of rows)
			cases.set(id, { caseId: id, number, title, dueAt: toDate(due_at) });
	}
	return cases;
}

interface CaseRow {
	id: string;
	number: string;
	title: string;
	due_at: unknown;
}
