import { addDays, type LocalDate } from '../../platform/local-time.js';
import { isWeekend, weekdayOf, yearOf } from './years.js';

/** A row of the calendar as the studio reads it. */
export interface DayRow {
	id: string;
	day: LocalDate;
	working: boolean;
	/** A public holiday or a make-up working day (`国庆节`, `国庆节调休上班`); null for ordinary days. */
	name: string | null;
}

/**
 * `holiday` 休: free although it is Monday to Friday, or a public holiday at a weekend. `makeup` 班: worked although it is a weekend
 * or a public holiday. `absent`: the calendar has no row for it.
 */
export type DayKind = 'workday' | 'weekend' | 'holiday' | 'makeup' | 'absent';

export interface Cell {
	day: LocalDate;
	/** Of the month, from 1. */
	date: number;
	kind: DayKind;
	row: DayRow | null;
}

export interface Month {
	/** From 1. */
	month: number;
	/** Monday to Sunday; null where the week belongs to another month. */
	weeks: (Cell | null)[][];
}

/** How the days of make-up weekends are named. */
const MAKEUP = '调休上班';

/** What kind of day it is now, whatever it was announced as. */
export function kindOf({ day, working, name }: Omit<DayRow, 'id'>): DayKind {
	const isHoliday = name !== null && !name.endsWith(MAKEUP);
	if (working) return isWeekend(day) || isHoliday ? 'makeup' : 'workday';
	return !isWeekend(day) || isHoliday ? 'holiday' : 'weekend';
}

/** Whether a named day is still what its name says: a holiday free, a make-up day worked. */
export function isAsNamed({ working, name }: Pick<DayRow, 'working' | 'name'>): boolean {
	return name !== null && name.endsWith(MAKEUP) === working;
}

/** The twelve months of a year in weeks that begin on Monday, with every day of the year whether it has a row or not. */
export function monthsOf(year: number, rows: readonly DayRow[]): Month[] {
	const byDay = new Map(rows.map((row) => [row.day, row]));
	return Array.from({ length: 12 }, (_, index) => ({
		month: index + 1,
		weeks: weeksOf(daysOfMonth(year, index + 1).map((day) => cellOf(day, byDay.get(day)))),
	}));
}

function daysOfMonth(year: number, month: number): LocalDate[] {
	const count = new Date(Date.UTC(year, month, 0)).getUTCDate();
	const first = `${String(year)}-${String(month).padStart(2, '0')}-01`;
	return Array.from({ length: count }, (_, index) => addDays(first, index));
}

function cellOf(day: LocalDate, row: DayRow | undefined): Cell {
	return {
		day,
		date: Number(day.slice(8)),
		kind: row === undefined ? 'absent' : kindOf(row),
		row: row ?? null,
	};
}

function weeksOf(cells: Cell[]): (Cell | null)[][] {
	const before = weekdayOf(cells[0]?.day ?? '');
	const places = [...Array.from({ length: before }, () => null), ...cells];
	while (places.length % 7 !== 0) places.push(null);
	return Array.from({ length: places.length / 7 }, (_, week) => places.slice(week * 7, week * 7 + 7));
}

export interface DayCounts {
	working: number;
	free: number;
	holidays: number;
	makeups: number;
}

export function countsOf(rows: readonly DayRow[]): DayCounts {
	const kinds = rows.map(kindOf);
	return {
		working: rows.filter(({ working }) => working).length,
		free: rows.filter(({ working }) => !working).length,
		holidays: kinds.filter((kind) => kind === 'holiday').length,
		makeups: kinds.filter((kind) => kind === 'makeup').length,
	};
}

/**
 * The day to which a key leads from another: arrows by a day or a week, Home and End within the week, PageUp and PageDown by a month.
 * It stays within the year.
 *
 * @returns undefined for keys that lead nowhere
 * @example dayAfterKey('2026-01-31', 'PageDown') // '2026-02-28'
 */
export function dayAfterKey(day: LocalDate, key: string): LocalDate | undefined {
	const target = TARGETS.get(key)?.(day);
	if (target === undefined) return undefined;
	const year = String(yearOf(day));
	if (target < `${year}-01-01`) return `${year}-01-01`;
	return target > `${year}-12-31` ? `${year}-12-31` : target;
}

const TARGETS = new Map<string, (day: LocalDate) => LocalDate>([
	['ArrowLeft', (day) => addDays(day, -1)],
	['ArrowRight', (day) => addDays(day, 1)],
	['ArrowUp', (day) => addDays(day, -7)],
	['ArrowDown', (day) => addDays(day, 7)],
	['Home', (day) => addDays(day, -weekdayOf(day))],
	['End', (day) => addDays(day, 6 - weekdayOf(day))],
	['PageUp', (day) => monthsOn(day, -1)],
	['PageDown', (day) => monthsOn(day, 1)],
]);

/** The same day of another month, or that month's last. */
function monthsOn(day: LocalDate, months: number): LocalDate {
	const [year, month, date] = [yearOf(day), Number(day.slice(5, 7)) - 1 + months, Number(day.slice(8))];
	const last = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
	return new Date(Date.UTC(year, month, Math.min(date, last))).toISOString().slice(0, 10);
}
