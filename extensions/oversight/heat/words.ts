import type { Labels } from '../../platform/words.js';

/** Words of the heat map. */
export const HEAT_WORDS = {
	heading: ['各嘎查村{figure}（按{across}）', '{figure} by village ({across})'],
	village: ['嘎查村', 'Village'],
} as const satisfies Labels;
