import type { Labels } from '../../platform/words.js';

/** Words of what went over the ladder. */
export const TRAFFIC_WORDS = {
	none: ['所选时段内没有发出催办督办。', 'No escalation was raised in this period.'],
	raised: ['发出', 'Raised'],
	acknowledged: ['已签收', 'Acknowledged'],
	minutes: ['签收用时（分钟，中位数）', 'Minutes to acknowledge (median)'],
	within: ['{time}签收', 'in {time}'],
	not_yet: ['尚无签收', 'none yet'],
} as const satisfies Labels;
