import 'echarts/lib/chart/bar';
import 'echarts/lib/chart/heatmap';
import 'echarts/lib/chart/line';
import 'echarts/lib/component/grid';
import 'echarts/lib/component/legendPlain';
import 'echarts/lib/component/tooltip';
import 'echarts/lib/component/visualMapContinuous';
import type { BarSeriesOption, HeatmapSeriesOption, LineSeriesOption } from 'echarts/charts';
import type {
	GridComponentOption,
	LegendComponentOption,
	TooltipComponentOption,
	VisualMapComponentOption,
} from 'echarts/components';
import { init, use, type ComposeOption } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';

/**
 * Of ECharts only what our panels draw with, part by part: every log-in loads the bundle. Taken from `echarts/charts` and
 * `echarts/components`, as its handbook has it, Rollup keeps two thirds more.
 */
use(SVGRenderer);

export { init };
export type ChartOption = ComposeOption<
	| BarSeriesOption
	| HeatmapSeriesOption
	| LineSeriesOption
	| GridComponentOption
	| LegendComponentOption
	| TooltipComponentOption
	| VisualMapComponentOption
>;
