import type { RefusalCatalogue } from './errors.js';

/** Refusals that concern the installation itself, or that the database's own guards make. */
export const PLATFORM_REFUSALS = {
	DOORSTEP_BROKEN: {
		status: 503,
		words: [
			'农事户办的数据库组件不完整，暂停写入。请联系系统管理员查看状态。',
			'Doorstep is not whole in the database, so nothing can be written. Ask an administrator to look at its state.',
		],
	},
	DOORSTEP_ADMIN_ONLY: {
		status: 403,
		words: ['只有系统管理员可以执行此操作。', 'Only an administrator may do this.'],
	},
	DOORSTEP_LOG_IN: { status: 403, words: ['请先登录。', 'Log in first.'] },
	DOORSTEP_UNAVAILABLE: {
		status: 503,
		words: [
			'尚未安装、正在准备或组件不完整，请稍后再试。',
			'Not installed yet, still being prepared, or not whole.',
		],
	},
	DOORSTEP_APPEND_ONLY: {
		status: 403,
		words: [
			'记录只增不改，不能修改或删除。',
			'Records are kept as they are: they cannot be changed or deleted.',
		],
	},
	DOORSTEP_IMMUTABLE: {
		status: 400,
		words: ['“{field}”登记后不能修改。', '"{field}" cannot be changed once a case is recorded.'],
	},
	DOORSTEP_NOT_OPEN: {
		status: 409,
		words: [
			'事项办理中才能更正名称和内容。',
			'Title and detail can be corrected only while the case is open.',
		],
	},
	DOORSTEP_STEP_REQUIRED: {
		status: 409,
		words: ['事项状态只能通过添加办理过程改变。', 'The state of a case changes only by adding a step.'],
	},
	DOORSTEP_CHAIN: {
		status: 409,
		words: [
			'该事项刚刚有了新的办理过程，请刷新后再试。',
			'Somebody has just added a step to this case. Reload and try again.',
		],
	},
	DOORSTEP_BUSY: {
		status: 409,
		words: [
			'该事项正在被他人办理，请稍后再试。',
			'Somebody else is changing this case right now. Try again.',
		],
	},
	DOORSTEP_DUPLICATE: { status: 409, words: ['这条记录已经提交过。', 'This record has been sent before.'] },
	DOORSTEP_ALREADY_ACKNOWLEDGED: {
		status: 409,
		words: ['这条催办督办已经签收。', 'This escalation has been acknowledged already.'],
	},
	DOORSTEP_IN_USE: {
		status: 409,
		words: ['其他记录正在使用，不能删除。', 'Other records refer to it, so it cannot be deleted.'],
	},
	DOORSTEP_FILE_KEPT: {
		status: 403,
		words: [
			'附件随办理过程归入事项，归入后不能更改或删除。',
			'A file comes to a case with a step, and stays as it was.',
		],
	},
	DOORSTEP_CALENDAR_KEPT: {
		status: 403,
		words: [
			'工作日历不能删除日期，可改为休息日。',
			'Days of the calendar cannot be deleted; mark them as free instead.',
		],
	},
} as const satisfies RefusalCatalogue;

export type PlatformRefusal = keyof typeof PLATFORM_REFUSALS;
