import type { Labels } from './words.js';

/** Words of choices and notes in the studio, by the key under which the snapshot names them (`$t:key`); administrators may reword them. */
export const PLATFORM_LABELS = {
	doorstep_settings_note: ['镇名、监督电话和默认时限', 'The township, its hotline and default limits'],
	doorstep_settings_issuing_body_note: ['印在连心卡和手册上', 'Printed on cards and handbooks'],
	doorstep_settings_time_zone_note: ['时限一律按北京时间计算', 'Deadlines count by Beijing time'],
	doorstep_settings_triage_days_note: [
		'上报事项在领导或联席会议交办之前的时限',
		'The limit of a reported case until a leader or meeting decides',
	],
} as const satisfies Labels;
