import { addDays, type LocalDate } from '../../platform/local-time.js';
import { windowOf, type Rhythm } from '../../platform/windows.js';

/** Periods that a panel can be set to; all of them end today. */
export const PERIODS = [
	'last_7_days',
	'last_30_days',
	'last_90_days',
	'this_week',
	'this_half_month',
	'this_month',
	'this_quarter',
	'this_half_year',
	'this_year',
] as const;
export type Period = (typeof PERIODS)[number];

/** Days, both inclusive. */
export interface Days {
	from: LocalDate;
	to: LocalDate;
}

/**
 * The days of a period that ends today.
 *
 * @example periodOf('this_half_month', '2026-11-25') // { from: '2026-11-16', to: '2026-11-25' }
 */
export function periodOf(period: Period, today: LocalDate): Days {
	return { from: BEGINNINGS[period](today), to: today };
}

const BEGINNINGS: Readonly<Record<Period, (today: LocalDate) => LocalDate>> = {
	last_7_days: (today) => addDays(today, -6),
	last_30_days: (today) => addDays(today, -29),
	last_90_days: (today) => addDays(today, -89),
	this_week: (today) => windowOf('week', today).start,
	this_half_month: (today) => windowOf('half_month', today).start,
	this_month: (today) => windowOf('month', today).start,
	this_quarter: (today) => startOfMonths(today, 3),
	this_half_year: (today) => startOfMonths(today, 6),
	this_year: (today) => startOfMonths(today, 12),
};

/** The first day of the span of so many months, counted from January, that holds a day. */
function startOfMonths(day: LocalDate, months: number): LocalDate {
	const month = Number(day.slice(5, 7)) - 1;
	return `${day.slice(0, 5)}${String(month - (month % months) + 1).padStart(2, '0')}-01`;
}

/**
 * The same days from the beginning of the window that holds the first of them, so that no window but the last is a part of one.
 *
 * @example fromWindow('week', { from: '2026-08-28', to: '2026-11-25' }) // { from: '2026-08-24', to: '2026-11-25' }
 */
export function fromWindow(rhythm: Rhythm, { from, to }: Days): Days {
	return { from: windowOf(rhythm, from).start, to };
}

/**
 * The first days of so many windows, the last of which holds `today`: also of those in which nothing happened.
 *
 * @example windowsUpTo('half_month', '2026-11-25', 3) // ['2026-10-16', '2026-11-01', '2026-11-16']
 */
export function windowsUpTo(rhythm: Rhythm, today: LocalDate, count: number): LocalDate[] {
	const windows = [windowOf(rhythm, today).start];
	for (let first = windows[0]; first !== undefined && windows.length < count; first = windows[0])
		windows.unshift(windowOf(rhythm, addDays(first, -1)).start);
	return windows;
}

/**
 * A window as an axis names it, where there is room for a few signs only.
 *
 * @example windowName('half_month', '2026-11-16', 'zh-CN') // '11月下'
 */
export function windowName(rhythm: Rhythm, start: LocalDate, locale: 'zh-CN' | 'en-US'): string {
	const [month, day] = [Number(start.slice(5, 7)), Number(start.slice(8))];
	if (locale === 'en-US') return rhythm === 'month' ? start.slice(0, 7) : `${month}/${day}`;
	const names = {
		week: `${month}/${day}`,
		half_month: `${month}月${day > 15 ? '下' : '上'}`,
		month: `${month}月`,
	};
	return names[rhythm];
}
