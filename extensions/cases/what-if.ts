import type { Knex } from 'knex';
import { databaseNow } from '../platform/clock.js';
import { dialectOf, rowsOf, type Dialect } from '../platform/dialect.js';
import { caseColumns, nextRungSql } from './ladder-sql.js';
import type { RuleChange } from './ladder-sent.js';

export interface WhatIf {
	/** Open cases that run on the ladder of this rule. */
	open: number;
	/** Open cases whose next rung would be due at another time. */
	moves: number;
	/** Of these, how many would be raised by the next sweep. */
	raises: number;
	as_of: Date;
}

/** Far longer than 100,000 open cases take; nobody waits longer, and the database is not to go on for them. */
const LONGEST_MS = 20_000;

/**
 * What saving a rule would do to open cases. Nothing is written and nothing is locked: the triggers' own statement (`nextRungSql`)
 * is asked over rules as they would stand, in one set-based query; on PostgreSQL in a transaction that may only read.
 */
export async function whatIf(database: Knex, change: RuleChange): Promise<WhatIf> {
	if (dialectOf(database) === 'sqlite') return countOn(database, change);
	return database.transaction(
		async (trx) => {
			await trx.raw(`set local statement_timeout = ${String(LONGEST_MS)}`);
			return countOn(trx, change);
		},
		{ readOnly: true },
	);
}

async function countOn(knex: Knex, change: RuleChange): Promise<WhatIf> {
	const dialect = dialectOf(knex);
	const now = await databaseNow(knex);
	const [row] = await rowsOf<Record<'open' | 'moves' | 'raises', number | string>>(
		knex,
		whatIfSql(dialect, change),
		{ ...change, now: dialect === 'sqlite' ? now.getTime() : now },
	);
	return { open: Number(row?.open), moves: Number(row?.moves), raises: Number(row?.raises), as_of: now };
}

/**
 * Under the name of the table of rules stands, for this query only, the table as it would be after saving. What names the table with
 * its schema still means the table itself.
 */
function whatIfSql(dialect: Dialect, { id, service, deleted }: RuleChange): string {
	const schema = dialect === 'sqlite' ? 'main.' : '';
	const others = `select ledger, service, rung, delay, unit from ${schema}doorstep_escalation_rules${id === null ? '' : ' where id <> :id'}`;
	const itself = deleted ? '' : ' union all select :ledger, :service, :rung, :delay, :unit';
	const ownRungs =
		'select 1 from doorstep_escalation_rules o where o.ledger = c.ledger and o.service = c.service';
	const onLadder = `c.ledger = :ledger and ${service === null ? `not exists (${ownRungs})` : 'c.service = :service'}`;
	return `with doorstep_escalation_rules as (${others}${itself}),
		later as materialized (select c.next_rung_at as was, ${nextRungSql(dialect, caseColumns('c'))} as becomes,
			case when ${onLadder} then 1 end as on_ladder from doorstep_cases c where c.status = 'open')
		select count(on_ladder) as open, count(case when was is distinct from becomes then 1 end) as moves,
			count(case when was is distinct from becomes and becomes <= :now then 1 end) as raises from later`;
}
