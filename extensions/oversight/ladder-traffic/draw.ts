import type { ChartOption } from '../studio/echarts.js';
import type { Palette } from '../studio/palette.js';

/** What went over one rung, or in one window. */
export interface Passage {
	label: string;
	raised: number;
	acknowledged: number;
	/** Median minutes from one to the other. */
	minutes: number | null;
}

/**
 * Draws what was acknowledged inside what was raised: the empty part of a bar is what nobody has acknowledged.
 *
 * @param under what is said under a bar: how soon
 */
export function trafficOption(
	passages: readonly Passage[],
	words: { raised: string; acknowledged: string },
	under: (passage: Passage) => string,
): (palette: Palette) => ChartOption {
	return (palette) => {
		const text = { color: palette.text, fontSize: 12 };
		const [strong = palette.main, faint = strong] = palette.shades(2);
		const bar = { type: 'bar' as const, barMaxWidth: 36 };
		return {
			grid: { left: 4, right: 10, top: 38, bottom: 2, containLabel: true },
			legend: { top: 0, left: 0, textStyle: text, itemWidth: 14, itemHeight: 10 },
			xAxis: {
				type: 'category',
				data: passages.map((passage) => `${passage.label}\n${under(passage)}`),
				axisLabel: { ...text, interval: 0, lineHeight: 17, hideOverlap: true },
				axisTick: { show: false },
				axisLine: { lineStyle: { color: palette.line } },
			},
			yAxis: {
				...{ type: 'value', minInterval: 1, splitNumber: 3, axisLabel: text },
				splitLine: { lineStyle: { color: palette.line } },
			},
			tooltip: { trigger: 'axis', axisPointer: { type: 'shadow' }, confine: true },
			series: [
				{
					...{ ...bar, name: words.raised, color: faint, barGap: '-100%' },
					label: { show: true, position: 'top', color: palette.accent },
					data: passages.map(({ raised }) => raised),
				},
				{
					...{ ...bar, name: words.acknowledged, color: strong },
					data: passages.map((one) => one.acknowledged),
				},
			],
		};
	};
}
