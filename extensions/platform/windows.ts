import { addDays, DAY_MS, type LocalDate } from './local-time.js';

/** Calendar windows by which work is counted (L3-L5): 1st-15th and 16th to the end, weeks from Monday, months. */
export const RHYTHMS = ['month', 'half_month', 'week'] as const;
export type Rhythm = (typeof RHYTHMS)[number];

/** First and last local day, both inclusive. */
export interface Window {
	start: LocalDate;
	end: LocalDate;
}

/**
 * The window that holds `day`.
 *
 * @example windowOf('half_month', '2028-02-20') // { start: '2028-02-16', end: '2028-02-29' }
 * @example windowOf('week', '2026-11-25') // { start: '2026-11-23', end: '2026-11-29' }
 */
export function windowOf(rhythm: Rhythm, day: LocalDate): Window {
	const month = day.slice(0, 8);
	switch (rhythm) {
		case 'month':
			return { start: `${month}01`, end: lastOfMonth(day) };
		case 'half_month':
			return day < `${month}16`
				? { start: `${month}01`, end: `${month}15` }
				: { start: `${month}16`, end: lastOfMonth(day) };
		case 'week': {
			const start = addDays(day, -((new Date(`${day}T00:00:00.000Z`).getUTCDay() + 6) % 7));
			return { start, end: addDays(start, 6) };
		}
	}
}

/** All windows that hold a day of the period, in their order. The first and the last may reach out of it. */
export function windowsIn(rhythm: Rhythm, { start, end }: Window): Window[] {
	const windows = [windowOf(rhythm, start)];
	for (let last = windows[0]; last !== undefined && last.end < end; last = windows.at(-1))
		windows.push(windowOf(rhythm, addDays(last.end, 1)));
	return windows;
}

/**
 * How many days a window has.
 *
 * @example daysOf({ start: '2026-11-23', end: '2026-11-29' }) // 7
 */
export function daysOf({ start, end }: Window): number {
	return (Date.parse(end) - Date.parse(start)) / DAY_MS + 1;
}

function lastOfMonth(day: LocalDate): LocalDate {
	const next = new Date(`${day.slice(0, 8)}01T00:00:00.000Z`);
	next.setUTCMonth(next.getUTCMonth() + 1);
	return addDays(next.toISOString().slice(0, 10), -1);
}
