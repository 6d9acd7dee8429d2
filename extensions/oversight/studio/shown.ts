import type { Figure } from '../figures.js';
import type { Locale } from '../../platform/words.js';
import type { Cell } from './table.js';

/** How a figure is measured, as the overview says. */
export type Unit = 'count' | 'share' | 'minutes';

/**
 * A figure as one number for a chart: a rate in percent with one decimal, else as it is; null where there is nothing to say.
 *
 * @example numberOf({ value: 43, of: 50 }, 'share') // 86
 */
export function numberOf(figure: Figure | undefined, unit: Unit): number | null {
	if (figure?.value == null) return null;
	if (unit !== 'share') return figure.value;
	return figure.of ? Math.round((figure.value / figure.of) * 1000) / 10 : null;
}

/**
 * A number as people read it, with its unit.
 *
 * @example shownNumber(86, 'share', 'zh-CN') // '86%'
 * @example shownNumber(130, 'minutes', 'zh-CN') // '2 小时 10 分'
 */
export function shownNumber(value: number | null, unit: Unit, locale: Locale): string {
	if (value === null) return '—';
	if (unit === 'share') return `${grouped(value, locale)}%`;
	if (unit === 'count') return grouped(value, locale);
	const [hour, minute, alone] = locale === 'zh-CN' ? [' 小时', ' 分', ' 分钟'] : [' h', ' min', ' min'];
	const minutes = Math.round(value);
	const hours = Math.floor(minutes / 60);
	if (hours === 0) return `${minutes}${alone}`;
	return `${grouped(hours, locale)}${hour}${minutes % 60 === 0 ? '' : ` ${minutes % 60}${minute}`}`;
}

/** A figure as people read it. */
export function shownFigure(figure: Figure | undefined, unit: Unit, locale: Locale): string {
	return shownNumber(numberOf(figure, unit), unit, locale);
}

/** A figure in a table: a rate with the counts behind it in cells of their own, so that a spreadsheet can go on with them. */
export function cellsOf(figure: Figure | undefined, unit: Unit): Cell[] {
	const number = numberOf(figure, unit);
	return unit === 'share' ? [number, figure?.value ?? null, figure?.of ?? null] : [number];
}

function grouped(value: number, locale: Locale): string {
	return new Intl.NumberFormat(locale, { maximumFractionDigits: 1 }).format(value);
}
