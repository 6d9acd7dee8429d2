import type { ChartOption } from '../studio/echarts.js';
import type { Palette } from '../studio/palette.js';

/** A square of the map: which column, which row, and its number; squares without one stay empty. */
export type Square = readonly [column: number, row: number, value: number];

export interface HeatMap {
	rows: readonly string[];
	columns: readonly string[];
	squares: readonly Square[];
	/** What the darkest square stands for. */
	most: number;
	name: string;
	value: (number: number) => string;
}

/** Draws each number on its square, so that nobody has to read it off a shade. */
export function heatOption({
	rows,
	columns,
	squares,
	most,
	name,
	value,
}: HeatMap): (palette: Palette) => ChartOption {
	return (palette) => {
		const text = { color: palette.text, fontSize: 12 };
		const axis = {
			type: 'category' as const,
			axisTick: { show: false },
			axisLine: { show: false },
			axisLabel: { ...text, interval: 0 },
		};
		return {
			grid: { left: 4, right: 4, top: 4, bottom: 2, containLabel: true },
			xAxis: { ...axis, data: [...columns], position: 'top', axisLabel: { ...text, hideOverlap: true } },
			yAxis: { ...axis, data: [...rows], inverse: true },
			visualMap: { show: false, min: 0, max: Math.max(1, most), inRange: { color: palette.heat } },
			tooltip: {
				confine: true,
				valueFormatter: (shown) => (typeof shown === 'number' ? value(shown) : ''),
			},
			series: {
				...{ type: 'heatmap', name },
				itemStyle: { borderColor: palette.background, borderWidth: 2, borderRadius: 3 },
				data: squares.map(([column, row, number]) => ({
					value: [column, row, number],
					label: { color: palette.onHeat(number / Math.max(1, most)) },
				})),
				label: {
					show: true,
					fontSize: 11,
					formatter: ({ value: shown }) => value((shown as Square)[2]),
				},
			},
		};
	};
}
