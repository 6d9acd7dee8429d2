import { SOON_MS } from '../cases/lights.js';
import type { Dialect } from '../platform/dialect.js';
import { DAY_MS, endOfLocalDay, startOfLocalDay } from '../platform/local-time.js';
import type { Window } from '../platform/windows.js';

/** What stands in statements for the moment of the question, and for its period. Written as bindings, so that the databases take the times as they keep them. */
export interface Times {
	now: Date;
	soon: Date;
	from: Date;
	/** Not included. */
	to: Date;
}

export function timesOf(now: Date, { start, end }: Window): Times {
	const to = new Date(endOfLocalDay(end).getTime() + 1);
	return { now, soon: new Date(now.getTime() + SOON_MS.proxy), from: startOfLocalDay(start), to };
}

/** 24 hours, to be added to a timestamp. */
export const DAY_SQL: Readonly<Record<Dialect, string>> = {
	postgres: "interval '24 hours'",
	sqlite: String(DAY_MS),
};

/** How many milliseconds lie between two timestamps. */
export function millisecondsSql(dialect: Dialect, from: string, to: string): string {
	return dialect === 'postgres' ? `(extract(epoch from (${to} - ${from})) * 1000)` : `(${to} - ${from})`;
}

/** How many of the rising bounds a value has reached: the place of its bucket, from 0. */
export function bucketSql(dialect: Dialect, value: string, bounds: readonly string[]): string {
	if (bounds.length === 0) return '0';
	return dialect === 'postgres'
		? `width_bucket(${value}, array[${bounds.join(', ')}])`
		: `(${bounds.map((bound) => `(${value} >= ${bound})`).join(' + ')})`;
}

/** In which of the windows, which follow on one another, a timestamp of the period lies, from 0. */
export function windowSql(dialect: Dialect, at: string, windows: readonly Window[]): string {
	const starts = windows.slice(1).map(({ start }) => startOfLocalDay(start));
	return bucketSql(
		dialect,
		at,
		starts.map((start) => timeSql(dialect, start)),
	);
}

function timeSql(dialect: Dialect, at: Date): string {
	return dialect === 'postgres' ? `timestamptz '${at.toISOString()}'` : String(at.getTime());
}
