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
	/** One hash over all chains, as they were at `as_of`. */
	head: string;
	/** No step of up to this time can still come in, so that the head of this time stays what it is. */
	as_of: Date;
	/** At most `MOST_FAULTS`. */
	faults: Fault[];
}

/** What an earlier audit has said, kept where the database does not reach. */
export type NotedHead = Pick<AuditReport, 'head' | 'as_of'>;

type Row = Record<string, unknown>;

/** Cases read at a time: memory stays bounded however many there are, and requests to the same process wait some fifty milliseconds at most. */
const CASES_AT_ONCE = 250;
const MOST_FAULTS = 1000;

/**
 * Replays every chain and compares it with what stands in the database: steps and hashes, cases, rungs, numbers, and our own
 * triggers and indexes. Reads in one transaction, so that honest steps that come in meanwhile are no faults.
 *
 * @param noted of an earlier audit: what was taken away or hashed anew since, down to an old backup, is found by it alone
 */
export async function audit(database: Knex, snapshot: Snapshot, noted?: NotedHead): Promise<AuditReport> {
	const missing = await faultsOf(database, snapshot);
	const faults: Fault[] = missing.map((what) => ({ code: 'object_missing', what }));
	// Before the transaction: whatever had begun by then and is not running any more can be seen in it.
	const as_of = await settledUntil(database);
	// Without a table or a column there is nothing to replay.
	if (missing.some((what) => what.includes('.')))
		return { ok: false, cases: 0, steps: 0, head: '', as_of, faults };
	return database.transaction(
		async (trx) => {
			const now = await databaseNow(trx);
			const head = headOf(as_of);
			const then = noted && headOf(noted.as_of);
			let cases = 0;
			let steps = 0;
			// Where all is at fault, the rest is counted and not listed.
			const found = (more: readonly Fault[]): void => {
				faults.push(...more.slice(0, Math.max(0, MOST_FAULTS - faults.length)));
			};
			for await (const { row, chain, orphans } of chains(trx)) {
				steps += chain.length + orphans.length;
				found(orphans.map(({ case_id, seq }): Fault => ({ code: 'step_without_case', case: case_id, seq })));
				if (row === undefined) continue;
				cases += 1;
				found(auditCase(row, chain, now));
				head.add(row.id, chain);
				then?.add(row.id, chain);
			}
			// First, so that no number of other faults leaves it out.
			if (noted && then?.digest() !== noted.head)
				faults.unshift({ code: 'head_differs', what: noted.as_of.toISOString() });
			for (const look of [fileFaults, sealFaults, rungFaults, nextRungFaults, numberFaults])
				found(await look(trx, MOST_FAULTS));
			return { ok: faults.length === 0, cases, steps, head: head.digest(), as_of, faults };
		},
		dialectOf(database) === 'postgres' ? { isolationLevel: 'repeatable read', readOnly: true } : {},
	);
}

/**
 * A time before which every transaction has ended: steps carry the time at which their transaction read the clock, so no more of
 * them can turn up with an earlier one. On SQLite one transaction runs at a time.
 */
async function settledUntil(database: Knex): Promise<Date> {
	const now = await databaseNow(database);
	const [running] =
		dialectOf(database) === 'postgres'
			? await rowsOf<{ since: Date | null }>(
					database,
					`select min(xact_start) as since from pg_stat_activity
						where datname = current_database() and backend_type = 'client backend' and pid <> pg_backend_pid()`,
				)
			: [];
	const until = Math.min(now.getTime(), running?.since?.getTime() ?? Infinity);
	// A step's time is cut to milliseconds.
	return new Date(until - 1);
}

/** Each case with its steps, in order of ids; steps whose case is gone come with the case after them, or alone at the end. */
async function* chains(
	trx: Knex,
): AsyncGenerator<{ row: AuditedCase | undefined; chain: LinkedStep[]; orphans: LinkedStep[] }> {
	let coming = sliceAfter(trx, '00000000-0000-0000-0000-000000000000');
	for (;;) {
		const { rows, byCase, next } = (await coming)();
		// The database reads the next slice while this one is looked at.
		if (next !== undefined) coming = sliceAfter(trx, next);
		for (const row of rows) {
			const chain = byCase.get(row.id) ?? [];
			byCase.delete(row.id);
			yield { row, chain, orphans: [] };
		}
		yield { row: undefined, chain: [], orphans: [...byCase.values()].flat() };
		if (next === undefined) return;
	}
}

interface Slice {
	rows: AuditedCase[];
	byCase: Map<string, LinkedStep[]>;
	/** After which id the next slice begins; undefined at the end. */
	next: string | undefined;
}

/** @returns gives the slice, or throws what went wrong: nobody waits for it yet, and a rejection that nobody hears would end the process */
function sliceAfter(trx: Knex, after: string): Promise<() => Slice> {
	const reading = async (): Promise<Slice> => {
		const rows = await casesAfter(trx, after);
		const next = rows.length < CASES_AT_ONCE ? undefined : rows.at(-1)?.id;
		const steps = await stepsBetween(trx, after, next ?? 'ffffffff-ffff-ffff-ffff-ffffffffffff');
		return { rows, byCase: groupBy(steps, (step) => step.case_id), next };
	};
	return reading().then(
		(slice) => () => slice,
		(error: unknown) => () => {
			throw error;
		},
	);
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
	const counted = COUNTED_NUMBERS[dialectOf(trx)];
	const standing = 'select number from doorstep_cases';
	const given = 'select number from counted';
	const but = (numbers: string, others: string): Promise<{ number: string }[]> =>
		rowsOf(trx, `${counted} ${numbers} except ${others} order by number limit ${String(MOST_FAULTS)}`);
	const [missing, unknown] = [await but(given, standing), await but(standing, given)];
	return [
		...missing.map(({ number }): Fault => ({ code: 'number_missing', number })),
		...unknown.map(({ number }): Fault => ({ code: 'number_unknown', number })),
	];
}

/** All numbers that the counters have given, as `nextNumber` writes them. */
const COUNTED_NUMBERS = {
	postgres: `with counted as (select year || '-' || lpad(c::text, greatest(6, length(c::text)), '0') as number
		from doorstep_counters, generate_series(1, n) c)`,
	sqlite: `with recursive each(year, n, c) as (select year, n, 1 from doorstep_counters where n > 0
			union all select year, n, c + 1 from each where c < n),
		counted as (select printf('%d-%06d', year, c) as number from each)`,
} as const;
