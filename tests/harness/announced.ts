/** Which days China worked: as the General Office of the State Council announced them, counted by hand and not by the library that fills the calendar. */
import { addDays, type LocalDate } from '../../extensions/platform/local-time.js';

/** Days off by holiday, first and last, both inclusive; weekends that fall in between are among them. */
const HOLIDAYS: readonly (readonly [first: LocalDate, last: LocalDate])[] = [
	['2024-01-01', '2024-01-01'],
	['2024-02-10', '2024-02-17'],
	['2024-04-04', '2024-04-06'],
	['2024-05-01', '2024-05-05'],
	['2024-06-10', '2024-06-10'],
	['2024-09-15', '2024-09-17'],
	['2024-10-01', '2024-10-07'],
	['2025-01-01', '2025-01-01'],
	['2025-01-28', '2025-02-04'],
	['2025-04-04', '2025-04-06'],
	['2025-05-01', '2025-05-05'],
	['2025-05-31', '2025-06-02'],
	['2025-10-01', '2025-10-08'],
	['2026-01-01', '2026-01-03'],
	['2026-02-15', '2026-02-23'],
	['2026-04-04', '2026-04-06'],
	['2026-05-01', '2026-05-05'],
	['2026-06-19', '2026-06-21'],
	['2026-09-25', '2026-09-27'],
	['2026-10-01', '2026-10-07'],
];

/** Weekend days that are worked to make up for a holiday (调休). */
const MADE_UP: ReadonlySet<LocalDate> = new Set([
	...['2024-02-04', '2024-02-18', '2024-04-07', '2024-04-28', '2024-05-11', '2024-09-14', '2024-09-29'],
	...['2024-10-12', '2025-01-26', '2025-02-08', '2025-04-27', '2025-09-28', '2025-10-11', '2026-01-04'],
	...['2026-02-14', '2026-02-28', '2026-05-09', '2026-09-20', '2026-10-10'],
]);

/** The years of which all of this is known. */
export const ANNOUNCED = { first: 2024, last: 2026 } as const;

export function isWorked(day: LocalDate): boolean {
	if (MADE_UP.has(day)) return true;
	if (HOLIDAYS.some(([first, last]) => first <= day && day <= last)) return false;
	return ![0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay());
}

/** So many working days after a day, or before it, walked one by one; the day itself does not count. */
export function walked(day: LocalDate, count: number): LocalDate {
	let at = day;
	for (let left = Math.abs(count); left > 0;) {
		at = addDays(at, Math.sign(count));
		if (isWorked(at)) left -= 1;
	}
	return at;
}
