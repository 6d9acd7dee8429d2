import type { Labels } from '../../platform/words.js';

/** Words that all panels share. */
export const PANEL_WORDS = {
	definition: ['统计口径', 'How it is counted'],
	as_table: ['显示表格', 'Show as a table'],
	as_chart: ['显示图形', 'Show as a chart'],
	more: ['导出', 'Export'],
	csv: ['导出表格 (CSV)', 'Export the table (CSV)'],
	png: ['导出图片 (PNG)', 'Export the picture (PNG)'],
	loading: ['正在读取…', 'Loading…'],
	failed: ['读取失败：{why}', 'Could not be loaded: {why}'],
	not_renewed: [
		'未能更新，显示的是 {time} 的数据：{why}',
		'Could not be renewed; this is as of {time}: {why}',
	],
	again: ['重试', 'Try again'],
	empty: [
		'所选时段内没有数据。可在面板设置中放宽时段、嘎查村或台账。',
		'Nothing in this period. Widen period, village or ledger in the panel’s settings.',
	],
	as_of: ['截至 {time}', 'As of {time}'],
	share: ['{figure}（百分比）', '{figure} (%)'],
	share_value: ['{figure}：件数', '{figure}: cases'],
	share_of: ['{figure}：总件数', '{figure}: of'],
	minutes: ['{figure}（分钟）', '{figure} (min)'],
} as const satisfies Labels;
