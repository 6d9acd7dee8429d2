import type { Labels } from '../../platform/words.js';
import type { TimeLeft } from '../lights.js';

/** Words of the light and of the time left. */
export const LIGHT_WORDS = {
	on_time: ['正常', 'On time'],
	soon: ['临期', 'Due soon'],
	late: ['逾期', 'Late'],
	closed: ['已办结', 'Closed'],
	struck_off: ['已销号', 'Struck off'],
	withdrawn: ['群众撤回', 'Withdrawn'],
	left: ['剩 {time}', '{time} left'],
	over: ['超 {time}', '{time} over'],
	was_late: ['曾逾期', 'was late'],
	days: ['{days} 天 {hours} 小时', '{days} d {hours} h'],
	hours: ['{hours} 小时 {minutes} 分', '{hours} h {minutes} min'],
	minutes: ['{minutes} 分钟', '{minutes} min'],
} as const satisfies Labels;

/** Which words say a span of time: days and hours, hours and minutes, or minutes. */
export function spanWords({ days, hours }: TimeLeft): 'days' | 'hours' | 'minutes' {
	if (days > 0) return 'days';
	return hours > 0 ? 'hours' : 'minutes';
}
