import { BarChart, HeatmapChart, LineChart } from 'echarts/charts';
import type { BarSeriesOption, HeatmapSeriesOption, LineSeriesOption } from 'echarts/charts';
import { GridComponent, LegendComponent, TooltipComponent, VisualMapComponent } from 'echarts/components';
import type {
	GridComponentOption,
	LegendComponentOption,
	TooltipComponentOption,
	VisualMapComponentOption,
} from 'echarts/components';
import { init, use, type ComposeOption } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';

/** Of ECharts only what our panels draw with: the rest stays out of the bundle that every log-in loads. */
use([
	BarChart,
	HeatmapChart,
	LineChart,
	GridComponent,
	LegendComponent,
	TooltipComponent,
	VisualMapComponent,
	SVGRenderer,
]);

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
