import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
	dueAfterPauses,
	dueAt,
	limitOf,
	rungDueAt,
	workingDayFrom,
	type ServiceLimit,
} from '../../../extensions/cases/deadlines.js';
import { endOfLocalDay, localDateOf } from '../../../extensions/platform/local-time.js';
import { LADDER } from '../../../seed/provision/ladder.js';
import { beijing, calendar, limitFrom, MS, plus, SETTINGS } from './builders.js';

const workingDays = (start: string, amount: number) =>
	dueAt(beijing(start), { unit: 'working_days', amount }, calendar);
const endOf = (day: string) => beijing(`${day} 23:59:59.999`);
const LAST_DAY = '2028-12-31';

describe('how long a case has (F2-F4)', () => {
	const service = (limit: Partial<ServiceLimit>): ServiceLimit => ({
		...{ ledger: 'proxy', limit_hours: null, limit_days: null, calendar: 'clock' },
		...limit,
	});

	test('F3: an errand has 24 hours as shipped, whatever day it is', () => {
		expect(limitOf('proxy', null, SETTINGS)).toEqual({ unit: 'hours', amount: 24 });
		for (const start of ['2026-10-03 22:00', '2026-12-31 23:59:59.999', '2028-02-28 12:00']) {
			expect(limitFrom(beijing(start))('proxy')).toEqual(plus(beijing(start), 24, 'hour'));
		}
	});

	test('F3: a township can set other hours for its errands', () => {
		expect(limitOf('proxy', null, { ...SETTINGS, proxy_hours: 48 })).toEqual({ unit: 'hours', amount: 48 });
	});

	test('F3: a service’s own limit comes before the township’s; hours come before days', () => {
		expect(limitOf('proxy', service({ limit_hours: 4 }), SETTINGS)).toEqual({ unit: 'hours', amount: 4 });
		expect(limitOf('proxy', service({ limit_days: 3 }), SETTINGS)).toEqual({ unit: 'days', amount: 3 });
		expect(limitOf('proxy', service({ limit_days: 3, calendar: 'working' }), SETTINGS)).toEqual({
			unit: 'working_days',
			amount: 3,
		});
		expect(limitOf('proxy', service({ limit_hours: 4, limit_days: 3 }), SETTINGS)).toEqual({
			unit: 'hours',
			amount: 4,
		});
	});

	test('F3: a service of another ledger sets no limit for an errand', () => {
		for (const ledger of ['immediate', 'reported'] as const) {
			expect(limitOf('proxy', service({ ledger, limit_days: 30 }), SETTINGS)).toEqual({
				unit: 'hours',
				amount: 24,
			});
		}
	});

	test('F2, F4: immediate and reported cases have their ledger’s limit, whatever the service says', () => {
		expect(limitOf('immediate', service({ limit_hours: 99 }), SETTINGS)).toEqual({ unit: 'end_of_day' });
		expect(limitOf('reported', service({ limit_days: 30 }), SETTINGS)).toEqual({
			unit: 'working_days',
			amount: 2,
		});
	});

	test('F2: an immediate case is due at the end of its Beijing day, also just before midnight', () => {
		const due = (start: string) => dueAt(beijing(start), { unit: 'end_of_day' }, []);
		expect(due('2026-11-10 00:00')).toEqual(endOf('2026-11-10'));
		expect(due('2026-11-10 23:59:59.999')).toEqual(endOf('2026-11-10'));
		expect(due('2026-11-11 00:00')).toEqual(endOf('2026-11-11'));
	});

	test('F3: limits in days end with a day and do not count the day on which they begin (Civil Code, art. 201)', () => {
		const days = (start: string, amount: number) => dueAt(beijing(start), { unit: 'days', amount }, []);
		expect(days('2026-12-30 17:00', 3)).toEqual(endOf('2027-01-02'));
		expect(days('2028-02-28 00:00', 1)).toEqual(endOf('2028-02-29'));
		expect(days('2027-02-28 00:00', 1)).toEqual(endOf('2027-03-01'));
	});
});

describe('a case that has stood still (F5)', () => {
	const paused = (start: string, clockFrom: string, ledger: 'immediate' | 'proxy' | 'reported') =>
		dueAfterPauses(beijing(start), beijing(clockFrom), limitOf(ledger, null, SETTINGS), calendar);

	test('F3: an errand has its 24 hours, moved on by the pauses', () => {
		expect(paused('2026-11-10 09:00', '2026-11-12 10:00', 'proxy')).toEqual(beijing('2026-11-13 10:00'));
		expect(paused('2026-11-10 09:00', '2026-11-10 09:00', 'proxy')).toEqual(beijing('2026-11-11 09:00'));
	});

	test('F2: who is left with an hour of the day has an hour left after the pause, not another day', () => {
		expect(paused('2026-11-10 23:00', '2026-11-11 01:00', 'immediate')).toEqual(
			beijing('2026-11-11 01:59:59.999'),
		);
	});

	test('F4: a pause over the holidays gives no more working days', () => {
		expect(paused('2026-09-28 09:00', '2026-10-08 09:00', 'reported')).toEqual(
			beijing('2026-10-10 23:59:59.999'),
		);
	});

	test('F4: where the calendar ends there is no deadline here either', () => {
		expect(paused(`${LAST_DAY} 09:00`, `${LAST_DAY} 10:00`, 'reported')).toBeUndefined();
	});
});

