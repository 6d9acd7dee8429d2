import { LOCAL_OFFSET_MS } from '../platform/local-time.js';
import type { Dialect } from '../platform/dialect.js';

/** SQL expressions for the columns of a case that the ladder looks at; a table alias or `NEW`. */
export interface CaseColumns {
	id: string;
	ledger: string;
	service: string;
	cycle: string;
	rung_base: string;
	due_at: string;
}

/** The columns of a case under a table alias. */
export function caseColumns(alias: string): CaseColumns {
	return {
		id: `${alias}.id`,
		ledger: `${alias}.ledger`,
		service: `${alias}.service`,
		cycle: `${alias}.cycle`,
		rung_base: `${alias}.rung_base`,
		due_at: `${alias}.due_at`,
	};
}

/**
 * Rules `r` that apply to a case: those of its service where that has any of its own, else those of its ledger.
 */
export function applicableRules(c: CaseColumns): string {
	return `r.ledger = ${c.ledger} and (r.service = ${c.service} or (r.service is null and not exists (
		select 1 from doorstep_escalation_rules o where o.ledger = ${c.ledger} and o.service = ${c.service})))`;
}

/**
 * No rung is raised twice for a deadline. Rungs count on through a cycle: a deadline that a decision or a conversion has set begins
 * above the last one that was raised (`rung_base`), so that it has a whole ladder of its own.
 */
export function notRaised(c: CaseColumns): string {
	return `not exists (select 1 from doorstep_escalations e where e.case_id = ${c.id} and e.cycle = ${c.cycle} and e.rung = ${c.rung_base} + r.rung)`;
}

/** When rung `r` is due for a deadline: the SQL twin of `rungDueAt` in deadlines.ts. */
export function rungDueSql(dialect: Dialect, due: string): string {
	const day = localDaySql(dialect, due);
	const target = (days: string): string => `(select ${days} from doorstep_calendar f
		join doorstep_calendar t on t.working
			and t.ordinal = f.ordinal + r.delay + case when r.delay < 0 and not f.working then 1 else 0 end where f.day = ${day})`;
	return dialect === 'postgres'
		? `(case when r.unit = 'minutes' or r.delay = 0 then ${due} + r.delay * interval '1 minute'
			else ${due} + coalesce(${target('t.day::date - f.day::date')}, r.delay) * interval '24 hours' end)`
		: `(case when r.unit = 'minutes' or r.delay = 0 then ${due} + r.delay * 60000
			else ${due} + coalesce(${target('cast(julianday(t.day) - julianday(f.day) as integer)')}, r.delay) * 86400000 end)`;
}

/**
 * When the next rung of a running case is due; null where none is left.
 *
 * @param after only rungs later than this: those up to it are being raised in the same statement
 */
export function nextRungSql(dialect: Dialect, c: CaseColumns, after?: string): string {
	const due = rungDueSql(dialect, c.due_at);
	const later = after === undefined ? '' : ` and ${due} > ${after}`;
	return `(select min(${due}) from doorstep_escalation_rules r where ${applicableRules(c)} and ${notRaised(c)}${later})`;
}

function localDaySql(dialect: Dialect, at: string): string {
	return dialect === 'postgres'
		? `to_char(${at} at time zone 'Asia/Shanghai', 'YYYY-MM-DD')`
		: `date((${at} + ${String(LOCAL_OFFSET_MS)}) / 1000, 'unixepoch')`;
}

/**
 * Moves running cases to the ladder as it stands now, in one statement; rungs already raised are not repeated. Only rows that move
 * are locked, by rising id as everywhere (design: one lock order).
 *
 * @param day SQL of a day of the calendar: only cases whose rungs may count over it
 */
export function moveLadderSql(dialect: Dialect, day?: string): string {
	const next = nextRungSql(dialect, caseColumns('doorstep_cases'));
	const moves = `status = 'open'${day === undefined ? '' : ` and ${nearSql(dialect, day)}`} and next_rung_at is distinct from ${next}`;
	return dialect === 'postgres'
		? `with moving as materialized (select id from doorstep_cases where ${moves} order by id for no key update)
			update doorstep_cases set next_rung_at = ${next} from moving where doorstep_cases.id = moving.id`
		: `update doorstep_cases set next_rung_at = ${next} where ${moves}`;
}

/** Deadlines so near to a day that a rung in working days may reach over it; holidays at most double the days and a bit. */
function nearSql(dialect: Dialect, day: string): string {
	const reach =
		"(select 30 + 2 * coalesce(max(abs(delay)), 0) from doorstep_escalation_rules where unit = 'working_days')";
	const [at, days] =
		dialect === 'postgres'
			? [`(${day}::timestamp at time zone 'Asia/Shanghai')`, `${reach} * interval '24 hours'`]
			: [`((julianday(${day}) - 2440587.5) * 86400000)`, `${reach} * 86400000`];
	return `due_at > ${at} - ${days} and due_at < ${at} + ${days}`;
}
