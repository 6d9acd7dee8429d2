import type { RefusalCatalogue, RefusalWords } from '../platform/errors.js';
import type { Pair } from '../platform/words.js';
import type { RefusalCode } from './guards.js';

const STEP_REFUSALS = {
	DOORSTEP_UNKNOWN_STEP: { status: 400, words: ['没有“{kind}”这种办理动作。', 'There is no step "{kind}".'] },
	DOORSTEP_STEP_NOT_YOURS: {
		status: 403,
		words: ['您无权对该事项执行“{kind}”。', 'You may not take the step "{kind}" on this case.'],
	},
	DOORSTEP_STEP_NOT_POSSIBLE: {
		status: 409,
		words: [
			'事项当前为“{status}”，不能执行“{kind}”。',
			'The case is "{status}", so "{kind}" is not possible.',
		],
	},
	DOORSTEP_MISSING: { status: 400, words: ['“{kind}”须填写“{field}”。', '"{kind}" needs "{field}".'] },
	DOORSTEP_UNEXPECTED: {
		status: 400,
		words: ['“{kind}”不应填写“{field}”。', '"{kind}" does not take "{field}".'],
	},
	DOORSTEP_CALENDAR_MISSING: {
		status: 409,
		words: [
			'工作日历缺少所需年份，请系统管理员补充。',
			'The calendar lacks a year that is needed. An administrator has to add it.',
		],
	},
	DOORSTEP_NOT_A_CADRE: {
		status: 409,
		words: ['只有干部可以接办。', 'Only an official can take a case on.'],
	},
	DOORSTEP_ALREADY_TAKEN: {
		status: 409,
		words: ['您已接办该事项。', 'You have taken this case on already.'],
	},
	DOORSTEP_HOLDER_CANNOT_ACT: {
		status: 400,
		words: [
			'所选承办人不存在、没有可用账号或需要回避。',
			'The chosen holder does not exist, has no active user or must keep out of it.',
		],
	},
	DOORSTEP_SAME_HOLDER: {
		status: 409,
		words: ['该事项已由所选干部承办。', 'The chosen official holds this case already.'],
	},
	DOORSTEP_SAME_LEDGER: {
		status: 409,
		words: ['事项已在该台账中。', 'The case stands in that ledger already.'],
	},
	DOORSTEP_LEADER_NEEDED: { status: 403, words: ['此步须由领导办理。', 'This step is a leader’s.'] },
	DOORSTEP_NOT_REPORTED: {
		status: 409,
		words: [
			'只有上报事项可以执行“{kind}”，请先转为上报。',
			'"{kind}" is for reported cases. Convert the case first.',
		],
	},
	DOORSTEP_LEVEL_NOT_HIGHER: {
		status: 400,
		words: ['只能向更高层级上报。', 'A case is reported upward only.'],
	},
	DOORSTEP_DEPARTMENT_MISSING: {
		status: 400,
		words: ['上报旗级部门须选择联动单位。', 'Reporting to a department needs the department.'],
	},
	DOORSTEP_NOTHING_TO_RETURN: {
		status: 409,
		words: [
			'事项就在包户干部手中，无需退回。',
			'The household’s cadre holds the case; there is nothing to return.',
		],
	},
	DOORSTEP_DUE_PAST: { status: 400, words: ['办结时限必须晚于现在。', 'The deadline must lie ahead.'] },
	DOORSTEP_EXPIRED: {
		status: 409,
		words: ['时限已过，不能再办理延期。', 'The deadline has passed; it can no longer be extended.'],
	},
	DOORSTEP_ALREADY_ASKED: {
		status: 409,
		words: ['已申请延期，请等待领导答复。', 'Time has been asked for already; a leader has to answer.'],
	},
	DOORSTEP_NOTHING_ASKED: { status: 409, words: ['没有待答复的延期申请。', 'Nobody has asked for time.'] },
	DOORSTEP_MORE_THAN_ASKED: {
		status: 400,
		words: ['同意的小时数不能超过申请的小时数。', 'No more hours can be granted than were asked for.'],
	},
	DOORSTEP_NOT_TOLD: { status: 409, words: ['须先反馈群众。', 'The household has to be told first.'] },
	DOORSTEP_OWN_WORK: {
		status: 403,
		words: ['不能回访核实自己办理的事项。', 'Nobody verifies their own work.'],
	},
	DOORSTEP_NOT_SOLVED: {
		status: 409,
		words: [
			'反馈结果为未解决，不能销号。',
			'The household was told that it is not solved, so it cannot be struck off.',
		],
	},
} as const satisfies Record<RefusalCode, RefusalWords>;

/** Refusals of steps and of new cases, with the words that people read. */
export const CASE_REFUSALS = {
	...STEP_REFUSALS,
	DOORSTEP_FUTURE: { status: 400, words: ['“{field}”不能晚于现在。', '"{field}" cannot lie in the future.'] },
	DOORSTEP_STEPS_ONLY_NEW: {
		status: 400,
		words: ['办理过程只能新增，不能修改或删除。', 'Steps can only be added, not changed or removed.'],
	},
	DOORSTEP_RUNG_TAKEN: {
		status: 400,
		words: [
			'这套规则中已有第 {rung} 级，请改用其他级次，或修改原有的第 {rung} 级。',
			'This ladder has a rung {rung} already. Take another number, or change rung {rung}.',
		],
	},
	DOORSTEP_NOT_RECIPIENT: {
		status: 403,
		words: ['只有接收人可以签收。', 'Only a recipient can acknowledge.'],
	},
} as const satisfies RefusalCatalogue;

