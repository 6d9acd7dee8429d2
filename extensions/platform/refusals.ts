import type { RefusalCatalogue } from './errors.js';

/** Refusals that concern the installation itself, that the database's own guards make, or that every room can make. */
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
	DOORSTEP_FORBIDDEN: {
		status: 403,
		words: [
			'事项或农牧户不存在，或您无权查看。',
			'There is no such case or household, or you may not see it.',
		],
	},
	DOORSTEP_UNAVAILABLE: {
		status: 503,
		words: [
			'尚未安装、正在准备或组件不完整，请稍后再试。',
			'Not installed yet, still being prepared, or not whole.',
		],
	},
	DOORSTEP_DATABASE_UNAVAILABLE: {
		status: 503,
		words: [
			'数据库暂时无法使用，内容未保存，请稍后再试。持续出现请联系系统管理员。',
			'The database cannot be used right now and nothing was saved. Try again later; if this lasts, tell an administrator.',
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
	DOORSTEP_SERVER_FIELD: {
		status: 400,
		words: ['“{field}”由系统填写，不能提交。', '"{field}" is set by the server and cannot be sent.'],
	},
	DOORSTEP_MALFORMED: {
		status: 400,
		words: ['提交的内容不是一条记录。', 'What was sent is not a record.'],
	},
	DOORSTEP_NO_SUCH_FIELD: { status: 400, words: ['没有“{field}”这个字段。', 'There is no field "{field}".'] },
	DOORSTEP_MODEL_KEPT: {
		status: 403,
		words: [
			'“{place}”是农事户办运行所必需的，不能删除或改变类型；可以隐藏。',
			'Doorstep needs "{place}": it can be hidden, but not deleted or made into something else.',
		],
	},
	DOORSTEP_REQUIRED: { status: 400, words: ['须填写“{field}”。', '"{field}" is required.'] },
	DOORSTEP_INVALID: { status: 400, words: ['“{field}”的值无效。', 'The value of "{field}" is not valid.'] },
	DOORSTEP_TAKEN: {
		status: 409,
		words: ['已有记录使用这个值，请核对后再填。', 'Another record has this value already.'],
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
	DOORSTEP_FIELD_PROTECTED: {
		status: 403,
		words: [
			'“{field}”受保护，不能按它筛选、排序、分组或统计。',
			'"{field}" is protected: rows cannot be filtered, sorted, grouped or counted by it.',
		],
	},
	DOORSTEP_KEYS_NEEDED: {
		status: 403,
		words: [
			'请逐条选定要修改或删除的记录，不能按条件批量修改或删除。',
			'Name the rows to change or delete one by one; a condition is not accepted here.',
		],
	},
	DOORSTEP_NOT_KEPT: {
		status: 403,
		words: ['“{field}”只能选自己负责维护的。', '"{field}" has to be one that you keep yourself.'],
	},
	DOORSTEP_FILE_KEPT: {
		status: 403,
		words: [
			'附件随办理过程归入事项，归入后不能更改或删除。',
			'A file comes to a case with a step, and stays as it was.',
		],
	},
	DOORSTEP_ERASE_ONLY: {
		status: 403,
		words: [
			'个人信息须由系统管理员通过“删除个人信息”删除，不能直接填写。',
			'Personal data are erased by an administrator with "Erase personal data", and not by filling this in.',
		],
	},
	DOORSTEP_ERASED: {
		status: 409,
		words: [
			'该户的个人信息已删除，不能再填写信息、登记或办理事项。',
			'This household’s personal data have been erased: nothing more can be entered or recorded for it.',
		],
	},
	DOORSTEP_CASES_RUNNING: {
		status: 409,
		words: [
			'该户还有 {count} 件事项未办结，须先办结、销号或撤回。',
			'Cases of this household that are still running: {count}. They have to be closed or withdrawn first.',
		],
	},
	DOORSTEP_OTHER_HOUSEHOLD: {
		status: 400,
		words: ['户号与该户不符，请核对。', 'This is not the code of this household.'],
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
