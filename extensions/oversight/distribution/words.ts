import type { Labels } from '../../platform/words.js';

/** Words of a distribution: what its axis is. */
export const DISTRIBUTION_WORDS = {
	none: ['没有这样的事项。', 'There are no such cases.'],
	age_by_level: ['{ledger}在办多久，按办理层级', 'Age of cases by level: {ledger}'],
	lateness: ['逾期多久', 'How late'],
	age: ['在办多久', 'How old'],
	holder: ['承办人', 'Holder'],
} as const satisfies Labels;
