import type { Dialect } from '../platform/dialect.js';
import type { SourceName } from './definitions.js';
import { millisecondsSql } from './sql.js';

/** Rows that figures are counted over, with the aliases that definitions.ts speaks of. */
export interface Source {
	/** @param turn what else than case and kind a step has to be the last of: its window */
	from: (turn: string | null) => string;
	where: string;
	/** The time it is counted by, and whether that lies in the period; none where it is as of now. */
	at?: string;
	within?: string;
	/** Of late ones, how late: milliseconds. */
	lateMs?: (dialect: Dialect) => string;
	/** How long ago it was received. */
	ageMs?: (dialect: Dialect) => string;
	/** Rungs can be told apart by name. */
	rung?: string;
}

const CASES = 'doorstep_cases c';
const KEPT = "c.status <> 'withdrawn'";
const RUNGS = 'doorstep_escalations e join doorstep_cases c on c.id = e.case_id';

/** The steps by which a case is settled, told and taken up again; the index of them says the same. */
export const COUNTED_STEPS = "('resolve', 'tell', 'verify', 'close', 'reopen')";

/** The deadline that a case missed first, by timestamps alone (F3). */
const MISSED = "coalesce(c.breached_at, case when c.status = 'open' and c.due_at < :now then c.due_at end)";
/** When the late one was settled, or now: a result before the miss belongs to an earlier round. */
const MISSED_UNTIL = `coalesce((select min(r.resolved_at) from doorstep_case_steps r
	where r.case_id = c.id and r.kind = 'resolve' and r.resolved_at > ${MISSED}), :now)`;

const within = (at: string): string => `${at} >= :from and ${at} < :to`;

export const SOURCES: Readonly<Record<SourceName, Source>> = {
	standing: {
		from: () => CASES,
		where: "c.status in ('open', 'resolved')",
		ageMs: (dialect) => millisecondsSql(dialect, 'c.received_at', ':now'),
		lateMs: (dialect) =>
			`case when c.status = 'open' and c.due_at < :now then ${millisecondsSql(dialect, 'c.due_at', ':now')} end`,
	},
	waiting: {
		from: () => RUNGS,
		where: "c.status = 'open' and e.acknowledged_at is null",
		rung: 'e.name',
	},
	received: {
		from: () => `${CASES} left join doorstep_case_steps f on f.case_id = c.id and f.seq = 2`,
		where: 'true',
		at: 'c.received_at',
		within: within('c.received_at'),
	},
	missed: {
		from: () => CASES,
		where: KEPT,
		at: MISSED,
		// Each way alone, so that an index answers it.
		within: `((${within('c.breached_at')}) or (c.breached_at is null and c.status = 'open' and c.due_at < :now and ${within('c.due_at')}))`,
		lateMs: (dialect) => millisecondsSql(dialect, MISSED, MISSED_UNTIL),
	},
	steps: {
		from: (turn) => `(select s.case_id, s.kind, s.at, s.solved, s.satisfaction, row_number() over (
				partition by s.case_id, s.kind${turn === null ? '' : `, ${turn}`} order by s.seq desc) as turn
			from doorstep_case_steps s where s.kind in ${COUNTED_STEPS} and ${within('s.at')}) s
			join ${CASES} on c.id = s.case_id`,
		where: `s.turn = 1 and ${KEPT}`,
		at: 's.at',
		within: 'true',
	},
	raised: {
		from: () => RUNGS,
		where: KEPT,
		at: 'e.raised_at',
		within: within('e.raised_at'),
		rung: 'e.name',
	},
};

/** Whether rows are counted in a period; the others are as of now. */
export function isOfPeriod(source: SourceName): boolean {
	return SOURCES[source].at !== undefined;
}
