import { getDayDetail } from 'chinese-days';
import { addDays, type LocalDate } from '../platform/local-time.js';
import type { CalendarDay } from './deadlines.js';

/** First and last year, both inclusive. */
export interface Years {
	first: number;
	last: number;
}

export interface NamedDay extends CalendarDay {
	/** A public holiday or a make-up working day by name; null for ordinary days. */
	name: string | null;
}

/**
 * Every day of these years with its running number of working days, holidays and make-up weekends (调休) as announced. Holidays are
 * announced each autumn for the year after: until then a year has its weekends only.
 */
export function daysOf(years: Years): NamedDay[] {
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
