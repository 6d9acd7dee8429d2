import type { RefusalCatalogue } from '../platform/errors.js';
import { PLATFORM_REFUSALS } from '../platform/refusals.js';
import type { Labels, Pair } from '../platform/words.js';

export const OVERSIGHT_REFUSALS = {
	/** A foreign village and one that there is not are refused alike. */
	DOORSTEP_FIGURES_NOT_YOURS: {
		status: 403,
		words: ['没有这些数据，或您无权查看。', 'There are no such figures, or you may not see them.'],
	},
	DOORSTEP_SUPERVISORS_ONLY: {
		status: 403,
		words: ['只有督导组成员可以抽取。', 'Only members of the supervision group may draw.'],
	},
	DOORSTEP_NOTHING_TO_DRAW: {
		status: 409,
		words: [
			'这段时间内没有可回访的事项，请放宽条件。',
			'No case of these days can be called back. Widen the choice.',
		],
	},
	DOORSTEP_DRAWN_ONLY: {
		status: 403,
		words: ['回访事项由系统随机抽取，不能添加。', 'Cases are drawn at random; none can be added by hand.'],
	},
	DOORSTEP_ALREADY_VERIFIED: {
		status: 409,
		words: ['该事项已经回访核实。', 'This case has been verified already.'],
	},
	DOORSTEP_OVERTAKEN: {
		status: 409,
		words: [
			'该事项抽取后已重新办理，不再按此次抽取回访。',
			'This case has been taken up again since it was drawn, and is not called back for this check.',
		],
	},
} as const satisfies RefusalCatalogue;

export type OversightRefusal = keyof typeof OVERSIGHT_REFUSALS;

/** With those that every room has. */
export const REFUSALS = { ...PLATFORM_REFUSALS, ...OVERSIGHT_REFUSALS };

/** Where a dimension has nothing to say of a case. */
export const NOTHING: Pair = ['无', 'None'];

/** How long ago, and how late: the words of the buckets in buckets.ts. */
export const BUCKET_WORDS = {
	age_day: ['1天以内', 'Up to 1 day'],
	age_days_3: ['1至3天', '1 to 3 days'],
	age_days_7: ['3至7天', '3 to 7 days'],
	age_days_15: ['7至15天', '7 to 15 days'],
	age_days_30: ['15至30天', '15 to 30 days'],
	age_longer: ['30天以上', 'Over 30 days'],
	lateness_hours_4: ['4小时以内', 'Up to 4 hours'],
	lateness_day: ['4至24小时', '4 to 24 hours'],
	lateness_days_3: ['1至3天', '1 to 3 days'],
	lateness_days_7: ['3至7天', '3 to 7 days'],
	lateness_longer: ['7天以上', 'Over 7 days'],
} as const satisfies Labels;

/** How windows are called. */
export const WINDOW_WORDS = {
	month: ['{year}年{month}月', '{year}-{month}'],
	half_month_1: ['{month}月上半月', '{month}-01 to 15'],
	half_month_16: ['{month}月下半月', 'from {month}-16'],
	week: ['{month}月{day}日起一周', 'week of {month}-{day}'],
} as const satisfies Labels;
