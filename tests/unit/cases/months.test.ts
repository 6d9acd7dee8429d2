import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dayInWords, monthInWords, weekdays } from '../../../extensions/cases/calendar/dates.js';
import {
	countsOf,
	dayAfterKey,
	isAsNamed,
	kindOf,
	monthsOf,
	type DayRow,
} from '../../../extensions/cases/calendar/months.js';
import {
	daysIn,
	lastYear,
	neededYears,
	weekdayOf,
	yearState,
} from '../../../extensions/cases/calendar/years.js';
import { addDays } from '../../../extensions/platform/local-time.js';
import { calendarDays } from '../../../seed/provision/calendar.js';
import { beijing } from './builders.js';

const rowsOf = (year: number): DayRow[] =>
	calendarDays({ first: year, last: year }).map((row) => ({ ...row, id: row.day }));
const rows = rowsOf(2026);
const rowOn = (day: string, more: Partial<DayRow> = {}): DayRow => ({
	...rows.find((row) => row.day === day)!,
	...more,
});

describe('the months of a year (F4)', () => {
	test.each([
		['2026-11-24', {}, 'workday'],
		['2026-11-22', {}, 'weekend'],
		['2026-10-01', {}, 'holiday'],
		['2026-10-03', {}, 'holiday'],
		['2026-10-10', {}, 'makeup'],
		['2026-10-01', { working: true }, 'makeup'],
		['2026-10-10', { working: false }, 'weekend'],
		['2026-11-24', { working: false }, 'holiday'],
		['2026-11-22', { working: true }, 'makeup'],
	] as const)('F4: %s with %o is a %s', (day, more, kind) => {
		expect(kindOf(rowOn(day, more))).toBe(kind);
	});

	test('F4: a name holds as long as the day is what it says', () => {
		expect(isAsNamed(rowOn('2026-10-01'))).toBe(true);
		expect(isAsNamed(rowOn('2026-10-10'))).toBe(true);
		expect(isAsNamed(rowOn('2026-10-01', { working: true }))).toBe(false);
		expect(isAsNamed(rowOn('2026-10-10', { working: false }))).toBe(false);
		expect(isAsNamed(rowOn('2026-11-24'))).toBe(false);
	});

	test('every day of any year stands once, in its own month, under its weekday', () => {
		fc.assert(
			fc.property(fc.integer({ min: 2000, max: 2099 }), (year) => {
				const months = monthsOf(year, []);
				const days = months.flatMap(({ weeks }) => weeks.flat()).flatMap((cell) => (cell ? [cell.day] : []));
				expect(days).toHaveLength(daysIn(year));
				expect(days[0]).toBe(`${String(year)}-01-01`);
				for (const [index, day] of days.slice(1).entries()) expect(day).toBe(addDays(days[index]!, 1));
				for (const { month, weeks } of months) {
					for (const week of weeks) {
						expect(week).toHaveLength(7);
						for (const [place, cell] of week.entries()) {
							if (cell === null) continue;
							expect(weekdayOf(cell.day)).toBe(place);
							expect(Number(cell.day.slice(5, 7))).toBe(month);
						}
					}
				}
			}),
			{ numRuns: 30 },
		);
	});

	test('a day that the calendar lacks is shown as lacking', () => {
		const october = monthsOf(
			2026,
			rows.filter(({ day }) => day !== '2026-10-08'),
		)[9];
		const cells = october!.weeks.flat().filter((cell) => cell?.kind === 'absent');
		expect(cells.map((cell) => cell?.day)).toEqual(['2026-10-08']);
	});

	test('F4: 2026 has 248 working days, six of them made up for holidays', () => {
		expect(countsOf(rows)).toEqual({ working: 248, free: 117, holidays: 33, makeups: 6 });
	});

	test.each([
		['2026-11-24', 'ArrowLeft', '2026-11-23'],
		['2026-11-30', 'ArrowRight', '2026-12-01'],
		['2026-11-24', 'ArrowUp', '2026-11-17'],
		['2026-11-24', 'ArrowDown', '2026-12-01'],
		['2026-11-24', 'Home', '2026-11-23'],
		['2026-11-24', 'End', '2026-11-29'],
		['2026-01-31', 'PageDown', '2026-02-28'],
		['2028-03-31', 'PageUp', '2028-02-29'],
		['2026-01-01', 'ArrowLeft', '2026-01-01'],
		['2026-12-30', 'ArrowDown', '2026-12-31'],
		['2026-12-31', 'PageDown', '2026-12-31'],
		['2026-11-24', 'a', undefined],
		['2026-11-24', 'toString', undefined],
	])('from %s the key %s leads to %s', (day, key, target) => {
		expect(dayAfterKey(day, key)).toBe(target);
	});

	test('days, months and weekdays are named in either language', () => {
		expect(dayInWords('2026-10-01', 'zh-CN')).toBe('10月1日星期四');
		expect(dayInWords('2026-10-01', 'en-US')).toBe('Thursday, October 1');
		expect(monthInWords(2026, 2, 'en-US')).toBe('February');
		expect(weekdays('zh-CN').map(({ short }) => short)).toEqual(['一', '二', '三', '四', '五', '六', '日']);
		expect(weekdays('en-US')[0]).toEqual({ short: 'Mon', full: 'Monday' });
	});
});

describe('the years that the calendar has to hold (F4)', () => {
	test.each([
		['2026-09-30', null, [2026]],
		['2026-10-01', null, [2026, 2027]],
		['2026-03-01', '2026-04-01', [2026]],
		['2026-03-01', '2028-01-02', [2026, 2027, 2028]],
		['2026-11-24', '2024-01-02', [2026, 2027]],
	])('F4: on %s with a deadline on %s: %j', (today, latest, years) => {
		expect(neededYears(today, latest)).toEqual(years);
	});

	test('F4: this year is always needed, and no year is left out in between', () => {
		const day = fc.integer({ min: 0, max: 30_000 }).map((days) => addDays('2020-01-01', days));
		fc.assert(
			fc.property(day, fc.option(day), (today, latest) => {
				const years = neededYears(today, latest);
				const first = Number(today.slice(0, 4));
				expect(years).toEqual(years.map((_, index) => first + index));
				if (latest !== null && latest >= today) expect(years).toContain(Number(latest.slice(0, 4)));
			}),
		);
	});

	test('F4: a year is missing, incomplete, without its holidays yet, or whole', () => {
		expect(yearState(2026, [])).toBe('missing');
		expect(yearState(2026, rows.slice(1))).toBe('incomplete');
		expect(yearState(2026, rows)).toBe('whole');
		expect(yearState(2028, rowsOf(2028).slice(0, 365))).toBe('incomplete');
		const weekendsOnly = rowsOf(2024).map((row) => ({ ...row, working: weekdayOf(row.day) < 5 }));
		expect(yearState(2024, weekendsOnly)).toBe('unannounced');
		const byHand = weekendsOnly.map((row) => (row.day === '2024-10-01' ? { ...row, working: false } : row));
		expect(yearState(2024, byHand)).toBe('whole');
	});

	test('years can be added ten ahead, by local time', () => {
		expect(lastYear(beijing('2026-12-31 23:59'))).toBe(2036);
		expect(lastYear(beijing('2027-01-01 00:00'))).toBe(2037);
	});
});
