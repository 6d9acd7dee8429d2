/** How PostgreSQL would answer what Directus asks it. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Knex } from 'knex';
import { rowsOf } from '../../extensions/platform/dialect.js';
import type { Filter } from './rules.js';
import type { Township } from './township.js';

/** One place where a plan reads a table. */
export interface Explained {
	relation: string;
	how: string;
	/** Without an index, or along all of one. */
	whole: boolean;
}

interface PlanNode {
	'Node Type': string;
	'Relation Name'?: string;
	'Index Cond'?: string;
	Plans?: PlanNode[];
}

/**
 * Asks as an administrator for the ids of all rows that a filter gives.
 *
 * @returns the statement that Directus made of it, from its log (`LOG_LEVEL=trace`, `LOG_STYLE=raw`), and how many rows there are
 */
export async function sqlOf(
	township: Township,
	collection: string,
	filter: Filter,
): Promise<{ sql: string; rows: number }> {
	const before = (await township.log()).length;
	const path = collection.startsWith('directus_') ? `/${collection.slice(9)}` : `/items/${collection}`;
	const query = new URLSearchParams({ fields: 'id', limit: '-1', filter: JSON.stringify(filter) });
	const rows = await township.admin.ok<object[]>('GET', `${path}?${query.toString()}`);
	for (let tries = 0; tries < 100; tries += 1) {
		const sql = statementIn((await township.log()).slice(before), collection);
		if (sql !== undefined) return { sql, rows: rows.length };
		await sleep(20);
	}
	throw new Error(`Directus did not log what it asked ${collection}.`);
}

/** @returns every scan of a plan, however deep it stands */
export function scansOf(node: PlanNode): Explained[] {
	const { 'Node Type': how, 'Relation Name': relation, 'Index Cond': condition, Plans = [] } = node;
	// A bitmap's condition stands with the index that it is read from.
	const whole = how === 'Seq Scan' || (how.startsWith('Index') && condition === undefined);
	return [...(relation === undefined ? [] : [{ relation, how, whole }]), ...Plans.flatMap(scansOf)];
}

export async function explain(knex: Knex, sql: string): Promise<PlanNode> {
	const [row] = await rowsOf<{ 'QUERY PLAN': { Plan: PlanNode }[] }>(
		knex,
		`explain (format json) ${sql}`.replaceAll('?', '\\?'),
	);
	const plan = row?.['QUERY PLAN'][0]?.Plan;
	if (plan === undefined) throw new Error(`PostgreSQL has no plan for ${sql}`);
	return plan;
}

/** Directus logs a statement with its values behind it, joined by commas; none of ours holds one. */
function statementIn(log: string, collection: string): string | undefined {
	for (const line of log.split('\n').toReversed()) {
		const { msg = '' } = parsed(line);
		const [, sql, values] = /^\[[\d.?]+ms\] (select .*) \[(.*)\]$/.exec(msg) ?? [];
		if (sql?.includes(`from "${collection}"`) !== true) continue;
		const each = (values ?? '').split(', ');
		return sql.replaceAll(/\$(\d+)/g, (_whole, n: string) => literal(each[Number(n) - 1] ?? ''));
	}
	return undefined;
}

function parsed(line: string): { msg?: string } {
	try {
		return JSON.parse(line) as { msg?: string };
	} catch {
		// A line that is not whole yet, or not Directus's.
		return {};
	}
}

function literal(value: string): string {
	const time = value.includes('GMT') ? new Date(value).toISOString() : value;
	return `'${time.replaceAll("'", "''")}'`;
}
