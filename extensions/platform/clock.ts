import type { Knex } from 'knex';
import { dialectOf, rowsOf, toDate } from './dialect.js';

/** SQL that reads the clock into a row. */
export const CLOCK_SQL = {
	postgres: 'clock_timestamp()',
	sqlite: "strftime('%Y-%m-%dT%H:%M:%fZ', 'now')",
} as const;

/** The database's clock, to the millisecond; the one clock that receipts, steps and sweeps go by. */
export async function databaseNow(knex: Knex): Promise<Date> {
	const [row] = await rowsOf<{ now: unknown }>(knex, `select ${CLOCK_SQL[dialectOf(knex)]} as now`);
	return toDate(row?.now);
}

/** SQL for the same clock inside statements and triggers. */
export const NOW_SQL = {
	postgres: "date_trunc('milliseconds', clock_timestamp())",
	sqlite: "cast((julianday('now') - 2440587.5) * 86400000 as integer)",
} as const;
