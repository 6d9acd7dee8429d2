/** A local calendar day, `YYYY-MM-DD`. */
export type LocalDate = string;

/** Deadlines count by Beijing time (Asia/Shanghai), which has no summer time; so one fixed offset is exact. */
export const LOCAL_OFFSET_MS = 8 * 3_600_000;
export const DAY_MS = 86_400_000;
export const HOUR_MS = 3_600_000;

/**
 * The local day on which an instant falls.
 *
 * @example localDateOf(new Date('2026-11-10T16:00:00Z')) // '2026-11-11'
 */
export function localDateOf(at: Date): LocalDate {
	return new Date(at.getTime() + LOCAL_OFFSET_MS).toISOString().slice(0, 10);
}

/**
 * The last millisecond of a local day.
 *
 * @example endOfLocalDay('2026-11-11') // 2026-11-11T15:59:59.999Z
 */
export function endOfLocalDay(day: LocalDate): Date {
	return new Date(startOfLocalDay(day).getTime() + DAY_MS - 1);
}

/**
 * The first instant of a local day.
 *
 * @example startOfLocalDay('2026-11-11') // 2026-11-10T16:00:00.000Z
 */
export function startOfLocalDay(day: LocalDate): Date {
	return new Date(Date.parse(`${day}T00:00:00.000Z`) - LOCAL_OFFSET_MS);
}

/**
 * @example addDays('2028-02-28', 2) // '2028-03-01'
 */
export function addDays(day: LocalDate, days: number): LocalDate {
	return new Date(Date.parse(`${day}T00:00:00.000Z`) + days * DAY_MS).toISOString().slice(0, 10);
}