describe('working days', () => {
	test.each([
		['an ordinary week', '2026-11-10 09:00', 2, '2026-11-12'],
		['over a weekend', '2026-11-13 09:00', 1, '2026-11-16'],
		['received on a Saturday: as from Friday', '2026-11-14 09:00', 1, '2026-11-16'],
		['received on a Sunday night', '2026-11-15 23:59:59.999', 2, '2026-11-17'],
		['received on the first minute of a Monday', '2026-11-16 00:00', 2, '2026-11-18'],
		['National Day 2024, with Saturday 12 October to make up', '2024-09-30 09:00', 5, '2024-10-12'],
		['before National Day 2024, Sunday 29 September works', '2024-09-28 09:00', 1, '2024-09-29'],
		['Spring Festival 2024, with Sunday 18 February to make up', '2024-02-09 09:00', 1, '2024-02-18'],
		['before Spring Festival 2025, Sunday 26 January works', '2025-01-25 09:00', 2, '2025-01-27'],
		['Spring Festival 2025, with Saturday 8 February to make up', '2025-01-27 09:00', 4, '2025-02-08'],
		[
			'National Day and Mid-Autumn 2025, with Saturday 11 October to make up',
			'2025-09-30 09:00',
			3,
			'2025-10-11',
		],
		['received on National Day 2025 itself', '2025-10-01 09:00', 1, '2025-10-09'],
		['New Year 2026, with Sunday 4 January to make up', '2025-12-31 09:00', 1, '2026-01-04'],
		['Spring Festival 2026, nine days off', '2026-02-14 09:00', 1, '2026-02-24'],
		['National Day 2026, with Saturday 10 October to make up', '2026-09-30 09:00', 3, '2026-10-10'],
		['leap day 2028 is a working Tuesday', '2028-02-28 09:00', 1, '2028-02-29'],
		['after leap day 2028', '2028-02-29 09:00', 1, '2028-03-01'],
	])('F4: %s', (_what, start, amount, day) => {
		expect(workingDays(start, amount)).toEqual(endOf(day));
	});

	test('F4: backwards they count the same way', () => {
		expect(workingDayFrom('2026-11-16', -1, calendar)).toBe('2026-11-13');
		expect(workingDayFrom('2025-10-09', -1, calendar)).toBe('2025-09-30');
		expect(workingDayFrom('2026-01-04', -1, calendar)).toBe('2025-12-31');
		expect(workingDayFrom('2024-02-18', -2, calendar)).toBe('2024-02-08');
	});

	test('F4: from a day off, one before is the last working day and one after the next', () => {
		for (const day of ['2026-11-14', '2026-11-15']) {
			expect(workingDayFrom(day, -1, calendar)).toBe('2026-11-13');
			expect(workingDayFrom(day, -2, calendar)).toBe('2026-11-12');
			expect(workingDayFrom(day, 1, calendar)).toBe('2026-11-16');
			expect(workingDayFrom(day, 2, calendar)).toBe('2026-11-17');
		}
		// A Sunday that makes up for a holiday is a working day like any other.
		expect(workingDayFrom('2026-01-04', -1, calendar)).toBe('2025-12-31');
	});

	test('F4: from any day, there and back passes over as many working days', () => {
		const day = fc.integer({ min: 120, max: calendar.length - 120 });
		fc.assert(
			fc.property(day, fc.integer({ min: 1, max: 60 }), (index, count) => {
				const { day: start } = calendar[index]!;
				const before = workingDayFrom(start, -count, calendar)!;
				const between = calendar.filter((row) => row.working && row.day >= before && row.day < start);
				expect(between).toHaveLength(count);
				expect(calendar.find((row) => row.day === before)?.working).toBe(true);
			}),
		);
	});

	test('F4: a day off is never a deadline, not even the first day that the calendar knows', () => {
		expect(calendar[0]).toMatchObject({ day: '2024-01-01', working: false });
		expect(workingDayFrom('2024-01-02', -1, calendar)).toBeUndefined();
	});

	test('F4: no working day after a working day is that day; after a day off it is the last one before', () => {
		expect(workingDayFrom('2026-11-13', 0, calendar)).toBe('2026-11-13');
		expect(workingDayFrom('2026-11-15', 0, calendar)).toBe('2026-11-13');
	});

	test('F4: where the calendar ends, there is no deadline rather than a wrong one', () => {
		expect(workingDays(`${LAST_DAY} 09:00`, 1)).toBeUndefined();
		expect(workingDays('2029-01-01 09:00', 0)).toBeUndefined();
		expect(workingDays('2023-12-31 09:00', 1)).toBeUndefined();
		expect(dueAt(beijing('2026-11-10'), { unit: 'working_days', amount: 2 }, [])).toBeUndefined();
	});

	test('F4: any deadline in working days is a working day, and so many of them lie between', () => {
		const day = fc.integer({ min: 10, max: calendar.length - 120 });
		fc.assert(
			fc.property(day, fc.integer({ min: 1, max: 60 }), (index, amount) => {
				const start = calendar[index]!;
				const end = calendar.find((row) => row.day === workingDayFrom(start.day, amount, calendar))!;
				expect(end.working).toBe(true);
				const between = calendar.filter((row) => row.working && row.day > start.day && row.day <= end.day);
				expect(between).toHaveLength(amount);
			}),
		);
	});
});

