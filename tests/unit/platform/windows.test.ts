import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays } from '../../../extensions/platform/local-time.js';
import { daysOf, RHYTHMS, windowOf, windowsIn } from '../../../extensions/platform/windows.js';

const aDay = fc.integer({ min: 0, max: 20_000 }).map((days) => addDays('2000-01-01', days));

describe('L3-L5: calendar windows', () => {
	test.each([
		['month', '2028-02-29', '2028-02-01', '2028-02-29'],
		['month', '2026-12-31', '2026-12-01', '2026-12-31'],
		['half_month', '2026-11-15', '2026-11-01', '2026-11-15'],
		['half_month', '2027-02-16', '2027-02-16', '2027-02-28'],
		['week', '2026-11-29', '2026-11-23', '2026-11-29'],
		['week', '2027-01-01', '2026-12-28', '2027-01-03'],
	] as const)('the %s of %s goes from %s to %s', (rhythm, day, start, end) => {
		expect(windowOf(rhythm, day)).toEqual({ start, end });
	});

	test.each(RHYTHMS)('every day lies in exactly one %s, and they follow on one another', (rhythm) => {
		fc.assert(
			fc.property(aDay, fc.nat(400), (start, days) => {
				const end = addDays(start, days);
				const windows = windowsIn(rhythm, { start, end });
				expect(windows[0]!.start <= start && windows.at(-1)!.end >= end).toBe(true);
				expect(windows.at(-1)!.start <= end).toBe(true);
				for (const [n, window] of windows.entries()) {
					if (n > 0) expect(addDays(windows[n - 1]!.end, 1)).toBe(window.start);
					for (const day of [window.start, window.end]) expect(windowOf(rhythm, day)).toEqual(window);
				}
			}),
		);
	});

	test('a window of one day has one day', () => {
		expect(daysOf({ start: '2026-11-25', end: '2026-11-25' })).toBe(1);
	});
});
