import type { Knex } from 'knex';
import { dialectOf, toRow } from './dialect.js';

/** SQLite takes no more than 500 rows in a statement, nor more than 32,766 values. */
const ROWS_A_STATEMENT = 200;

/**
 * Inserts rows of equal columns, many in a statement: each statement is waited for, and a sweep tells hundreds of people.
 *
 * @example await insertMany(trx, 'doorstep_cases', cases)
 * @returns of each row the columns asked for, in no order that could be relied on
 */
export async function insertMany<Returned extends object = never>(
	knex: Knex,
	table: string,
	rows: readonly object[],
	returning: readonly (keyof Returned & string)[] = [],
): Promise<Returned[]> {
	const returned: Returned[] = [];
	for (let from = 0; from < rows.length; from += ROWS_A_STATEMENT) {
		const slice = rows.slice(from, from + ROWS_A_STATEMENT).map((row) => toRow(dialectOf(knex), row));
		const inserted = knex(table).insert(slice);
		if (returning.length === 0) await inserted;
		else returned.push(...((await inserted.returning(returning)) as Returned[]));
	}
	return returned;
}
