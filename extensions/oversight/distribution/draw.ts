import type { ChartOption } from '../studio/echarts.js';
import type { Grid, Key } from '../studio/grid.js';
import type { Palette } from '../studio/palette.js';

/** Bars along the keys of one dimension, each made of those of another. */
export interface Bars {
	along: readonly Key[];
	of: readonly Key[];
	count: Grid['at'];
	/** Names of people lie beside their bars. */
	lying: boolean;
}

/** Draws the parts from strong to faint in their order, with a word for each in the legend. */
export function barsOption({ along, of, count, lying }: Bars): (palette: Palette) => ChartOption {
	return (palette) => {
		const text = { color: palette.text, fontSize: 12 };
		const keys = {
			type: 'category' as const,
			data: along.map(({ label }) => label),
			axisLabel: { ...text, ...(lying ? {} : { interval: 0, hideOverlap: true }) },
			axisTick: { show: false },
			axisLine: { lineStyle: { color: palette.line } },
			// The first stands on top.
			inverse: lying,
		};
		const counts = {
			type: 'value' as const,
			minInterval: 1,
			splitNumber: 3,
			axisLabel: text,
			splitLine: { lineStyle: { color: palette.line } },
		};
		const shades = palette.shades(of.length).reverse();
		return {
			grid: { left: 4, right: 14, top: of.length > 1 ? 34 : 14, bottom: 2, containLabel: true },
			xAxis: lying ? counts : keys,
			yAxis: lying ? keys : counts,
			...(of.length > 1 && {
				legend: { top: 0, left: 0, textStyle: text, itemWidth: 14, itemHeight: 10 },
			}),
			tooltip: { trigger: 'axis', axisPointer: { type: 'shadow' }, confine: true },
			series: of.map((part, at) => ({
				...{ type: 'bar', stack: 'all', name: part.label, barMaxWidth: 36 },
				color: shades[at] ?? palette.main,
				itemStyle: { borderColor: palette.background, borderWidth: 1 },
				data: along.map((key) => count(key, part)?.value ?? 0),
				...(of.length === 1 && {
					label: { show: true, position: lying ? 'right' : 'top', color: palette.text },
				}),
			})),
		};
	};
}
