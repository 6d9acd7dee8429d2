import { localDateOf, type LocalDate } from '../../platform/local-time.js';

/** The first year whose holidays are known, and how far ahead of today years may be added. */
export const FIRST_YEAR = 2004;
const YEARS_AHEAD = 10;
/** From this month on, deadlines may reach into the next year. */
const OCTOBER = 10;

/** The last year that may be added. @example lastYear(new Date('2026-11-24')) // 2036 */
export function lastYear(now: Date): number {
	return yearOf(localDateOf(now)) + YEARS_AHEAD;
}

/** @example yearOf('2026-11-24') // 2026 */
export function yearOf(day: LocalDate): number {
	return Number(day.slice(0, 4));
}

/**
 * The years that the calendar has to hold: this one, from October on the next, and all up to the latest deadline of an open case.
 *
 * @param latestDue the day of that deadline; null where nothing is open
 * @example neededYears('2026-11-24', '2028-03-01') // [2026, 2027, 2028]
 */
export function neededYears(today: LocalDate, latestDue: LocalDate | null): number[] {
	const year = yearOf(today);
	const ahead = Number(today.slice(5, 7)) >= OCTOBER ? year + 1 : year;
	const last = Math.max(ahead, latestDue === null ? year : yearOf(latestDue));
	return Array.from({ length: last - year + 1 }, (_, index) => year + index);
}

/** A year as far as its days are written down. */
export type YearState = 'missing' | 'incomplete' | 'unannounced' | 'whole';

/**
 * Whether all days of a year stand, and whether its holidays are known: then, and only then, some day between Monday and Friday is
 * free, whether announced or set by hand.
 */
export function yearState(year: number, days: readonly { day: LocalDate; working: boolean }[]): YearState {
	if (days.length === 0) return 'missing';
	if (days.length < daysIn(year)) return 'incomplete';
	return days.some(({ day, working }) => !working && !isWeekend(day)) ? 'whole' : 'unannounced';
}

/** @example daysIn(2028) // 366 */
export function daysIn(year: number): number {
	return (Date.UTC(year + 1, 0, 1) - Date.UTC(year, 0, 1)) / 86_400_000;
}

/** Monday is 0, Sunday 6. @example weekdayOf('2026-11-24') // 1 */
export function weekdayOf(day: LocalDate): number {
	return (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7;
}

export function isWeekend(day: LocalDate): boolean {
	return weekdayOf(day) >= 5;
}
