import type { Labels } from '../../platform/words.js';

export const HOUSEHOLD_WORDS = {
	label: ['选择农牧户', 'Choose a household'],
	placeholder: ['户主姓名、拼音、首字母、电话或编号', 'Name, pinyin, initials, phone or code'],
	cadre: ['包户干部：{name}', 'Cadre: {name}'],
} as const satisfies Labels;
