import { dialectOf } from './dialect.js';
import type { Platform, Services, SchemaOverview } from './context.js';
import { readMeta, verifyInstallation, writeMeta, type Installation } from './installation.js';
import { threeWay, type Row } from './merge.js';
import { isEmptyPlan, planUpgrade, type Snapshot } from './snapshot.js';

/** Where what was shipped last is kept, to tell our changes from people's. */
const SHIPPED_SNAPSHOT = 'shipped_snapshot';
const SHIPPED_ROWS = 'shipped_rows';

/** A row that we ship: where it belongs, by what it is found again, and what it holds besides. */
export interface ShippedRow {
	/** A collection of ours, or one of Directus's that has a service. */
	collection: string;
	/** The properties that identify it; with an `id` that is fixed where the collection lets us choose it. */
	key: Row;
	values: Row;
	/** What it holds only when it comes into being. */
	atFirst?: Row;
	/** Of a row that is not ours: what to add to it as it stands, once. What administrators make of it later stays. */
	addTo?: (standing: Row) => Row;
	/** What it hangs on: where administrators have deleted a hat, its permissions stay away, and a dashboard's panels with it. */
	needs?: { collection: 'directus_policies' | 'directus_dashboards'; id: string };
}

export interface ProvisionResult {
	state: Installation['state'];
	/** How many collections, fields and relations were added or changed, and how many rows. */
	schema: number;
	rows: number;
}

/**
 * Brings the platform from `not_installed` to `ready`, or from an earlier version to this one (idea 6). Additive: nothing is
 * deleted, what is not ours is not touched, what administrators changed stays. Can be run again at any time.
 */
export async function provision(
	platform: Platform,
	snapshot: Snapshot,
	rowsToShip: (platform: Platform, snapshot: Snapshot) => Promise<ShippedRow[]>,
): Promise<ProvisionResult> {
	return oneAtATime(platform, () => bringUp(platform, snapshot, rowsToShip));
}

/** On PostgreSQL an advisory lock lets one instance at a time provision; SQLite has one process, whose route waits its turn. */
async function oneAtATime<T>({ database }: Platform, work: () => Promise<T>): Promise<T> {
	if (dialectOf(database) === 'sqlite') return work();
	return database.transaction(async (trx) => {
		await trx.raw("select pg_advisory_xact_lock(hashtext('doorstep-provision'))");
		return work();
	});
}

async function bringUp(
	platform: Platform,
	snapshot: Snapshot,
	rowsToShip: (platform: Platform, snapshot: Snapshot) => Promise<ShippedRow[]>,
): Promise<ProvisionResult> {
	// Directus notes on SQLite how it reads times in the very objects it is given: what is shipped has to stay as shipped.
	const schemaChanges = await applySnapshot(platform, structuredClone(snapshot));
	const installation = await verifyInstallation(platform.database, snapshot);
	if (installation.state !== 'ready') return { state: installation.state, schema: schemaChanges, rows: 0 };
	await writeMeta(platform.database, SHIPPED_SNAPSHOT, JSON.stringify(snapshot));
	for (const repair of installation.repairs) await repair(platform.database);
	const schema = await platform.getSchema();
	const rows = await shipRows(platform, schema, await rowsToShip(platform, snapshot));
	return { state: installation.state, schema: schemaChanges, rows };
}

async function applySnapshot(platform: Platform, snapshot: Snapshot): Promise<number> {
	const service = new platform.services.SchemaService({
		knex: platform.database,
		accountability: { admin: true },
	});
	const current = (await service.snapshot()) as Snapshot;
	const plan = planUpgrade(current, await shippedBefore<Snapshot>(platform, SHIPPED_SNAPSHOT), snapshot);
	if (isEmptyPlan(plan)) return 0;
	const changes = plan.collections.length + plan.fields.length + plan.relations.length;
	await service.apply({ hash: service.getHashedSnapshot(current).hash, diff: plan });
	return changes;
}

/** Nothing was shipped before the first installation, and our table is not there yet. */
async function shippedBefore<T>(platform: Platform, key: string): Promise<T | undefined> {
	if (!(await platform.database.schema.hasTable('doorstep_meta'))) return undefined;
	const text = await readMeta(platform.database, key);
	return text === undefined ? undefined : (JSON.parse(text) as T);
}

async function shipRows(
	platform: Platform,
	schema: SchemaOverview,
	rows: readonly ShippedRow[],
): Promise<number> {
	const before = new Map(
		(await shippedBefore<ShippedRow[]>(platform, SHIPPED_ROWS))?.map((row) => [nameOf(row), row]),
	);
	let written = 0;
	for (const collection of new Set(rows.map((row) => row.collection))) {
		const service = serviceFor(platform.services, collection, schema);
		const ours = rows.filter((row) => row.collection === collection);
		const standing = new Map(
			(await service.readByQuery({ limit: -1, fields: ['*'] })).map((row) => [
				nameOf({ collection, key: pickKey(row, ours) }),
				row,
			]),
		);
		const needed = await standingOf(platform, ours);
		const fresh = ours.filter(
			(row) =>
				!standing.has(nameOf(row)) &&
				!before.has(nameOf(row)) &&
				(row.needs === undefined || needed.has(row.needs.id)),
		);
		await service.createMany(fresh.map((row) => ({ ...row.key, ...row.values, ...row.atFirst })));
		written += fresh.length;
		for (const row of ours) {
			const current = standing.get(nameOf(row));
			if (current === undefined) continue;
			const changes = changesOf(row, before.get(nameOf(row)), current);
			if (Object.keys(changes).length === 0) continue;
			await service.updateOne(current['id'] as string, changes);
			written += 1;
		}
	}
	await writeMeta(
		platform.database,
		SHIPPED_ROWS,
		JSON.stringify(rows.map(({ collection, key, values }) => ({ collection, key, values }))),
	);
	return written;
}

/** The ids of all rows on which some of these may hang. */
async function standingOf({ database }: Platform, rows: readonly ShippedRow[]): Promise<Set<string>> {
	const collections = new Set(rows.flatMap(({ needs }) => (needs === undefined ? [] : [needs.collection])));
	const ids = await Promise.all(
		[...collections].map((collection) => database(collection).pluck<string[]>('id')),
	);
	return new Set(ids.flat());
}

function changesOf(row: ShippedRow, before: ShippedRow | undefined, standing: Row): Row {
	if (row.addTo !== undefined && before === undefined) return row.addTo(standing);
	return threeWay(before?.values, row.values, standing);
}

function nameOf({ collection, key }: Pick<ShippedRow, 'collection' | 'key'>): string {
	return JSON.stringify([collection, ...Object.entries(key).sort(([a], [b]) => a.localeCompare(b))]);
}

function pickKey(row: Row, ours: readonly ShippedRow[]): Row {
	return Object.fromEntries(Object.keys(ours[0]?.key ?? {}).map((column) => [column, row[column]]));
}

function serviceFor(
	services: Services,
	collection: string,
	schema: SchemaOverview,
): InstanceType<Services['ItemsService']> {
	switch (collection) {
		case 'directus_policies':
			return new services.PoliciesService({ schema });
		case 'directus_permissions':
			return new services.PermissionsService({ schema });
		case 'directus_translations':
			return new services.TranslationsService({ schema });
		default:
			return new services.ItemsService(collection, { schema });
	}
}
