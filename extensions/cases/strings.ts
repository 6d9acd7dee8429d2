import type { RefusalCatalogue, RefusalWords } from '../platform/errors.js';
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
	DOORSTEP_SERVER_FIELD: {
		status: 400,
		words: ['“{field}”由系统填写，不能提交。', '"{field}" is set by the server and cannot be sent.'],
	},
	DOORSTEP_REQUIRED: { status: 400, words: ['须填写“{field}”。', '"{field}" is required.'] },
	DOORSTEP_INVALID: { status: 400, words: ['“{field}”的值无效。', 'The value of "{field}" is not valid.'] },
	DOORSTEP_FUTURE: { status: 400, words: ['“{field}”不能晚于现在。', '"{field}" cannot lie in the future.'] },
	DOORSTEP_STEPS_ONLY_NEW: {
		status: 400,
		words: ['办理过程只能新增，不能修改或删除。', 'Steps can only be added, not changed or removed.'],
	},
	DOORSTEP_FORBIDDEN: {
		status: 403,
		words: [
			'事项或农牧户不存在，或您无权查看。',
			'There is no such case or household, or you may not see it.',
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