export type CaseRefusal = keyof typeof CASE_REFUSALS;

/** Words of the notices that the sweep sends: one a person, however many rungs. */
export const NOTICE_WORDS = {
	one: ['【{name}】{number} {title}', '[{name}] {number} {title}'],
	many: ['{count} 件事项需要您处理', '{count} cases need your attention'],
	line: ['【{name}】{number} {title}，办结时限 {due}', '[{name}] {number} {title}, due {due}'],
	step: ['【{kind}】{number} {title}', '[{kind}] {number} {title}'],
	stepBy: ['{actor}：{title}', '{actor}: {title}'],
	more: ['……另有 {count} 件', '… and {count} more'],
} as const;

/** What administrators are told of the platform itself: what is wrong, and what to do. */
export const WATCH_WORDS = {
	broken: {
		subject: [
			'【农事户办】数据库组件不完整，已暂停写入',
			'[Doorstep] Not whole in the database, nothing can be written',
		],
		message: [
			'以下数据库组件缺失或被改动，系统无法自行修复：{what}。\n\n修复前，农事户办的事项和台账只能查看，不能登记和办理；平台其他功能不受影响。请以系统管理员身份调用 POST /doorstep/provision 进行修复；仍不能恢复的，请查看服务器日志。',
			'This is missing or was altered, and the server cannot mend it by itself: {what}.\n\nUntil it is mended, Doorstep can be read but nothing can be recorded or handled; the rest of the platform goes on. Call POST /doorstep/provision as an administrator; if that does not help, look into the server’s log.',
		],
	},
	sweep_overdue: {
		subject: ['【农事户办】到期检查已停止', '[Doorstep] Nothing looks for deadlines any more'],
		message: [
			'系统未能按时检查到期事项，上次检查时间：{what}。\n\n恢复前，到期提醒、催办、督办通知不会发出；办结时限照常计算，恢复后自动补发。请查看服务器日志，必要时重启服务，或以系统管理员身份调用 POST /doorstep/sweep。',
			'Deadlines have not been looked at as often as they should; the last time was {what}.\n\nUntil this goes on, nobody is reminded and nothing is escalated. Deadlines count all the same, and what was missed is made up for. Look into the server’s log, restart the server if need be, or call POST /doorstep/sweep as an administrator.',
		],
	},
	audit_faults: {
		subject: [
			'【农事户办】核验发现异常，数据可能被改动',
			'[Doorstep] The audit found faults, records may have been altered',
		],
		message: [
			'定期核验发现：{what}。\n\n办理过程只增不改，出现异常说明有人绕过系统直接改动了数据库，或恢复了较早的备份。系统照常运行。请以系统管理员身份调用 GET /doorstep/audit 查看全部异常，并与数据库备份核对；核验正常后，此通知不再出现。',
			'The audit that runs by itself found: {what}.\n\nRecords are only ever added, so somebody has changed the database past the platform, or an older backup was restored. Everything goes on. Call GET /doorstep/audit as an administrator to see all faults, and compare with a backup of the database; once an audit finds none, this is not told again.',
		],
	},
	traces_go_early: {
		subject: ['【农事户办】查看记录保存不足六个月', '[Doorstep] Traces are kept for less than six months'],
		message: [
			'按当前设置，系统活动记录（含查看敏感信息的记录）只保存 {what} 天，到期自动删除；日志应当至少保存六个月。\n\n请将服务器环境变量 ACTIVITY_RETENTION 设为 180d 以上，或关闭 RETENTION_ENABLED，并重启服务。',
			'As the server is set, activity, and with it the traces of who read sensitive information, is deleted after {what} days; logs have to be kept for at least six months.\n\nSet ACTIVITY_RETENTION to 180d or more in the server’s environment, or turn RETENTION_ENABLED off, and restart the server.',
		],
	},
	no_mail: {
		subject: ['【农事户办】尚未设置邮件发送', '[Doorstep] Mail is not set up'],
		message: [
			'各类通知仍会送达系统通知栏，只是不发送邮件。\n\n如需邮件提醒，请在服务器环境变量中设置 EMAIL_TRANSPORT 及相应参数，并重启服务；如不需要，无需处理，此通知不再重复。',
			'Notices reach everybody’s inbox in the studio as before, but no mail is sent.\n\nIf you want mail, set EMAIL_TRANSPORT and what belongs to it in the server’s environment, and restart the server. If you do not, there is nothing to do; this notice is not repeated.',
		],
	},
} as const satisfies Record<string, { subject: Pair; message: Pair }>;

/** Where nothing was looked at yet. */
export const NEVER: Pair = ['从未', 'never'];
