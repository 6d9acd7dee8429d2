import { SATISFACTIONS, SOLVED } from '../cases/terms.js';
import type { Pair } from '../platform/words.js';
import type { FigureName } from './figures.js';

/**
 * Rows that figures are counted over, each by its own time; what they are made of stands in sources.ts.
 * `standing` and `waiting` are as of now, the others in a period.
 */
export type SourceName = 'standing' | 'waiting' | 'received' | 'missed' | 'steps' | 'raised';

interface Words {
	source: SourceName;
	label: Pair;
	definition: Pair;
}

/**
 * One figure. Conditions are SQL that both databases take, over the aliases of the source: `c` the case, `f` its first step by a person, `s` a
 * step, `e` a rung. `:now` is the time of the question, `:soon` four hours later, `:day` 24 hours.
 */
export type Definition = Words &
	(
		| { unit: 'count'; value: string }
		| {
				unit: 'share';
				value: string;
				of: string;
				answers?: { of: string; column: string; words: readonly string[] };
		  }
		| { unit: 'minutes'; from: string; to: string; of: string }
	);

/** By timestamps alone, whether or not a sweep ran (F3): the SQL twin of `isLate`. */
const LATE = "(c.breached_at is not null or (c.status = 'open' and c.due_at < :now))";
const KEPT = "c.status <> 'withdrawn'";

const ofProxy = `${KEPT} and c.ledger = 'proxy' and (c.resolved_at is not null or c.clock_from + :day < :now)`;
const ofDecided = `${KEPT} and (c.resolved_at is not null or ${LATE})`;
const ofAnswerable = `${KEPT} and (f.at is not null or c.received_at + :day < :now)`;

function solved(
	kind: 'tell' | 'verify',
): Pick<Extract<Definition, { unit: 'share' }>, 'value' | 'of' | 'answers'> {
	const said = `s.kind = '${kind}'`;
	return {
		value: `${said} and s.solved = 'yes'`,
		of: `${said} and s.solved <> 'explained'`,
		answers: { of: said, column: 's.solved', words: SOLVED },
	};
}

function satisfied(kind: 'tell' | 'verify'): ReturnType<typeof solved> {
	const said = `s.kind = '${kind}'`;
	return {
		value: `${said} and s.satisfaction in ('satisfied', 'mostly')`,
		of: `${said} and s.satisfaction <> 'unsaid'`,
		answers: { of: said, column: 's.satisfaction', words: SATISFACTIONS },
	};
}

/**
 * What each figure counts (F6, S6, S7): the one place. Panels, `overview` and reports, the README's table and the words beside a figure are made
 * from it. Cases that a household withdrew, or that were entered in error, count as received and nowhere else.
 */
