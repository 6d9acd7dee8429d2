import type { Labels } from '../../platform/words.js';

/** Words of the calendar in the settings. */
export const CALENDAR_WORDS = {
	year: ['{year} 年', '{year}'],
	previous_year: ['上一年', 'Previous year'],
	next_year: ['下一年', 'Next year'],
	this_year: ['今年', 'This year'],
	counts: [
		'工作日 {working} 天，休息日 {free} 天（其中节假日 {holidays} 天），调休上班 {makeups} 天。',
		'{working} working days, {free} free days ({holidays} of them holidays), {makeups} make-up working days.',
	],
	workday: ['工作日', 'Working day'],
	weekend: ['双休日', 'Weekend'],
	holiday: ['节假日', 'Holiday'],
	makeup: ['调休上班', 'Make-up working day'],
	absent: ['日历中缺少此日', 'Not in the calendar'],
	today: ['今天', 'Today'],
	mark_holiday: ['休', 'off'],
	mark_makeup: ['班', 'on'],
	day: ['{date}，{kind}', '{date}, {kind}'],
	day_named: ['{date}，{kind}（{name}）', '{date}, {kind} ({name})'],
	day_was: ['{date}，{kind}（原为{name}）', '{date}, {kind} (was {name})'],
	day_today: ['今天，{day}', 'Today, {day}'],
	legend: ['图例', 'Legend'],
	how: [
		'点选日期即可在工作日与休息日之间切换，随即生效；也可用方向键移动，按回车键或空格键切换。',
		'Click a day to make it working or free; it takes effect at once. Or move with the arrow keys and press Enter or Space.',
	],
	read_only: ['仅供查看，修改请联系系统管理员。', 'Shown for reference; an administrator can change it.'],
	turned_working: [
		'{date}已改为工作日，此后的工作日和催办时间已重新推算。',
		'{date} is a working day now; later working days and reminders have been counted anew.',
	],
	turned_free: [
		'{date}已改为休息日，此后的工作日和催办时间已重新推算。',
		'{date} is a free day now; later working days and reminders have been counted anew.',
	],
	undo: ['撤销', 'Undo'],
	undone: ['已撤销，{date}恢复原状。', 'Undone: {date} is as it was.'],
	not_turned: ['{date}未能修改：{why}', '{date} could not be changed: {why}'],
	missing_needed: [
		'工作日历缺少 {year} 年，按工作日计算的时限和催办时间将不准确。',
		'The calendar lacks {year}: limits and reminders in working days cannot be counted right.',
	],
	incomplete: [
		'工作日历中 {year} 年缺少 {days} 天，按工作日计算的时限和催办时间将不准确。',
		'The calendar lacks {days} days of {year}: limits and reminders in working days cannot be counted right.',
	],
	missing: ['工作日历中还没有 {year} 年。', 'The calendar does not hold {year} yet.'],
	unannounced: [
		'{year} 年的法定节假日和调休安排尚未录入，目前只区分工作日和双休日。国务院办公厅公布后，请在日历中逐日调整，或更新本系统。',
		'The public holidays and make-up days of {year} are not entered yet: only weekends are free. Once the State Council has announced them, change these days here, or upgrade Doorstep.',
	],
	add_year: ['补充 {year} 年', 'Add {year}'],
	show_year: ['查看 {year} 年', 'Show {year}'],
	ask_administrator: ['请系统管理员补充。', 'An administrator has to add it.'],
	added: ['已补充 {days} 天。', '{days} days have been added.'],
	added_none: ['日历已完整，无需补充。', 'Nothing was missing.'],
	not_added: ['未能补充：{why}', 'It could not be added: {why}'],
	loading: ['正在读取工作日历……', 'Reading the calendar …'],
	load_failed: ['工作日历未能读取：{why}', 'The calendar could not be read: {why}'],
	retry: ['重试', 'Try again'],
} as const satisfies Labels;
