import type { Labels } from '../../platform/words.js';

export const ERASE_WORDS = {
	offer: [
		'本人依法要求删除，或不再需要保存时使用。删除后不能恢复。',
		'For when somebody asks for it by law, or when nothing needs to be kept any more. It cannot be undone.',
	],
	button: ['删除个人信息…', 'Erase personal data…'],
	title: ['删除该户的个人信息', 'Erase this household’s personal data'],
	goes: ['将删除', 'What goes'],
	goes_household: [
		'户主姓名、拼音、电话、人口、全部敏感信息和本镇自行增加的字段',
		'Name of the head, its pinyin, phone, people, all sensitive information and fields that the township has added',
	],
	goes_cases: ['全部事项的名称、内容、过程说明和附件', 'Title, detail, notes and files of all cases'],
	goes_traces: [
		'相关评论、通知、邮件、分享链接、修订记录和内容版本',
		'Comments, notices, mails, shares, revisions and content versions of these',
	],
	stays: ['将保留', 'What stays'],
	stays_household: [
		'户号、所在社、户别、包户干部及历任记录',
		'Code, hamlet, kind, the cadre and all who answered before',
	],
	stays_cases: [
		'事项的编号、台账、时间、办理结果、满意度和办理人，统计数据和核查结果不变',
		'Number, ledger, times, result, satisfaction and officials of each case, so that figures and the audit stay as they are',
	],
	running: [
		'须先将该户的事项全部办结、销号或撤回。',
		'All cases of this household have to be closed or withdrawn first.',
	],
	reason: ['删除原因', 'Reason'],
	code: ['请输入户号以确认', 'Type the code of the household to confirm'],
	cancel: ['取消', 'Cancel'],
	erase: ['删除，不可恢复', 'Erase for good'],
	not_done: ['未删除：{why}', 'Not erased: {why}'],
	done: ['个人信息已删除', 'Personal data have been erased'],
	nothing: ['没有需要删除的内容。', 'There was nothing left to erase.'],
	households: ['农牧户信息 {count} 条', '{count} household'],
	cases: ['事项名称和内容 {count} 件', 'Title and detail of {count} cases'],
	steps: ['过程说明 {count} 条', '{count} notes of steps'],
	files: ['附件 {count} 个', '{count} files'],
	comments: ['评论 {count} 条', '{count} comments'],
	notices: ['通知 {count} 条', '{count} notices'],
	mails: ['邮件 {count} 封', '{count} mails'],
	versions: ['内容版本 {count} 个', '{count} content versions'],
	shares: ['分享链接 {count} 个', '{count} shares'],
	revisions: ['修订记录 {count} 条', '{count} revisions'],
	files_left: [
		'{count} 个附件暂时无法从存储中移除，系统将继续重试',
		'{count} files could not be removed from storage yet; it is tried again',
	],
	added: ['自行增加的字段 {count} 条', 'Added fields of {count} rows'],
	added_left: [
		'{count} 个自行增加的必填字段不能清空，请核对其中有无个人信息',
		'{count} added fields cannot be empty and stay; look whether they hold personal data',
	],
	close: ['完成', 'Done'],
	erased: [
		'个人信息已删除。此后新增的评论等内容，可再次删除。',
		'Personal data have been erased. What has come since, such as comments, can be erased again.',
	],
	again: ['再次删除…', 'Erase again…'],
} as const satisfies Labels;

/** What the result tells of, in this order. */
export const COUNTED = [
	...[
		'households',
		'cases',
		'steps',
		'files',
		'comments',
		'notices',
		'mails',
		'versions',
		'shares',
		'revisions',
	],
	...['added', 'files_left', 'added_left'],
] as const;
