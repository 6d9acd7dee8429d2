import type { Labels } from '../../platform/words.js';

/** Words of the deadline board. */
export const DEADLINES_WORDS = {
	late: ['逾期', 'Late'],
	soon: ['4小时内到期', 'Due within 4 hours'],
	in_time: ['正常', 'In time'],
	unacknowledged: ['未签收', 'Not acknowledged'],
	by_rung: ['在办事项所到级次', 'By rung'],
	rung_cases: ['{name} {cases} 件', '{name}: {cases}'],
	none: [
		'没有逾期、4小时内到期或未签收的事项。',
		'Nothing is late, due within four hours or not acknowledged.',
	],
	not_yours: ['明细仅承办人和所辖领导可见', 'Only holders and leaders see the cases themselves'],
	number: ['事项编号', 'Number'],
	title: ['事项名称', 'Title'],
	village: ['嘎查村', 'Village'],
	holder: ['承办人', 'Holder'],
	due_at: ['办结时限', 'Due'],
	state: ['状态', 'State'],
	rung: ['级次', 'Rung'],
	nobody: ['待督导组处理', 'The supervision group'],
} as const satisfies Labels;
