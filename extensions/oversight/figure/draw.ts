import type { ChartOption } from '../studio/echarts.js';
import type { Palette } from '../studio/palette.js';
import type { Unit } from '../studio/shown.js';
import type { Point } from './trend.js';

/** What a trend shows, in words. */
export interface Trend {
	points: readonly Point[];
	unit: Unit;
	name: string;
	/** A window as the axis names it. */
	axis: (start: string) => string;
	value: (number: number | null) => string;
}

/** Draws counts as bars and everything else as a line; the last window, which is not over yet, is fainter. */
export function trendOption({ points, unit, name, axis, value }: Trend): (palette: Palette) => ChartOption {
	return (palette) => {
		const [whole = palette.main, , begun = whole] = palette.shades(3);
		const text = { color: palette.text, fontSize: 11 };
		const values = points.map((point) => point.value);
		return {
			grid: { left: 4, right: 10, top: 12, bottom: 2, containLabel: true },
			xAxis: {
				type: 'category',
				data: points.map(({ start }) => axis(start)),
				axisLabel: { ...text, hideOverlap: true },
				axisTick: { show: false },
				axisLine: { lineStyle: { color: palette.line } },
			},
			yAxis: {
				type: 'value',
				...(unit === 'share' ? { max: 100, interval: 50 } : { minInterval: 1, splitNumber: 2 }),
				axisLabel: text,
				splitLine: { lineStyle: { color: palette.line } },
			},
			tooltip: {
				trigger: 'axis',
				confine: true,
				valueFormatter: (shown) => value(typeof shown === 'number' ? shown : null),
			},
			series:
				unit === 'count'
					? {
							...{ type: 'bar', name, color: whole, barMaxWidth: 22 },
							data: values.map((point, at) =>
								at === values.length - 1 ? { value: point ?? 0, itemStyle: { color: begun } } : (point ?? 0),
							),
						}
					: {
							...{ type: 'line', name, color: whole, symbolSize: 6, connectNulls: false },
							lineStyle: { width: 2.5 },
							data: values.map((point) => point ?? '-'),
						},
		};
	};
}
