import { randomUUID } from 'node:crypto';
import type { Knex } from 'knex';
import { dialectOf } from '../platform/dialect.js';
import { moveLadderSql } from './ladder-sql.js';
import { daysOf, type Years } from './working-days.js';

const CALENDAR = 'doorstep_calendar';
/** So many rows go into one statement: on SQLite it is a union of rows, which may have 500 parts. */
const SLICE = 366;

/**
 * Adds the days of a year that the calendar lacks: weekends free, holidays and make-up days as far as they are announced. What
 * stands there is left alone, so that a second call adds nothing. Between the year and those that stand no gap is left, for working
 * days would be counted right across it.
 *
 * @returns how many days were added
 */
export async function fillYear(database: Knex, year: number): Promise<number> {
	return database.transaction(async (trx) => {
		const dialect = dialectOf(trx);
		// Readers go on; whoever turns a day waits, for it shifts the numbers that are counted here.
		if (dialect === 'postgres') await trx.raw(`lock table ${CALENDAR} in share row exclusive mode`);
		const missing = await missingDays(trx, year);
		if (missing.length === 0) return 0;
		for (let from = 0; from < missing.length; from += SLICE) {
			await trx(CALENDAR).insert(missing.slice(from, from + SLICE));
		}
		await trx.raw(COUNT_SQL);
		await trx.raw(moveLadderSql(dialect));
		return missing.length;
	});
}

async function missingDays(trx: Knex, year: number): Promise<object[]> {
	const stands = await trx(CALENDAR).min({ first: 'day' }).max({ last: 'day' }).first<Stands>();
	const years = yearsToFill(year, stands);
	const between = [`${String(years.first)}-01-01`, `${String(years.last)}-12-31`] as const;
	const standing = new Set(await trx(CALENDAR).whereBetween('day', between).pluck<string[]>('day'));
	return daysOf(years)
		.filter(({ day }) => !standing.has(day))
		.map(({ day, working, name }) => ({ id: randomUUID(), day, working, name, ordinal: UNCOUNTED }));
}

interface Stands {
	first: string | null;
	last: string | null;
}

/** From the nearest year that stands to the one asked for. */
function yearsToFill(year: number, { first, last }: Stands): Years {
	const oldest = Number((first ?? String(year)).slice(0, 4));
	const newest = Number((last ?? String(year)).slice(0, 4));
	return { first: Math.min(year, newest), last: Math.max(year, oldest) };
}

/** Tells the trigger of the calendar that the whole count follows in one statement; it counts each day that comes with a 0. */
const UNCOUNTED = -1;

const COUNT_SQL = `update ${CALENDAR} set ordinal = c.counted
	from (select day, sum(case when working then 1 else 0 end) over (order by day) as counted from ${CALENDAR}) c
	where c.day = ${CALENDAR}.day and ${CALENDAR}.ordinal <> c.counted`;
