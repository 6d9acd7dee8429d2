import type { Labels } from '../../platform/words.js';

/** Words of the choice of a service. */
export const SERVICE_WORDS = {
	choose: ['选择服务事项', 'Choose a service'],
	placeholder: ['事项名称、拼音、首字母或编码', 'Name, pinyin, initials or code'],
	limit: ['办理时限', 'Time limit'],
	department_limit: ['部门办理时限', 'Department’s limit'],
	papers: ['申请材料', 'Papers needed'],
	place: ['办理地点', 'Place'],
	fee: ['收费标准', 'Fee'],
	proxy: ['能否代办', 'Run by the cadre'],
	end_of_day: ['当天', 'The same day'],
	hours: ['{amount} 小时', '{amount} hours'],
	days: ['{amount} 天', '{amount} days'],
	working_days: ['{amount} 个工作日', '{amount} working days'],
	to_decide: ['{limit}内交办', 'Decided within {limit}'],
} as const satisfies Labels;

/** Words of the warning about a case that is open already. */
export const SAME_CASE_WORDS = {
	title: [
		'该户同一事项正在办理，请先核对，避免重复登记：',
		'This household has an open case of the same service. Check it before recording another:',
	],
	opens_apart: ['在新窗口打开', 'opens in a new window'],
	more: ['还有更多', 'and more'],
} as const satisfies Labels;
