import type { Locale } from '../words.js';

/** A time as officials write it, by Beijing time whatever the browser's zone. @example shownTime('2026-11-24T01:00Z', 'zh-CN') // '2026年11月24日 09:00' */
export function shownTime(at: string | Date, locale: Locale): string {
	return new Intl.DateTimeFormat(locale, {
		timeZone: 'Asia/Shanghai',
		dateStyle: locale === 'zh-CN' ? 'long' : 'medium',
		timeStyle: 'short',
		hourCycle: 'h23',
	}).format(typeof at === 'string' ? new Date(at) : at);
}
