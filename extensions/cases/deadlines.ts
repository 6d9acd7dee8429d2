import type { LocalDate } from '../platform/local-time.js';
import {
	addDays,
	DAY_MS,
	endOfLocalDay,
	HOUR_MS,
	localDateOf,
	startOfLocalDay,
} from '../platform/local-time.js';
import type { Ledger } from './terms.js';

/** A row of `doorstep_calendar`: `ordinal` counts the working days up to and including `day`. */
export interface CalendarDay {
	day: LocalDate;
	working: boolean;
	ordinal: number;
}

export type Limit =
	| { unit: 'end_of_day' }
	| { unit: 'hours'; amount: number }
	| { unit: 'days'; amount: number }
	| { unit: 'working_days'; amount: number };

/** What of a service sets the clock. */
export interface ServiceLimit {
	ledger: Ledger;
	limit_hours: number | null;
	limit_days: number | null;
	calendar: 'clock' | 'working';
}

/** What of the settings sets the clock. */
export interface ClockSettings {
	proxy_hours: number;
	triage_days: number;
}

/**
 * The limit of a case in a ledger: immediate by the end of the day (F2), proxy within the service's limit or the township's
 * (F3, 24 hours as shipped), reported within the triage limit until a leader or a meeting decides (F4).
 *
 * @example limitOf('proxy', null, { proxy_hours: 24, triage_days: 2 }) // { unit: 'hours', amount: 24 }
 */
export function limitOf(ledger: Ledger, service: ServiceLimit | null, settings: ClockSettings): Limit {
	if (ledger === 'immediate') return { unit: 'end_of_day' };
	if (ledger === 'reported') return { unit: 'working_days', amount: settings.triage_days };
	if (service?.ledger === 'proxy') {
		if (service.limit_hours !== null) return { unit: 'hours', amount: service.limit_hours };
		if (service.limit_days !== null) {
			return { unit: service.calendar === 'working' ? 'working_days' : 'days', amount: service.limit_days };
		}
	}
	return { unit: 'hours', amount: settings.proxy_hours };
}

/**
 * The instant at which a limit that began at `start` is over. Limits in days end with the last millisecond of a local day and do
 * not count the day on which they began (as the Civil Code, art. 201, counts periods).
 *
 * @returns undefined where the calendar has no row for a day that is needed
 */
export function dueAt(start: Date, limit: Limit, calendar: readonly CalendarDay[]): Date | undefined {
	const day = localDateOf(start);
	switch (limit.unit) {
		case 'end_of_day':
			return endOfLocalDay(day);
		case 'hours':
			return new Date(start.getTime() + limit.amount * HOUR_MS);
		case 'days':
			return endOfLocalDay(addDays(day, limit.amount));
		case 'working_days': {
			const last = workingDayFrom(day, limit.amount, calendar);
			return last === undefined ? undefined : endOfLocalDay(last);
		}
	}
}

/**
 * The same for a case that has stood still between results and reopenings: the limit counts from `start` as ever, then moves on by
 * the pauses. Counting from `clockFrom` instead would give away the rest of a day or a holiday to whoever converts twice.
 *
 * @param start receipt, or an earlier `happened_at`
 * @param clockFrom `start` moved on by every pause
 */
export function dueAfterPauses(
	start: Date,
	clockFrom: Date,
	limit: Limit,
	calendar: readonly CalendarDay[],
): Date | undefined {
	const due = dueAt(start, limit, calendar);
	return due && new Date(due.getTime() + clockFrom.getTime() - start.getTime());
}

/**
 * The working day that lies `count` working days after `day` (before it when negative): from a day off, one after is the next
 * working day and one before is the last.
 *
 * @param calendar rows in order of days
 * @example workingDayFrom('2026-11-13', 1, calendar) // a Friday: '2026-11-16'
 */
export function workingDayFrom(
	day: LocalDate,
	count: number,
	calendar: readonly CalendarDay[],
): LocalDate | undefined {
	const from = calendar.find((row) => row.day === day);
	if (from === undefined) return undefined;
	const counted = from.ordinal + count + (count < 0 && !from.working ? 1 : 0);
	return calendar.find((row) => row.working && row.ordinal === counted)?.day;
}

/** A rung of the ladder as far as its time goes. */
export interface RungDelay {
	delay: number;
	unit: 'minutes' | 'working_days';
}

/**
 * When a rung is due: so many minutes, or so many working days at the same time of day, after the deadline; before it when the
 * delay is negative. Where the calendar ends, working days count as days, so that no rung is lost.
 *
 * The sweep asks the same of the database (`nextRungAt` in ladder-sql.ts); tests hold the two against each other.
 */
export function rungDueAt(due: Date, rung: RungDelay, calendar: readonly CalendarDay[]): Date {
	if (rung.unit === 'minutes') return new Date(due.getTime() + rung.delay * 60_000);
	if (rung.delay === 0) return due;
	const day = localDateOf(due);
	const target = workingDayFrom(day, rung.delay, calendar);
	if (target === undefined) return new Date(due.getTime() + rung.delay * DAY_MS);
	return new Date(due.getTime() + startOfLocalDay(target).getTime() - startOfLocalDay(day).getTime());
}
