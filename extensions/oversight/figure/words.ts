import type { Labels } from '../../platform/words.js';

/** Words of a figure and its trend. */
export const FIGURE_WORDS = {
	count_of: ['{value} 件 / 共 {of} 件', '{value} of {of}'],
	up: ['比上期升 {by}', 'up {by} on the period before'],
	down: ['比上期降 {by}', 'down {by} on the period before'],
	same: ['与上期持平', 'as in the period before'],
	better: ['{change}，向好', '{change}: better'],
	worse: ['{change}，变差', '{change}: worse'],
	points: ['{by} 个百分点', '{by} points'],
	trend: ['{figure}走势', '{figure} over time'],
	now: ['目前：{figure}', 'Now: {figure}'],
	period: ['所选时段', 'The period'],
	window: ['自', 'From'],
} as const satisfies Labels;
