import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import { dueAt, rungDueAt, workingDayFrom, type Limit } from '../../../extensions/cases/deadlines.js';
import { addDays, localDateOf } from '../../../extensions/platform/local-time.js';
import { ANNOUNCED, isWorked, walked } from '../../harness/announced.js';
import { beijing, calendar, MS } from './builders.js';

const START = `${ANNOUNCED.first}-01-01`;
const DAYS = (Date.UTC(ANNOUNCED.last + 1, 0, 1) - Date.UTC(ANNOUNCED.first, 0, 1)) / MS.day;
/** A day of these years that leaves room for a limit. */
const dayWithin = (margin: number) =>
	fc.integer({ min: margin, max: DAYS - 1 - margin }).map((n) => addDays(START, n));
const timeOfDay = fc.oneof(
	fc.constantFrom(0, 1, MS.day / 2, MS.day - 1),
	fc.integer({ min: 0, max: MS.day - 1 }),
);

describe('working days against what was announced, 2024-2026 (F4)', () => {
	test('F4: every day of these years is worked or free as it was announced', () => {
		const differing = Array.from({ length: DAYS }, (_, n) => addDays(START, n)).filter(
			(day) => calendar.find((row) => row.day === day)?.working !== isWorked(day),
		);
		expect(differing).toEqual([]);
	});

	test('F4: so many working days after a day are as many as one walks over', () => {
		fc.assert(
			fc.property(dayWithin(60), fc.integer({ min: 1, max: 30 }), (day, count) => {
				expect(workingDayFrom(day, count, calendar)).toBe(walked(day, count));
			}),
			{ numRuns: 2000 },
		);
	});

	test('F4: before a day they are as many too', () => {
		fc.assert(
			fc.property(dayWithin(60), fc.integer({ min: 1, max: 30 }), (day, count) => {
				expect(workingDayFrom(day, -count, calendar)).toBe(walked(day, -count));
			}),
			{ numRuns: 2000 },
		);
	});

	test('F4: a limit ends with the last millisecond of the day, whatever the hour at which it began', () => {
		fc.assert(
			fc.property(dayWithin(60), timeOfDay, fc.integer({ min: 1, max: 20 }), (day, ms, amount) => {
				const start = new Date(beijing(day).getTime() + ms);
				expect(dueAt(start, { unit: 'working_days', amount }, calendar)).toEqual(
					beijing(`${walked(day, amount)} 23:59:59.999`),
				);
				expect(dueAt(start, { unit: 'end_of_day' }, [])).toEqual(beijing(`${day} 23:59:59.999`));
				expect(dueAt(start, { unit: 'days', amount }, [])).toEqual(
					beijing(`${addDays(day, amount)} 23:59:59.999`),
				);
			}),
			{ numRuns: 1000 },
		);
	});
});

describe('servers elsewhere (F4)', () => {
	const own = process.env['TZ'];
	afterEach(() => {
		if (own === undefined) delete process.env['TZ'];
		else process.env['TZ'] = own;
	});

	/** With and without summer time, on either side of the date line, and with an offset of half hours. */
	const ZONES = ['UTC', 'America/New_York', 'Asia/Shanghai', 'Pacific/Kiritimati', 'Asia/Kolkata'];
	const limits: readonly Limit[] = [
		...([{ unit: 'end_of_day' }, { unit: 'hours', amount: 24 }] as const),
		...([
			{ unit: 'days', amount: 3 },
			{ unit: 'working_days', amount: 5 },
		] as const),
	];

	test('the zone of a process can be set, so that the next test is one', () => {
		process.env['TZ'] = 'America/New_York';
		expect(new Date('2026-07-01T00:00:00Z').getTimezoneOffset()).toBe(240);
	});

	test('F3, F4: the same instants come out, at midnights, month ends and leap days too', () => {
		const instants = [
			'2024-02-28',
			'2024-02-29',
			'2024-12-31',
			'2025-03-09',
			'2025-11-02',
			'2026-10-01',
		].flatMap((day) => ['00:00', '23:59:59.999', '12:00'].map((time) => `${day} ${time}`));
		const all = () =>
			instants.map((local) => {
				const start = beijing(local);
				return [
					localDateOf(start),
					...limits.map((limit) => dueAt(start, limit, calendar)?.toISOString()),
					...[-1, 1, 5].map((delay) =>
						rungDueAt(start, { delay, unit: 'working_days' }, calendar).toISOString(),
					),
				];
			});
		const there = ZONES.map((zone) => {
			process.env['TZ'] = zone;
			return all();
		});
		for (const other of there) expect(other).toEqual(there[0]);
		expect(there[0]?.[0]?.[0]).toBe('2024-02-28');
	});
});
