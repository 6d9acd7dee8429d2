import { getDayDetail } from 'chinese-days';
import type { CalendarDay } from '../../extensions/cases/deadlines.js';
import { addDays, type LocalDate } from '../../extensions/platform/local-time.js';

/** The years that are filled. Holidays are announced each autumn for the year after: until then a year has its weekends only. */
const CALENDAR_YEARS = { first: 2024, last: 2028 } as const;

export interface NamedDay extends CalendarDay {
	/** A public holiday or a make-up working day by name; null for ordinary days. */
	name: string | null;
}

/** Every day of the calendar with its running number of working days, holidays and make-up weekends (调休) as announced. */
export function calendarDays(years: { first: number; last: number } = CALENDAR_YEARS): NamedDay[] {
	const days: NamedDay[] = [];
	let ordinal = 0;
	for (
		let day: LocalDate = `${String(years.first)}-01-01`;
		day <= `${String(years.last)}-12-31`;
		day = addDays(day, 1)
	) {
		const { work, name } = getDayDetail(day);
		if (work) ordinal += 1;
		days.push({ day, working: work, ordinal, name: holidayName(name, work) });
	}
	return days;
}

/** The library names a holiday `National Day,国庆节,3` and an ordinary day by its weekday. */
function holidayName(name: string, working: boolean): string | null {
	const chinese = name.split(',')[1];
	if (chinese === undefined) return null;
	return working ? `${chinese}调休上班` : chinese;
}
