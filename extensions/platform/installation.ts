import type { Knex } from 'knex';
import { faultyObjects, installObjects, type DatabaseObject, type TableObject } from './database-objects.js';
import { databaseNow } from './clock.js';
import { dialectOf, rowsOf } from './dialect.js';
import type { Erasure } from './erasure.js';
import { OUTBOX_OBJECTS } from './outbox.js';
import type { Snapshot } from './snapshot.js';

/**
 * `not_installed`: dormant, touches nothing. `ready`: all stands. `broken`: something of ours is missing and could not be mended,
 * so writes to our collections are refused (design, idea 6).
 */
export type InstallationState = 'not_installed' | 'ready' | 'broken';

export interface Installation {
	state: InstallationState;
	/** What is missing, by name: `doorstep_steps_once`, `doorstep_cases.due_at`. */
	faults: string[];
	/** What the rooms own in the database; each room's hook adds its own when it registers. */
	objects: DatabaseObject[];
	/** What is done once in the life of an installation, as soon as it is whole; each room's hook adds its own. */
	once: Once[];
	/** What else has to be put right when an installation or upgrade is done; each room's hook adds its own. */
	repairs: ((database: Knex) => Promise<void>)[];
	/** What each room erases of a household on request. */
	erasures: Erasure[];
	/** False between a change of the schema and the look that follows it. */
	verified: boolean;
	/** When this process found it ready after it was not, for the grace that whatever runs by itself gets; null while it is not. */
	readySince: Date | null;
}

/** It never comes back: what is lost after it stays lost, and is found. */
export interface Once {
	name: string;
	run: (trx: Knex) => Promise<void>;
}

/** Where provisioning keeps what it shipped and the sweep its last run; Directus does not list it. */
const META_TABLE: TableObject = {
	kind: 'table',
	name: 'doorstep_meta',
	columns: 'key varchar(60) primary key, value text not null',
};

const installations = new WeakMap<Knex, Installation>();

/** The installation on a database; one for each connection pool, so that two never share state. */
export function installationOf(database: Knex): Installation {
	let installation = installations.get(database);
	if (installation === undefined) {
		installation = {
			state: 'not_installed',
			faults: [],
			once: [],
			repairs: [],
			erasures: [],
			objects: [META_TABLE, ...OUTBOX_OBJECTS],
			verified: true,
			readySince: null,
		};
		installations.set(database, installation);
	}
	return installation;
}

/**
 * Looks whether everything stands, writes what is missing, looks again, and keeps the state. Several instances and calls may do so
 * at once: on PostgreSQL an advisory lock lets one at a time write, on SQLite the transaction does.
 */
export async function verifyInstallation(database: Knex, snapshot: Snapshot): Promise<Installation> {
	const installation = installationOf(database);
	if (!(await isInstalled(database))) {
		return Object.assign(installation, { state: 'not_installed' as const, faults: [], readySince: null });
	}
	const faults = await mend(database, snapshot, installation);
	const isWhole = faults.length === 0;
	if (isWhole) await runOnce(database, installation);
	return Object.assign(installation, {
		state: isWhole ? ('ready' as const) : ('broken' as const),
		faults,
		verified: true,
		readySince: isWhole ? (installation.readySince ?? new Date()) : null,
	});
}

/**
 * Writes what is missing, in the caller's transaction where there is one.
 *
 * @returns what is missing still
 */
export async function mend(
	database: Knex,
	snapshot: Snapshot,
	{ objects }: Pick<Installation, 'objects'>,
): Promise<string[]> {
	const parts = await missingParts(database, snapshot);
	return parts.length > 0 ? parts : mendObjects(database, objects);
}

/** What is missing now, without mending anything. */
export async function faultsOf(database: Knex, snapshot: Snapshot): Promise<string[]> {
	const parts = await missingParts(database, snapshot);
	return parts.length > 0 ? parts : faultyObjects(database, installationOf(database).objects);
}

