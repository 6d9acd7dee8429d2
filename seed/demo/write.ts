import type { Knex } from 'knex';
import { dialectOf, rowsOf } from '../../extensions/platform/dialect.js';
import { insertMany } from '../../extensions/platform/insert.js';
import { localDateOf } from '../../extensions/platform/local-time.js';
import { pinyinOf } from '../../extensions/platform/pinyin.js';
import type { Histories } from './cases.js';
import type { Township } from './rows.js';

const HOUSEHOLDS = 'doorstep_households';
const CASES = 'doorstep_cases';
const STEPS = 'doorstep_case_steps';
const COUNTERS = 'doorstep_counters';

/** Whether somebody's households or cases are there already. */
export async function holdsData(knex: Knex): Promise<boolean> {
	const [found] = await rowsOf(
		knex,
		`select 1 as found where exists (select 1 from ${HOUSEHOLDS}) or exists (select 1 from ${CASES})`,
	);
	return found !== undefined;
}

/**
 * Writes the demo's households, cases and steps in one transaction, by SQL: triggers check each chain and copy each step's state
 * onto its case. All other rows of the township must be there.
 *
 * @throws Error where there are households or cases already
 */
export async function writeDemo(knex: Knex, township: Township, histories: Histories): Promise<void> {
	await knex.transaction(async (trx) => {
		if (await holdsData(trx))
			throw new Error('The demo township is written only into a database without households and cases.');
		// A case and its first step name each other; on PostgreSQL the key is deferred by its own definition.
		if (dialectOf(trx) === 'sqlite') await trx.raw('PRAGMA defer_foreign_keys = ON');
		const households = township.households.map((row) => ({
			...row,
			// As Directus stores a list of values.
			special_groups: row.special_groups.join(',') || null,
			pinyin: pinyinOf(row.head_name),
		}));
		await insertMany(trx, HOUSEHOLDS, households);

		const [records = [], ...further] = bySeq(histories.steps);
		await insertMany(trx, STEPS, records);
		await insertMany(trx, CASES, histories.cases);
		// A step has to find its case as the step before left it: no statement holds two steps of one case.
		for (const steps of further) await insertMany(trx, STEPS, steps);

		const counters = countersOf(histories.cases);
		if (counters.length > 0) await trx(COUNTERS).insert(counters).onConflict('year').merge();
	});
}

function bySeq<Step extends { seq: number }>(steps: readonly Step[]): Step[][] {
	const groups: Step[][] = [];
	for (const step of steps) (groups[step.seq - 1] ??= []).push(step);
	return groups;
}

/** How many numbers each local year has used. */
function countersOf(cases: Histories['cases']): { year: number; n: number }[] {
	const used = new Map<number, number>();
	for (const { received_at } of cases) {
		const year = Number(localDateOf(received_at).slice(0, 4));
		used.set(year, (used.get(year) ?? 0) + 1);
	}
	return Array.from(used, ([year, n]) => ({ year, n }));
}
