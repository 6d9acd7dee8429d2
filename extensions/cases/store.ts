import type { Knex } from 'knex';
import { dialectOf, rowsOf, toDate, toDateOrNull, toRow } from '../platform/dialect.js';
import { addDays, localDateOf } from '../platform/local-time.js';
import { STATE_COLUMNS, type LinkedStep } from './chain.js';
import type { CalendarDay, Limit, ServiceLimit } from './deadlines.js';
import { memoryOf } from './memory.js';
import type { CadreId, CaseState } from './terms.js';

/** A case as the rules see it, with the end of its chain. */
export interface StoredCase {
	id: string;
	number: string;
	title: string;
	household: string;
	/** Who answered for the household when the case last followed it. */
	cadre: CadreId;
	service: string | null;
	about: CadreId | null;
	/** Receipt, or the earlier time at which the household raised it. */
	start: Date;
	seq: number;
	headHash: string;
	state: CaseState;
}

/** Somebody else is changing the case, and waiting for them could end in a deadlock. */
export const BUSY = Symbol('busy');

/**
 * Reads a case and locks it for this transaction. One lock order for the whole platform: a transaction waits only for cases with
 * higher ids than it holds; for any other it does not wait but gives up (`BUSY`), so no two can wait for each other.
 */
export async function lockCase(trx: Knex, id: string): Promise<StoredCase | undefined | typeof BUSY> {
	const query = trx('doorstep_cases').where({ id });
	const memory = memoryOf(trx);
	const mayWait = memory.highestLocked === undefined || id >= memory.highestLocked;
	if (dialectOf(trx) === 'postgres') query.forNoKeyUpdate();
	if (dialectOf(trx) === 'postgres' && !mayWait) query.skipLocked();
	const row = await query.first<Record<string, unknown> | undefined>();
	if (row === undefined) {
		if (mayWait) return undefined;
		return (await trx('doorstep_cases').where({ id }).first<object | undefined>('id')) ? BUSY : undefined;
	}
	if (mayWait) memory.highestLocked = id;
	return storedCase(row);
}

/** Cases as they stand, unlocked, by rising id. */
export async function casesById(knex: Knex, ids: readonly string[]): Promise<StoredCase[]> {
	const rows = await knex('doorstep_cases')
		.whereIn('id', ids)
		.orderBy('id')
		.select<Record<string, unknown>[]>('*');
	return rows.map(storedCase);
}

/** Locks several cases in the one order; a change of many would take them in the order in which they were sent. */
export async function lockCases(trx: Knex, ids: readonly string[]): Promise<typeof BUSY | undefined> {
	for (const id of [...ids].sort()) if ((await lockCase(trx, id)) === BUSY) return BUSY;
	return undefined;
}

function storedCase(row: Record<string, unknown>): StoredCase {
	return {
		id: row['id'] as string,
		number: row['number'] as string,
		title: row['title'] as string,
		household: row['household'] as string,
		cadre: row['cadre'] as string,
		service: row['service'] as string | null,
		about: row['about_cadre'] as CadreId | null,
		start: earlierOf(toDate(row['received_at']), toDateOrNull(row['happened_at'])),
		seq: row['seq'] as number,
		headHash: row['head_hash'] as string,
		state: stateOf(row),
	};
}

/** When a case's limits begin to count. */
export function earlierOf(receivedAt: Date, happenedAt: Date | null): Date {
	return happenedAt !== null && happenedAt < receivedAt ? happenedAt : receivedAt;
}

/** The state columns of a case or step row, as raw SQL reads them. */
export function stateOf(row: Record<string, unknown>): CaseState {
	const state: Record<string, unknown> = {};
	for (const column of STATE_COLUMNS) {
		state[column] = TIMES.has(column) ? toDateOrNull(row[column]) : (row[column] ?? null);
	}
	return state as unknown as CaseState;
}

const TIMES: ReadonlySet<string> = new Set([
	'due_at',
	'first_due_at',
	'clock_from',
	'taken_at',
	'decided_at',
	'resolved_at',
	'told_at',
	'closed_at',
	'breached_at',
]);

export interface ServiceOfCase extends ServiceLimit {
	in_charge: CadreId | null;
}

/** The calendar as far as a limit from `start` can reach: holidays at most double and a bit the days that it takes. */
export async function calendarFor(trx: Knex, start: Date, limit: Limit): Promise<CalendarDay[]> {
	if (limit.unit !== 'working_days') return [];
	const from = localDateOf(start);
	const rows = await trx('doorstep_calendar')
		.whereBetween('day', [from, addDays(from, limit.amount * 2 + 30)])
		.orderBy('day')
		.select<{ day: string; working: unknown; ordinal: number }[]>('day', 'working', 'ordinal');
	return rows.map((row) => ({ ...row, working: Boolean(row.working) }));
}

/**
 * The next number of a year, `2026-000001`, without gaps: the counter's row is locked until this transaction ends. Behind a case
 * that is already held the counter is not waited for (see `lockCase`).
 */
export async function nextNumber(trx: Knex, year: number): Promise<string | typeof BUSY> {
	if (dialectOf(trx) === 'postgres' && memoryOf(trx).highestLocked !== undefined) {
		await trx('doorstep_counters').insert({ year, n: 0 }).onConflict('year').ignore();
		const free = await trx('doorstep_counters')
			.where({ year })
			.forUpdate()
			.skipLocked()
			.first<object | undefined>('year');
		if (free === undefined) return BUSY;
	}
	const [row] = await rowsOf<{ n: number }>(
		trx,
		'insert into doorstep_counters (year, n) values (?, 1) on conflict (year) do update set n = doorstep_counters.n + 1 returning n',
		[year],
	);
	return `${String(year)}-${String(row?.n ?? 0).padStart(6, '0')}`;
}

/** Writes the first step ahead of its case: the foreign key is checked when the transaction ends, the case's trigger asks for the step. */
export async function insertRecordStep(trx: Knex, step: LinkedStep): Promise<void> {
	const dialect = dialectOf(trx);
	if (dialect === 'sqlite') await trx.raw('pragma defer_foreign_keys = on');
	await trx('doorstep_case_steps').insert(toRow(dialect, step));
}

/** @returns the statuses of cases by id */
export async function statusesOf(knex: Knex, ids: readonly string[]): Promise<string[]> {
	const rows = await knex('doorstep_cases').whereIn('id', ids).select<{ status: string }[]>('status');
	return rows.map((row) => row.status);
}
