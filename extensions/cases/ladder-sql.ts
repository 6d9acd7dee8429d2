import { LOCAL_OFFSET_MS } from '../platform/local-time.js';
import type { Dialect } from '../platform/dialect.js';

/** SQL expressions for the columns of a case that the ladder looks at; a table alias or `NEW`. */
export interface CaseColumns {
	id: string;
	ledger: string;
	service: string;
	cycle: string;
	due_at: string;
}

/** The columns of a case under a table alias. */
export function caseColumns(alias: string): CaseColumns {
	return {
		id: `${alias}.id`,
		ledger: `${alias}.ledger`,
		service: `${alias}.service`,
		cycle: `${alias}.cycle`,
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

/** No rung is raised twice in a cycle. */
export function notRaised(c: CaseColumns): string {
	return `not exists (select 1 from doorstep_escalations e where e.case_id = ${c.id} and e.cycle = ${c.cycle} and e.rung = r.rung)`;
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
 * Moves every running case to the ladder as it stands now, in one statement; rungs already raised are not repeated. Rows are
 * locked by rising id, as everywhere (design: one lock order).
 */
export function moveLadderSql(dialect: Dialect): string {
	const next = nextRungSql(dialect, caseColumns('doorstep_cases'));
	return dialect === 'postgres'
		? `with running as materialized (select id from doorstep_cases where status = 'open' order by id for no key update)
			update doorstep_cases set next_rung_at = ${next} from running where doorstep_cases.id = running.id`
		: `update doorstep_cases set next_rung_at = ${next} where status = 'open'`;
}
