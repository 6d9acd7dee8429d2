/** Deadlines counted on the fingers, day by day: what the SQL under test says is held against it. */
import { calendarDays } from '../../seed/provision/calendar.js';

export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;

const WORKING = new Map(calendarDays().map(({ day, working }) => [day, working]));

/** The last millisecond of a day in China. */
export function endOfDay(at: Date): Date {
	return new Date(Date.parse(`${localDay(at)}T00:00:00+08:00`) + DAY - 1);
}

/** The same time of day, so many working days later, or earlier where `count` is negative. */
export function workingDayAfter(at: Date, count: number): Date {
	let day = at;
	for (let left = Math.abs(count); left > 0;) {
		day = new Date(day.getTime() + Math.sign(count) * DAY);
		const working = WORKING.get(localDay(day));
		if (working === undefined) throw new Error(`The calendar lacks ${localDay(day)}.`);
		if (working) left -= 1;
	}
	return day;
}

function localDay(at: Date): string {
	return new Date(at.getTime() + 8 * HOUR).toISOString().slice(0, 10);
}
