import type { Knex } from 'knex';
import { databaseNow } from '../platform/clock.js';
import { dialectOf, rowsOf, toDate, toDateOrNull } from '../platform/dialect.js';
import { groupBy } from '../platform/group-by.js';
import { faultsOf } from '../platform/installation.js';
import type { Snapshot } from '../platform/snapshot.js';
import { auditCase, type AuditedCase, type Fault } from './audit-rules.js';
import { headOf, type LinkedStep } from './chain.js';
import { filesElsewhere } from './files-database.js';
import { caseColumns, nextRungSql } from './ladder-sql.js';
import { sealFaults } from './seals.js';
import { stateOf } from './store.js';

export interface AuditReport {
	ok: boolean;
	cases: number;
	steps: number;
	/** One hash over the ends of all chains. */
	head: string;
	/** At most `MOST_FAULTS`. */
	faults: Fault[];
}

type Row = Record<string, unknown>;

/** Cases read at a time; memory stays bounded however many there are. */
const CASES_AT_ONCE = 1000;
const MOST_FAULTS = 1000;

/**
 * Replays every chain and compares it with what stands in the database: steps and hashes, cases, rungs, numbers, and our own
 * triggers and indexes. Reads in one transaction, so that honest steps that come in meanwhile are no faults.
 */
export async function audit(database: Knex, snapshot: Snapshot): Promise<AuditReport> {
	const missing = await faultsOf(database, snapshot);
	const faults: Fault[] = missing.map((what) => ({ code: 'object_missing', what }));
	// Without a table or a column there is nothing to replay.
	if (missing.some((what) => what.includes('.'))) return { ok: false, cases: 0, steps: 0, head: '', faults };
	return database.transaction(
		async (trx) => {
			const now = await databaseNow(trx);
			const head = headOf();
			let cases = 0;
			let steps = 0;
			for await (const { row, chain, orphans } of chains(trx)) {
				steps += chain.length + orphans.length;
				faults.push(
					...orphans.map(({ case_id, seq }): Fault => ({ code: 'step_without_case', case: case_id, seq })),
				);
				if (row === undefined) continue;
				cases += 1;
				faults.push(...auditCase(row, chain, now));
				head.add(row.id, chain.at(-1)?.hash ?? '');
			}
			faults.push(...(await fileFaults(trx)));
			faults.push(...(await sealFaults(trx, MOST_FAULTS)));
			faults.push(...(await rungFaults(trx)), ...(await nextRungFaults(trx)), ...(await numberFaults(trx)));
			return {
				ok: faults.length === 0,
				cases,
				steps,
				head: head.digest(),
				faults: faults.slice(0, MOST_FAULTS),
			};
		},
		dialectOf(database) === 'postgres' ? { isolationLevel: 'repeatable read', readOnly: true } : {},
	);
}

/** Each case with its steps, in order of ids; steps whose case is gone come with the case after them, or alone at the end. */
async function* chains(
	trx: Knex,
): AsyncGenerator<{ row: AuditedCase | undefined; chain: LinkedStep[]; orphans: LinkedStep[] }> {
	let after = '00000000-0000-0000-0000-000000000000';
	for (;;) {
		const rows = await casesAfter(trx, after);
		const upTo =
			rows.length < CASES_AT_ONCE ? 'ffffffff-ffff-ffff-ffff-ffffffffffff' : (rows.at(-1)?.id ?? after);
		const byCase = groupBy(await stepsBetween(trx, after, upTo), (step) => step.case_id);
		for (const row of rows) {
			const chain = byCase.get(row.id) ?? [];
			byCase.delete(row.id);
			yield { row, chain, orphans: [] };
		}
		yield { row: undefined, chain: [], orphans: [...byCase.values()].flat() };
		if (rows.length < CASES_AT_ONCE) return;
		after = upTo;
	}
}

async function casesAfter(trx: Knex, after: string): Promise<AuditedCase[]> {
	const rows = await trx('doorstep_cases as c')
		.join('doorstep_households as h', 'h.id', 'c.household')
		.where('c.id', '>', after)
		.orderBy('c.id')
		.limit(CASES_AT_ONCE)
		.select<Row[]>('c.*', 'h.cadre as household_cadre');
	const assignments = await trx('doorstep_assignments')
		.whereIn('household', [...new Set(rows.map((row) => row['household'] as string))])
		.select<{ household: string; cadre: string }[]>('household', 'cadre');
	const former = groupBy(assignments, (assignment) => assignment.household);
	return rows.map((row) => ({
		id: row['id'] as string,
		number: row['number'] as string,
		seq: row['seq'] as number,
		headHash: row['head_hash'] as string,
		receivedAt: toDate(row['received_at']),
		cadre: row['cadre'] as string,
		householdCadre: row['household_cadre'] as string,
		everyCadre: new Set((former.get(row['household'] as string) ?? []).map((assignment) => assignment.cadre)),
		state: stateOf(row),
	}));
}

async function stepsBetween(trx: Knex, after: string, upTo: string): Promise<LinkedStep[]> {
	const rows = await trx('doorstep_case_steps')
		.where('case_id', '>', after)
		.where('case_id', '<=', upTo)
		.orderBy(['case_id', 'seq'])
		.select<Row[]>('*');
	return rows.map(
		(row) =>
			({
				...row,
				...stateOf(row),
				at: toDate(row['at']),
				happened_at: toDateOrNull(row['happened_at']),
			}) as unknown as LinkedStep,
	);
}

async function fileFaults(trx: Knex): Promise<Fault[]> {
	const rows = await filesElsewhere(trx, MOST_FAULTS);
	return rows.map(({ case_id, seq }) => ({ code: 'file_elsewhere', case: case_id, seq }));
}

async function rungFaults(trx: Knex): Promise<Fault[]> {
	const rows = await rowsOf<{ id: string; number: string }>(
		trx,
		`select c.id, c.number from doorstep_cases c where c.rung <> coalesce(
			(select max(e.rung) from doorstep_escalations e where e.case_id = c.id and e.cycle = c.cycle), 0) limit ${String(MOST_FAULTS)}`,
	);
	return rows.map((row) => ({ code: 'rung_differs', case: row.id, number: row.number }));
}

async function nextRungFaults(trx: Knex): Promise<Fault[]> {
	const expected = `case when doorstep_cases.status = 'open' then ${nextRungSql(dialectOf(trx), caseColumns('doorstep_cases'))} end`;
	const rows = await rowsOf<{ id: string; number: string }>(
		trx,
		`select id, number from doorstep_cases where next_rung_at is distinct from ${expected} limit ${String(MOST_FAULTS)}`,
	);
	return rows.map((row) => ({ code: 'next_rung_wrong', case: row.id, number: row.number }));
}

/** Numbers run without gaps up to the year's counter: a missing one is a case taken away, another one a case put in. */
async function numberFaults(trx: Knex): Promise<Fault[]> {
	const counters = await trx('doorstep_counters').select<{ year: number; n: number }[]>('year', 'n');
	const rows = await trx('doorstep_cases').select<{ number: string }[]>('number');
	const standing = new Set(rows.map((row) => row.number));
	const faults: Fault[] = [];
	for (const { year, n } of counters) {
		for (let count = 1; count <= n; count += 1) {
			const number = `${String(year)}-${String(count).padStart(6, '0')}`;
			if (!standing.delete(number)) faults.push({ code: 'number_missing', number });
		}
	}
	return [...faults, ...[...standing].map((number): Fault => ({ code: 'number_unknown', number }))];
}
