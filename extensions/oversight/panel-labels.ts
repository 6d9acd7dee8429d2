import type { Labels, Pair } from '../platform/words.js';
import { DEFINITIONS } from './definitions.js';

/** The names of figures as choices of a panel and over it; what is counted stands in the definitions. */
const FIGURE_LABELS: Labels = Object.fromEntries(
	Object.entries(DEFINITIONS).map(([name, { label }]): [string, Pair] => [`doorstep_figure_${name}`, label]),
);

/** Words of the panels' settings, by the key under which their definitions name them; administrators may reword them. */
export const PANEL_LABELS: Labels = {
	...FIGURE_LABELS,
	doorstep_panel_deadlines: ['时限看板', 'Deadlines'],
	doorstep_panel_deadlines_note: [
		'已逾期、4小时内到期和未签收的事项，谁在承办，一点即开',
		'What is late, due within four hours or not acknowledged, who holds it, one click away',
	],
	doorstep_panel_figure: ['指标与走势', 'Figure and trend'],
	doorstep_panel_figure_note: [
		'一项比率或件数，与上期相比，并显示走势',
		'One rate or count, against the period before, with its trend',
	],
	doorstep_panel_distribution: ['分布', 'Distribution'],
	doorstep_panel_distribution_note: [
		'逾期多久、在办多久，按层级或承办人分',
		'How late, how old, by level or by holder',
	],
	doorstep_panel_heat: ['嘎查村热力图', 'Villages as a heat map'],
	doorstep_panel_heat_note: [
		'各嘎查村一项指标，按时段或台账分',
		'One figure of each village by window or ledger',
	],
	doorstep_panel_ladder_traffic: ['催办督办与签收', 'Escalations and acknowledging'],
	doorstep_panel_ladder_traffic_note: [
		'各级次发出多少、签收多少、多久签收',
		'How many of each rung were raised, acknowledged, and how soon',
	],
	doorstep_panel_villages: ['嘎查村对照', 'Villages side by side'],
	doorstep_panel_villages_note: [
		'各嘎查村几项指标，按嘎查村顺序列出，不分先后',
		'Some figures of each village, in the villages’ own order',
	],
	doorstep_option_period: ['时段', 'Period'],
	doorstep_option_ledger: ['台账', 'Ledger'],
	doorstep_option_village: ['嘎查村', 'Village'],
	doorstep_option_village_note: ['不选为您可以看到的全部嘎查村', 'Empty: all that the reader may see'],
	doorstep_option_figure: ['指标', 'Figure'],
	doorstep_option_figures: ['指标', 'Figures'],
	doorstep_option_trend: ['走势按', 'Trend by'],
	doorstep_option_spread: ['分布内容', 'What is spread out'],
	doorstep_option_across: ['横向按', 'Across'],
	doorstep_option_rows: ['最多显示', 'Rows at most'],
	doorstep_option_by: ['按', 'By'],
	doorstep_period_last_7_days: ['近7天', 'Last 7 days'],
	doorstep_period_last_30_days: ['近30天', 'Last 30 days'],
	doorstep_period_last_90_days: ['近90天', 'Last 90 days'],
	doorstep_period_this_week: ['本周', 'This week'],
	doorstep_period_this_half_month: ['本半月', 'This half month'],
	doorstep_period_this_month: ['本月', 'This month'],
	doorstep_period_this_quarter: ['本季度', 'This quarter'],
	doorstep_period_this_half_year: ['本半年', 'This half year'],
	doorstep_period_this_year: ['本年', 'This year'],
	doorstep_dimension_week: ['周', 'Weeks'],
	doorstep_dimension_half_month: ['半月', 'Half months'],
	doorstep_dimension_month: ['月', 'Months'],
	doorstep_dimension_ledger: ['台账', 'Ledgers'],
	doorstep_dimension_rung: ['督办级次', 'Rungs'],
	doorstep_spread_lateness: ['逾期多久（期内新增逾期）', 'How late those were that became late'],
	doorstep_spread_age_by_level: ['上报事项在办多久，按办理层级', 'Age of reported cases, by level'],
	doorstep_spread_age_by_holder: ['在办多久，按承办人', 'How old open cases are, by holder'],
};
