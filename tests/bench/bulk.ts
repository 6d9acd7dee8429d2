/** Rows by the hundred thousand, written by statements over whole sets while our triggers are off. */
import type { Knex } from 'knex';
import { dialectOf, rowsOf } from '../../extensions/platform/dialect.js';
import { DAY_MS, HOUR_MS } from '../../extensions/platform/local-time.js';

const TABLES = ['doorstep_cases', 'doorstep_case_steps', 'doorstep_escalations'] as const;

/** Our triggers on cases, steps and rungs see nothing from now on. @returns puts them back as they stood */
export async function triggersOff(knex: Knex): Promise<() => Promise<void>> {
	if (dialectOf(knex) === 'postgres') {
		const turn = async (to: 'enable' | 'disable'): Promise<void> => {
			for (const table of TABLES) await knex.raw(`alter table ?? ${to} trigger user`, [table]);
		};
		await turn('disable');
		return () => turn('enable');
	}
	const triggers = await knex('sqlite_master')
		.where({ type: 'trigger' })
		.whereIn('tbl_name', TABLES)
		.select<{ name: string; sql: string }[]>('name', 'sql');
	for (const { name } of triggers) await knex.raw('drop trigger ??', [name]);
	return async () => {
		for (const { sql } of triggers) await knex.raw(sql);
	};
}

export async function withoutTriggers(knex: Knex, work: (trx: Knex) => Promise<void>): Promise<void> {
	await knex.transaction(async (trx) => {
		const putBack = await triggersOff(trx);
		await work(trx);
		// On PostgreSQL no table can be altered whose foreign keys wait to be checked.
		if (dialectOf(trx) === 'postgres') await trx.raw('set constraints all immediate');
		await putBack();
	});
}

/** As PostgreSQL does by itself in time, and SQLite never; both go by it when they plan. */
export async function tidied(knex: Knex): Promise<void> {
	await knex.raw(dialectOf(knex) === 'postgres' ? 'vacuum analyze' : 'analyze');
}

export interface OpenCases {
	cases: number;
	/** So many of them, all over the table, have just missed their deadline; the others have days left. */
	due: number;
}

/**
 * Open proxy cases of all households in turn, beside those that are there. Those that are due have been warned of (rung 1) and are to
 * be urged (rung 2); the warnings of the others come later. They have no steps: a sweep looks at none, and so it takes seconds.
 */
export async function writeOpenCases(knex: Knex, { cases, due }: OpenCases): Promise<void> {
	const postgres = dialectOf(knex) === 'postgres';
	const now = Date.now();
	const time = (at: number): string =>
		postgres ? `'${new Date(at).toISOString()}'::timestamptz` : String(at);
	const numbers = postgres
		? `select n from generate_series(1, ${cases}) n`
		: `with recursive counted(n) as (select 1 union all select n + 1 from counted where n < ${cases}) select n from counted`;
	const id = (group: string): string =>
		postgres
			? `('00000000-0000-4000-${group}-' || lpad(to_hex(c.n), 12, '0'))::uuid`
			: `printf('00000000-0000-4000-${group}-%012x', c.n)`;
	const missed = now - HOUR_MS / 2;
	const [isDue, dueAt] = [
		`c.n % ${Math.floor(cases / due)} = 0`,
		`case when is_due then ${time(missed)} else ${time(now + 3 * DAY_MS)} end`,
	];
	const minutes = (count: number): string =>
		postgres ? `interval '${count} minutes'` : String(count * 60_000);
	const received = time(now - DAY_MS);
	await withoutTriggers(knex, async (trx) => {
		await trx.raw(`insert into doorstep_cases (id, number, household, cadre, holder, ledger, nature, source, title, status, received_at,
				due_at, first_due_at, clock_from, cycle, rung, rung_base, next_rung_at, seq, head_hash)
			select id, number, household, cadre, cadre, 'proxy', 'request', 'visit', '新生儿落户', 'open', ${received},
				${dueAt}, ${dueAt}, ${received}, 1, case when is_due then 1 else 0 end, 0,
				case when is_due then ${dueAt} else ${dueAt} - ${minutes(240)} end, 1, 'none'
			from (select ${id('8000')} as id, 'B-' || c.n as number, h.id as household, h.cadre, ${isDue} as is_due
				from (${numbers}) c
				join (select id, cadre, row_number() over (order by id) - 1 as place from doorstep_households) h
					on h.place = c.n % (select count(*) from doorstep_households)) made`);
		await trx.raw(`insert into doorstep_escalations (id, case_id, cycle, rung, name, due_at, raised_at, recipients)
			select ${id('9000')}, ${id('8000')}, 1, 1, '到期提醒', ${time(missed)} - ${minutes(240)}, ${time(missed)} - ${minutes(240)}, '[]'
			from (${numbers}) c where ${isDue}`);
	});
	await tidied(knex);
}

/** What a sweep leaves behind is gone, and the cases stand as they were written. @returns puts everything back, as often as it is called */
export async function memoryOfCases(knex: Knex): Promise<() => Promise<void>> {
	await knex.raw(`create table bench_before as select id, rung, next_rung_at, breached_at from doorstep_cases
		where next_rung_at <= ${dialectOf(knex) === 'postgres' ? 'now()' : String(Date.now())}`);
	const columns = ['rung', 'next_rung_at', 'breached_at'];
	const [before] = await rowsOf<{ rungs: number }>(knex, 'select max(rung) as rungs from bench_before');
	return async () => {
		await withoutTriggers(knex, async (trx) => {
			await trx.raw('delete from doorstep_escalations where rung > ?', [before?.rungs ?? 0]);
			await trx.raw(`update doorstep_cases set ${columns.map((column) => `${column} = b.${column}`).join(', ')}
				from bench_before b where b.id = doorstep_cases.id`);
			await trx('directus_notifications').delete();
			await trx('doorstep_outbox').delete();
		});
		if (dialectOf(knex) === 'postgres')
			await knex.raw('vacuum doorstep_cases, doorstep_escalations, directus_notifications, doorstep_outbox');
	};
}