describe('when a rung of the ladder is due', () => {
	const due = endOf('2026-11-13');
	const rung = (delay: number, at = due, days = calendar) =>
		rungDueAt(at, { delay, unit: 'working_days' }, days);

	test('F3: rungs in minutes lie so many minutes after the deadline, or before it', () => {
		expect(rungDueAt(due, { delay: -240, unit: 'minutes' }, [])).toEqual(plus(due, -4, 'hour'));
		expect(rungDueAt(due, { delay: 0, unit: 'minutes' }, [])).toEqual(due);
		expect(rungDueAt(due, { delay: 1440, unit: 'minutes' }, [])).toEqual(plus(due, 1, 'day'));
	});

	test('F4: rungs in working days keep the time of day', () => {
		expect(rung(1)).toEqual(endOf('2026-11-16'));
		expect(rung(5)).toEqual(endOf('2026-11-20'));
		expect(rung(-1)).toEqual(endOf('2026-11-12'));
		expect(rung(1, beijing('2026-11-13 17:30'))).toEqual(beijing('2026-11-16 17:30'));
		expect(rung(0)).toEqual(due);
	});

	test('F4: over the holidays they wait for the next working day, and warn before them', () => {
		expect(rung(1, endOf('2025-09-30'))).toEqual(endOf('2025-10-09'));
		expect(rung(-1, endOf('2025-10-09'))).toEqual(endOf('2025-09-30'));
		expect(rung(1, endOf('2026-02-14'))).toEqual(endOf('2026-02-24'));
	});

	test('F4: a rung at the deadline itself is due then, also on a day off', () => {
		expect(rung(0, beijing('2026-11-15 12:00'))).toEqual(beijing('2026-11-15 12:00'));
	});

	test('F4: a deadline on a Sunday is warned of on the Friday before and reminded of on the Monday after', () => {
		expect(rung(-1, beijing('2026-11-15 12:00'))).toEqual(beijing('2026-11-13 12:00'));
		expect(rung(-2, beijing('2026-11-15 12:00'))).toEqual(beijing('2026-11-12 12:00'));
		expect(rung(1, beijing('2026-11-15 12:00'))).toEqual(beijing('2026-11-16 12:00'));
	});

	test('F4: a deadline in the holidays is warned of on the last day before them', () => {
		expect(rung(-1, beijing('2025-10-05 12:00'))).toEqual(beijing('2025-09-30 12:00'));
		expect(rung(1, beijing('2025-10-05 12:00'))).toEqual(beijing('2025-10-09 12:00'));
	});

	test('F4: where the calendar ends, working days count as days, so that no rung is lost', () => {
		expect(rung(5, endOf('2028-12-29'))).toEqual(endOf('2029-01-03'));
		expect(rung(5, endOf('2030-06-01'))).toEqual(endOf('2030-06-06'));
		expect(rung(-1, endOf('2024-01-02'))).toEqual(endOf('2024-01-01'));
		expect(rung(1, due, [])).toEqual(plus(due, 1, 'day'));
	});

	test('F4: on any day the rungs of a ledger come in their order, as shipped', () => {
		const at = fc.date({ min: beijing('2024-01-01'), max: beijing('2030-01-01'), noInvalidDate: true });
		fc.assert(
			fc.property(at, (deadline) => {
				for (const ledger of ['proxy', 'reported', 'immediate']) {
					const times = LADDER.filter((row) => row.ledger === ledger).map((row) =>
						rungDueAt(deadline, { delay: row.delay, unit: row.unit as 'minutes' }, calendar).getTime(),
					);
					expect(times).toEqual([...times].sort((a, b) => a - b));
					expect(new Set(times).size).toBe(times.length);
				}
			}),
		);
	});

	test('F4: whole days lie between a deadline and its rungs in working days, so the clock on the wall is the same', () => {
		const at = fc.date({ min: beijing('2024-01-01'), max: beijing('2029-06-01'), noInvalidDate: true });
		fc.assert(
			fc.property(at, fc.integer({ min: -20, max: 20 }), (deadline, delay) => {
				expect((rung(delay, deadline).getTime() - deadline.getTime()) % MS.day).toBeCloseTo(0);
			}),
		);
	});
});

test('F2: the end of a Beijing day belongs to it, and one millisecond later does not', () => {
	expect(localDateOf(endOfLocalDay('2026-11-10'))).toBe('2026-11-10');
	expect(localDateOf(new Date(endOfLocalDay('2026-11-10').getTime() + 1))).toBe('2026-11-11');
});
