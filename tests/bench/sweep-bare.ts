/** What a sweep does at the least: two statements over whole sets, without recipients, notices or working days. */
import type { Knex } from 'knex';
import { dialectOf, UUID_SQL, type Dialect } from '../../extensions/platform/dialect.js';
import { databaseNow } from '../../extensions/platform/clock.js';

function due(dialect: Dialect): string {
	return dialect === 'postgres' ? "c.due_at + r.delay * interval '1 minute'" : 'c.due_at + r.delay * 60000';
}

function raise(dialect: Dialect): string {
	return `insert into doorstep_escalations (id, case_id, cycle, rung, name, due_at, raised_at, recipients)
		select ${UUID_SQL[dialect]}, c.id, c.cycle, r.rung, r.name, ${due(dialect)}, :now, '[]'
		from doorstep_cases c join doorstep_escalation_rules r on r.ledger = c.ledger and r.service is null
		where c.status = 'open' and c.next_rung_at <= :now and r.rung > c.rung and ${due(dialect)} <= :now`;
}

function move(dialect: Dialect): string {
	const rules = 'from doorstep_escalation_rules r where r.ledger = c.ledger and r.service is null';
	return `update doorstep_cases as c set rung = (select max(r.rung) ${rules} and ${due(dialect)} <= :now),
			next_rung_at = (select min(${due(dialect)}) ${rules} and ${due(dialect)} > :now),
			breached_at = case when due_at < :now then coalesce(breached_at, due_at) else breached_at end
		where status = 'open' and next_rung_at <= :now`;
}

/** In one transaction, with indexes, keys and triggers as they stand. */
export async function bareSweep(knex: Knex): Promise<void> {
	const dialect = dialectOf(knex);
	await knex.transaction(async (trx) => {
		const at = await databaseNow(trx);
		const now = dialect === 'postgres' ? at : at.getTime();
		await trx.raw(raise(dialect), { now });
		await trx.raw(move(dialect), { now });
	});
}
