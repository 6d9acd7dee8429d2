import type { Labels } from '../../platform/words.js';

/** Words of the comparison of villages. */
export const VILLAGES_WORDS = {
	village: ['嘎查村', 'Village'],
	behind: ['{value} / {of} 件', '{value} of {of}'],
} as const satisfies Labels;
