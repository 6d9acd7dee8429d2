import type { Knex } from 'knex';

/** Databases whose objects we know how to write. */
export type Dialect = 'sqlite' | 'postgres';

/** @throws Error where Directus runs on a database that Doorstep has no triggers for */
export function dialectOf(knex: Knex): Dialect {
	const name = (knex.client as { constructor: { name: string } }).constructor.name;
	if (name === 'Client_PG') return 'postgres';
	if (name === 'Client_SQLite3') return 'sqlite';
	throw new Error(`Doorstep needs PostgreSQL or SQLite, not ${name}`);
}

/** Rows of a raw statement, whichever way the driver wraps them. */
export async function rowsOf<Row>(
	knex: Knex,
	sql: string,
	bindings: readonly unknown[] | Record<string, unknown> = [],
): Promise<Row[]> {
	const result: unknown = await knex.raw(sql, bindings as Knex.ValueDict);
	return (Array.isArray(result) ? result : (result as { rows: unknown[] }).rows) as Row[];
}

/** A row as raw SQL writes it: Directus keeps timestamps as epoch milliseconds on SQLite; JSON is text in both. */
export function toRow(dialect: Dialect, row: object): Record<string, unknown> {
	return Object.fromEntries(Object.entries(row).map(([column, value]) => [column, toColumn(dialect, value)]));
}

function toColumn(dialect: Dialect, value: unknown): unknown {
	if (value instanceof Date) return dialect === 'sqlite' ? value.getTime() : value;
	if (typeof value === 'object' && value !== null) return JSON.stringify(value);
	return value;
}

/** A timestamp column as raw SQL reads it. */
export function toDate(value: unknown): Date {
	if (value instanceof Date) return value;
	if (typeof value === 'number' || typeof value === 'string') return new Date(value);
	throw new TypeError(`not a timestamp: ${String(value)}`);
}

export function toDateOrNull(value: unknown): Date | null {
	return value === null || value === undefined ? null : toDate(value);
}

/** A JSON column as raw SQL reads it: parsed on PostgreSQL, text on SQLite. */
export function fromJson(value: unknown): unknown {
	return typeof value === 'string' ? JSON.parse(value) : value;
}

/** SQL for a random UUID (version 4); SQLite has no function for one. */
export const UUID_SQL: Readonly<Record<Dialect, string>> = {
	postgres: 'gen_random_uuid()',
	sqlite: `lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-8'
		|| substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))`,
};

/** The same statement in the words of either database. */
export function inBoth(sql: (dialect: Dialect) => string): Record<Dialect, string> {
	return { postgres: sql('postgres'), sqlite: sql('sqlite') };
}
