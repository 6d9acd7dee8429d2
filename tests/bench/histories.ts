/** Cases with all their steps, as many as an audit has to replay: made by the rules, written in bulk. */
import type { Knex } from 'knex';
import { STATE_COLUMNS, type LinkedStep } from '../../extensions/cases/chain.js';
import { caseColumns, nextRungSql } from '../../extensions/cases/ladder-sql.js';
import { SEAL_WHAT_STANDS } from '../../extensions/cases/seals.js';
import { dialectOf, toRow, type Dialect } from '../../extensions/platform/dialect.js';
import { buildCases } from '../../seed/demo/cases.js';
import { planCases } from '../../seed/demo/plan.js';
import { calendarOf, largeTownship } from '../harness/large.js';
import { tidied, withoutTriggers } from './bulk.js';

const ROWS_A_STATEMENT = 2000;

/** Beside the households of `writeLarge`. Triggers would take minutes; what they copy and check is written here and held by the audit. */
export async function writeHistories(knex: Knex, count: number): Promise<void> {
	const now = new Date();
	const { cases, steps } = buildCases(largeTownship(), now, await calendarOf(knex), planCases(count, now));
	const newest = new Map<string, LinkedStep>();
	for (const step of steps) newest.set(step.case_id, step);
	const dialect = dialectOf(knex);
	await withoutTriggers(knex, async (trx) => {
		await insert(
			trx,
			'doorstep_cases',
			cases.map((row) => ({ ...row, ...endOf(newest.get(row.id)) })),
		);
		await insert(trx, 'doorstep_case_steps', steps);
		await trx.raw(
			`update doorstep_cases set next_rung_at = ${nextRungSql(dialect, caseColumns('doorstep_cases'))} where status = 'open'`,
		);
		await trx.raw(`insert into doorstep_counters (year, n)
			select cast(substr(number, 1, 4) as integer), count(*) from doorstep_cases group by 1`);
		await SEAL_WHAT_STANDS.run(trx);
	});
	await tidied(knex);
}

/** What the projection copies onto a case. */
function endOf(step: LinkedStep | undefined): object {
	if (step === undefined) throw new Error('A case has no steps.');
	const state = Object.fromEntries(STATE_COLUMNS.map((column) => [column, step[column]]));
	return { ...state, seq: step.seq, head_hash: step.hash };
}

async function insert(trx: Knex, table: string, rows: readonly object[]): Promise<void> {
	const dialect = dialectOf(trx);
	const columns = Object.keys(rows[0] ?? {});
	for (let from = 0; from < rows.length; from += ROWS_A_STATEMENT) {
		const slice = rows.slice(from, from + ROWS_A_STATEMENT).map((row) => toRow(dialect, row));
		await trx.raw(insertJsonSql(dialect, table, columns), [JSON.stringify(slice)]);
	}
}

function insertJsonSql(dialect: Dialect, table: string, columns: readonly string[]): string {
	const list = columns.map((column) => `"${column}"`).join(', ');
	const values = columns.map((column) => `json_extract(value, '$.${column}')`).join(', ');
	return dialect === 'postgres'
		? `insert into ${table} (${list}) select ${list} from json_populate_recordset(null::${table}, ?::json)`
		: `insert into ${table} (${list}) select ${values} from json_each(?)`;
}