export const DEFINITIONS: Readonly<Record<FigureName, Definition>> = {
	open_cases: {
		...{ unit: 'count', source: 'standing', value: "c.status = 'open'" },
		label: ['办理中', 'In progress'],
		definition: ['目前正在办理的事项', 'Cases that are being worked on now'],
	},
	late_cases: {
		...{ unit: 'count', source: 'standing', value: "c.status = 'open' and c.due_at < :now" },
		label: ['已逾期', 'Late'],
		definition: ['目前正在办理、已过办结时限的事项', 'Cases in progress whose deadline has passed'],
	},
	due_soon_cases: {
		...{ unit: 'count', source: 'standing' },
		value: "c.status = 'open' and c.due_at >= :now and c.due_at <= :soon",
		label: ['4小时内到期', 'Due within 4 hours'],
		definition: ['目前正在办理、4小时内到期的事项', 'Cases in progress that fall due within four hours'],
	},
	awaiting_feedback: {
		...{ unit: 'count', source: 'standing', value: "c.status = 'resolved' and c.told_at is null" },
		label: ['待反馈件', 'To be told'],
		definition: [
			'已填报结果、尚未反馈群众的事项',
			'Cases with a result that the household has not been told',
		],
	},
	unacknowledged_rungs: {
		...{ unit: 'count', source: 'waiting', value: 'e.acknowledged_at is null' },
		label: ['未签收', 'Not acknowledged'],
		definition: [
			'办理中事项的催办督办，尚无人签收的条数',
			'Escalations of cases in progress that nobody has acknowledged',
		],
	},
	received_cases: {
		...{ unit: 'count', source: 'received', value: 'true' },
		label: ['登记事项', 'Received'],
		definition: [
			'期内登记的事项，含群众撤回的',
			'Cases recorded in the period, those withdrawn later included',
		],
	},
	resolved_cases: {
		...{ unit: 'count', source: 'steps', value: "s.kind = 'resolve'" },
		label: ['已有结果', 'Resolved'],
		definition: [
			'期内填报过结果的事项，一件计一次',
			'Cases for which a result was entered in the period, each once',
		],
	},
	closed_cases: {
		...{ unit: 'count', source: 'steps', value: "s.kind = 'close'" },
		label: ['办结、销号', 'Closed'],
		definition: ['期内办结或销号的事项，一件计一次', 'Cases closed or struck off in the period, each once'],
	},
	became_late: {
		...{ unit: 'count', source: 'missed', value: LATE },
		label: ['新增逾期', 'Became late'],
		definition: [
			'首次超过办结时限之时在期内的事项；按时间计算，后来办结的也计入',
			'Cases that first ran past a deadline in the period, by the clock, also where they were settled later',
		],
	},
	reopened_cases: {
		...{ unit: 'count', source: 'steps', value: "s.kind = 'reopen'" },
		label: ['重办件', 'Reopened'],
		definition: ['期内重新办理的事项，一件计一次', 'Cases taken up again in the period, each once'],
	},
	response_rate: {
		...{ unit: 'share', source: 'received' },
		...{ value: `${ofAnswerable} and f.at <= c.received_at + :day`, of: ofAnswerable },
		label: ['响应率', 'Response rate'],
		definition: [
			'期内登记的事项中，登记后24小时内有办理记录的比例；未满24小时且尚无记录的、群众撤回的不计',
			'Of the cases recorded in the period, those on which somebody took a step within 24 hours of receipt; without those that still have time and those withdrawn',
		],
	},
	within_24_hours_rate: {
		...{ unit: 'share', source: 'received' },
		...{ value: `${ofProxy} and c.resolved_at <= c.clock_from + :day`, of: ofProxy },
		label: ['24小时办结率', 'Done within 24 hours'],
		definition: [
			'期内登记的代办事项中，自登记（群众更早提出的，自提出）起24小时内填报最后结果的比例，重新办理的扣除已有结果的时间；未满24小时且尚无结果的、群众撤回的不计',
			'Of the proxy cases recorded in the period, those whose last result came within 24 hours of receipt, or of the earlier time at which the household raised them; of a reopened case the time with a result is not counted; without those that still have time and those withdrawn',
		],
	},
	on_time_rate: {
		...{ unit: 'share', source: 'received' },
		...{ value: `${ofDecided} and not ${LATE}`, of: ofDecided },
		label: ['按期办结率', 'On time'],
		definition: [
			'期内登记、已有结果或已过时限的事项中，从未逾期的比例；经批准延期的按延期后的时限，群众撤回的不计',
			'Of the cases recorded in the period that have a result or whose deadline has passed, those that were never late; a deadline that was extended counts as extended; without those withdrawn',
		],
	},
	solved_rate: {
		...{ unit: 'share', source: 'steps', ...solved('tell') },
		label: ['解决率', 'Solved'],
		definition: [
			'期内反馈群众的事项中，群众答复“已解决”的比例；每件取期内最后一次反馈，“依规不能办、已解释”的不计；由办理人填报',
			'Of the cases whose household was told in the period, those answered as solved; the last answer of each in the period counts, without those that the rules do not allow; as the official entered it',
		],
	},
	satisfaction_rate: {
		...{ unit: 'share', source: 'steps', ...satisfied('tell') },
		label: ['满意率', 'Satisfied'],
		definition: [
			'期内反馈群众的事项中，群众表示满意或基本满意的比例；每件取期内最后一次反馈，未表态的不计；由办理人填报',
			'Of the cases whose household was told in the period, those satisfied or mostly satisfied; the last answer of each in the period counts, without those who did not say; as the official entered it',
		],
	},
	solved_rate_verified: {
		...{ unit: 'share', source: 'steps', ...solved('verify') },
		label: ['解决率（回访）', 'Solved, verified'],
		definition: [
			'期内回访核实的事项中，群众答复“已解决”的比例；每件取期内最后一次回访，“依规不能办、已解释”的不计；由督导组核实',
			'Of the cases verified in the period, those answered as solved; the last answer of each in the period counts, without those that the rules do not allow; as the supervision group heard it',
		],
	},
	satisfaction_rate_verified: {
		...{ unit: 'share', source: 'steps', ...satisfied('verify') },
		label: ['满意率（回访）', 'Satisfied, verified'],
		definition: [
			'期内回访核实的事项中，群众表示满意或基本满意的比例；每件取期内最后一次回访，未表态的不计；由督导组核实',
			'Of the cases verified in the period, those satisfied or mostly satisfied; the last answer of each in the period counts, without those who did not say; as the supervision group heard it',
		],
	},
	raised_rungs: {
		...{ unit: 'count', source: 'raised', value: 'e.raised_at is not null' },
		label: ['发出催办督办', 'Escalations raised'],
		definition: ['期内发出的催办督办条数', 'Escalations raised in the period'],
	},
	acknowledged_rungs: {
		...{ unit: 'share', source: 'raised', value: 'e.acknowledged_at is not null', of: 'true' },
		label: ['已签收', 'Acknowledged'],
		definition: [
			'期内发出的催办督办中，已签收的比例',
			'Of the escalations raised in the period, those that were acknowledged, whenever that was',
		],
	},
	acknowledge_minutes: {
		...{ unit: 'minutes', source: 'raised' },
		...{ from: 'e.raised_at', to: 'e.acknowledged_at', of: 'e.acknowledged_at is not null' },
		label: ['签收用时', 'Time to acknowledge'],
		definition: [
			'期内发出、已签收的催办督办，从发出到签收用时的中位数',
			'Of the escalations raised in the period and acknowledged, the median time from one to the other',
		],
	},
};

/** What stands beside every figure that concerns people. */
export const REFERENCE_ONLY: Pair = ['参考数据，不直接计分', 'For reference; nobody is rated by it'];
