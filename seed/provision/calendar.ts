import { daysOf, type NamedDay, type Years } from '../../extensions/cases/working-days.js';

/** The years that are filled. */
const CALENDAR_YEARS: Years = { first: 2024, last: 2028 };

/** Every day of the calendar as shipped; without holidays where these are not announced yet. */
export function calendarDays(years: Years = CALENDAR_YEARS): NamedDay[] {
	return daysOf(years);
}
