import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connectTo } from '../harness/database.js';
import { writeLarge, type Large, type Part } from '../harness/large.js';
import { explain, scansOf, sqlOf, type Explained } from '../harness/plans.js';
import { alternativesOf, as, pathOf, PERMISSIONS, type Filter } from '../harness/rules.js';
import { startProvisioned } from '../harness/township.js';

/** Tables that grow with what people do; the others stay as small as the township. */
const LARGE_TABLES = [
	'doorstep_households',
	'doorstep_assignments',
	'doorstep_cases',
	'doorstep_case_steps',
	'doorstep_escalations',
	'directus_files',
];
/** Who is given rows by a condition, by the last two fields before the operator. */
const GIVEN_TO: readonly (readonly [path: string, who: Part])[] = [
	['cadre.user', 'cadre'],
	['holder.user', 'holder'],
	['cadre.substitute.user', 'substitute'],
	['holder.substitute.user', 'holdersSubstitute'],
	['village.leader.user', 'leader'],
	['village.deputy.user', 'deputy'],
	['village.town_leader.user', 'townLeader'],
	['village.data_clerk.user', 'villageClerk'],
	['uploaded_by', 'cadre'],
];

const township = await startProvisioned({
	env: { DOORSTEP_SWEEP_SECONDS: '0', LOG_LEVEL: 'trace', LOG_STYLE: 'raw' },
});
const knex = connectTo(township.stopped.database);
let large: Large;
beforeAll(async () => {
	large = await writeLarge(knex, { cases: 6000, allOpen: true });
}, 180_000);
afterAll(async () => {
	await knex.destroy();
	await township.stop();
});

interface Way {
	collection: string;
	conditions: Filter[];
	/** The condition that ends in the reader. */
	path: string;
}

/** Every way by which a rule gives somebody rows of a large table, each once: several hats and actions share many. */
const WAYS = new Map<string, Way>(
	PERMISSIONS.filter(({ collection }) => LARGE_TABLES.includes(collection)).flatMap(
		({ collection, permissions }) =>
			alternativesOf(permissions).flatMap((conditions): [string, Way][] => {
				const mine = conditions.map(pathOf).find((path) => isMine(path, conditions));
				if (mine === undefined) return [];
				const path = mine.replace(/\._eq$/, '');
				return [[`${collection} by ${path}`, { collection, conditions, path }]];
			}),
	),
);

function isMine(path: string, conditions: readonly Filter[]): boolean {
	const condition = conditions.find((candidate) => pathOf(candidate) === path);
	return path.endsWith('._eq') && JSON.stringify(condition).includes('$CURRENT_USER');
}

/** Of several that fit the longest, for a substitute's path ends as an official's own does. */
function readerOf(path: string): Part {
	const fitting = GIVEN_TO.filter(([end]) => `.${path}`.endsWith(`.${end}`));
	const [found] = fitting.toSorted(([a], [b]) => b.length - a.length);
	if (found === undefined) throw new Error(`Nobody is known to be given rows by ${path}.`);
	return found[1];
}

/** Directus's own statement for the rows that this way gives to the one whom it is for. */
async function rowsBy({ collection, conditions, path }: Way): Promise<{ sql: string; share: number }> {
	const filter = as(large.people[readerOf(path)].user, { _and: conditions });
	const { sql, rows } = await sqlOf(township, collection, filter);
	const [all] = await township.sql<{ n: string }>(`select count(*) as n from ${collection}`);
	return { sql, share: rows / Number(all?.n) };
}

const scansLarge = ({ relation }: Explained) => LARGE_TABLES.includes(relation);

describe('Access: what a rule gives is found by indexes', () => {
	test('every rule that names the reader is looked at, and there are many ways', () => {
		expect([...WAYS.keys()].length).toBeGreaterThan(20);
		for (const { path } of WAYS.values()) expect(() => readerOf(path)).not.toThrow();
	});

	test.each([...WAYS])('%s: some rows, and no large table is read whole', async (_name, way) => {
		const { sql, share } = await rowsBy(way);
		expect(share).toBeGreaterThan(0);
		expect(share).toBeLessThan(0.1);
		expect(
			scansOf(await explain(knex, sql))
				.filter(scansLarge)
				.filter(({ whole }) => whole),
		).toEqual([]);
	});

	test.each([
		['doorstep_households_cadre_index', 'doorstep_households by cadre.user'],
		['doorstep_cases_holder_index', 'doorstep_cases by holder.user'],
		['doorstep_files_uploaded', 'directus_files by uploaded_by'],
	])('without %s, %s would read the whole table', async (index, name) => {
		const { sql } = await rowsBy(WAYS.get(name)!);
		const trx = await knex.transaction();
		try {
			await trx.raw('drop index ??', [index]);
			const whole = scansOf(await explain(trx, sql))
				.filter(scansLarge)
				.filter((scan) => scan.whole);
			expect(whole.map(({ relation }) => relation)).toEqual([name.split(' ')[0]]);
		} finally {
			await trx.rollback();
		}
	});
});