/** Our own table stands from the first verification on; before that, the collections tell. */
async function isInstalled(database: Knex): Promise<boolean> {
	return (await hasTable(database, META_TABLE.name)) || (await hasTable(database, 'doorstep_settings'));
}

async function runOnce(database: Knex, { once }: Pick<Installation, 'once'>): Promise<void> {
	for (const { name, run } of once) {
		const key = `once_${name}`;
		if ((await readMeta(database, key)) !== undefined) continue;
		await alone(database, async (trx) => {
			if ((await readMeta(trx, key)) !== undefined) return;
			await run(trx);
			await writeMeta(trx, key, (await databaseNow(trx)).toISOString());
		});
	}
}

/** In a transaction that no other instance runs at the same time; on SQLite there is one process, and one transaction at a time. */
async function alone(database: Knex, work: (trx: Knex) => Promise<unknown>): Promise<void> {
	await database.transaction(async (trx) => {
		if (dialectOf(trx) === 'postgres')
			await trx.raw("select pg_advisory_xact_lock(hashtext('doorstep-objects'))");
		await work(trx);
	});
}

async function mendObjects(database: Knex, objects: readonly DatabaseObject[]): Promise<string[]> {
	const faulty = await faultyObjects(database, objects);
	if (faulty.length === 0) return [];
	try {
		await alone(database, (trx) => installObjects(trx, objects));
	} catch (error) {
		return [...faulty, error instanceof Error ? error.message : String(error)];
	}
	return faultyObjects(database, objects);
}

/** What only provisioning can bring back. */
async function missingParts(database: Knex, snapshot: Snapshot): Promise<string[]> {
	const columns = await missingColumns(database, snapshot);
	return columns.length > 0 ? columns : missingRelations(database, snapshot);
}

/** Row rules follow relations: without one they would name a path that leads nowhere. */
async function missingRelations(database: Knex, snapshot: Snapshot): Promise<string[]> {
	const rows = await database('directus_relations').select<{ many_collection: string; many_field: string }[]>(
		'many_collection',
		'many_field',
	);
	const standing = new Set(rows.map((row) => `${row.many_collection}.${row.many_field}`));
	return snapshot.relations
		.filter(({ collection, field = '' }) => !standing.has(`${collection}.${field}`))
		.map(
			(relation) => `${relation.collection}.${relation.field ?? ''} → ${relation.related_collection ?? ''}`,
		);
}

async function missingColumns(database: Knex, snapshot: Snapshot): Promise<string[]> {
	const collections = new Set(snapshot.fields.map(({ collection }) => collection));
	const tables = [...collections].map((table) => `'${table}'`).join(', ');
	const rows = await rowsOf<{ place: string }>(
		database,
		dialectOf(database) === 'postgres'
			? `select table_name || '.' || column_name as place from information_schema.columns
				where table_schema = current_schema() and table_name in (${tables})`
			: `select m.name || '.' || c.name as place from sqlite_master m join pragma_table_info(m.name) c
				where m.type = 'table' and m.name in (${tables})`,
	);
	const standing = new Set(rows.map((row) => row.place));
	return snapshot.fields
		.filter((field) => field.schema !== null && field.schema !== undefined)
		.map((field) => `${field.collection}.${field.field}`)
		.filter((place) => !standing.has(place));
}

async function hasTable(database: Knex, table: string): Promise<boolean> {
	const sql =
		dialectOf(database) === 'postgres'
			? 'select 1 from pg_tables where schemaname = current_schema() and tablename = ?'
			: "select 1 from sqlite_master where type = 'table' and name = ?";
	return (await rowsOf(database, sql, [table])).length > 0;
}

/** A value that we keep beside Directus's collections. */
export async function readMeta(database: Knex, key: string): Promise<string | undefined> {
	const row = await database('doorstep_meta').where({ key }).first<{ value: string } | undefined>('value');
	return row?.value;
}

export async function writeMeta(database: Knex, key: string, value: string): Promise<void> {
	await database('doorstep_meta').insert({ key, value }).onConflict('key').merge();
}
