import type { LocalDate } from '../../platform/local-time.js';
import type { Locale } from '../../platform/words.js';

/** A local day in words, without its year. @example dayInWords('2026-10-01', 'zh-CN') // '10月1日星期四' */
export function dayInWords(day: LocalDate, locale: Locale): string {
	return format(day, locale, { month: 'long', day: 'numeric', weekday: 'long' });
}

/** @example monthInWords(2026, 10, 'en-US') // 'October' */
export function monthInWords(year: number, month: number, locale: Locale): string {
	return format(`${String(year)}-${String(month).padStart(2, '0')}-01`, locale, { month: 'long' });
}

/** Monday to Sunday, short and in full. */
export function weekdays(locale: Locale): { short: string; full: string }[] {
	// A week that begins on a Monday.
	return ['05', '06', '07', '08', '09', '10', '11'].map((date) => ({
		short: format(`2026-01-${date}`, locale, { weekday: locale === 'zh-CN' ? 'narrow' : 'short' }),
		full: format(`2026-01-${date}`, locale, { weekday: 'long' }),
	}));
}

function format(day: LocalDate, locale: Locale, options: Intl.DateTimeFormatOptions): string {
	return new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' }).format(
		new Date(`${day}T00:00:00Z`),
	);
}
