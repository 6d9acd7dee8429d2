import type { Knex } from 'knex';
import { rowsOf } from './dialect.js';
import { removeLettersTo } from './outbox.js';
import type { Platform, SchemaOverview } from './context.js';
import type { Snapshot } from './snapshot.js';

/** Stands where a name or a title stood that has to be something. */
export const ERASED = '已删除';

/** Ids of items by their collection, whose traces in Directus's own tables go too. */
export type Items = ReadonlyMap<string, readonly string[]>;

/** What was erased, in numbers. */
export type Counts = Readonly<Record<string, number>>;

/** Fields of a collection that a township has added to ours: nobody but it knows what they hold, so they go too. */
export type AddedFields = (collection: string) => { emptied: string[]; left: string[] };

/** @returns of a collection the added fields that can be empty, and those that cannot and stay */
export function addedFieldsOf(schema: SchemaOverview, snapshot: Snapshot): AddedFields {
	const shipped = new Set(snapshot.fields.map(({ collection, field }) => `${collection}.${field}`));
	return (collection) => {
		const added = Object.values(schema.collections[collection]?.fields ?? {}).filter(
			({ field, alias, generated }) => !alias && !generated && !shipped.has(`${collection}.${field}`),
		);
		const named = (nullable: boolean): string[] =>
			added.filter((each) => each.nullable === nullable).map(({ field }) => field);
		return { emptied: named(true), left: named(false) };
	};
}

/** Empties these fields of the rows that `rows` selects. @returns how many rows held something */
export async function emptyFields(rows: Knex.QueryBuilder, fields: readonly string[]): Promise<number> {
	if (fields.length === 0) return 0;
	const filled = rows.where((row) => {
		for (const field of fields) void row.orWhereNotNull(field);
	});
	const changed: unknown = await filled.update(Object.fromEntries(fields.map((field) => [field, null])));
	return Number(changed);
}

/** What a room takes away of a household whose personal data are erased; each room's hook adds its own to the installation. */
export interface Erasure {
	/** Locks what it is going to change, and counts what stands in the way: cases that run. */
	begin: (trx: Knex, household: string) => Promise<number>;
	/** Takes away what is personal, in the transaction of the whole erasure; can be repeated. */
	erase: (trx: Knex, household: string, added: AddedFields) => Promise<{ counts: Counts; items: Items }>;
	/** What no transaction can take back, when it has ended well: the contents of files. Can be repeated, too. */
	finish?: (household: string, platform: Platform) => Promise<Counts>;
}

/** Directus keeps an id as it was written in the address, and PostgreSQL takes capitals for small letters: they name the same row. */
const ITEM = 'lower(item)';

/** Directus's tables that keep something of any item, each with the name under which it is counted. */
const TRACES = {
	directus_comments: 'comments',
	directus_notifications: 'notices',
	directus_versions: 'versions',
	directus_shares: 'shares',
} as const;
/** SQLite takes only so many conditions in a statement. */
const AT_ONCE = 100;

/**
 * Removes what Directus keeps of these items beside their rows: comments, notices, content versions, shares, revisions, and what
 * Flows have logged of them; and mails that lead to them. Who did what and when stays in the activity, which names ids alone.
 */
export async function eraseTraces(trx: Knex, items: Items): Promise<Counts> {
	const counts: Record<string, number> = {};
	const concerned: [collection: string, id: string][] = [];
	for (const [collection, ids] of items)
		concerned.push(...ids.map((id): [string, string] => [collection, id]));
	for (const [table, name] of Object.entries(TRACES)) {
		let removed = 0;
		for (const [collection, ids] of items) {
			const traces = await idsOfTraces(trx, table, collection, ids);
			concerned.push(...traces.map((id): [string, string] => [table, String(id)]));
			for (const slice of slices(traces)) removed += await trx(table).whereIn('id', slice).delete();
		}
		counts[name] = removed;
	}
	const paths = [...items].flatMap(([collection, ids]) => ids.map((id) => `content/${collection}/${id}`));
	let mails = 0;
	for (const slice of slices(paths)) mails += await removeLettersTo(trx, slice);
	return { ...counts, mails, revisions: await eraseRevisions(trx, concerned) };
}

/** @example sumOf([{ notices: 1 }, { notices: 2, mails: 1 }]) // { notices: 3, mails: 1 } */
export function sumOf(all: readonly Counts[]): Counts {
	const sum: Record<string, number> = {};
	for (const [name, count] of all.flatMap((counts) => Object.entries(counts)))
		sum[name] = (sum[name] ?? 0) + count;
	return sum;
}

/** @returns how many there were */
export async function eraseRevisions(
	trx: Knex,
	concerned: readonly (readonly [collection: string, id: string])[],
): Promise<number> {
	const found = new Set<number>();
	for (const slice of slices(concerned)) {
		const revisions = trx('directus_revisions').where((query) => {
			for (const [collection, item] of slice)
				void query.orWhere(
					(each) => void each.where({ collection }).whereRaw(`${ITEM} = ?`, [item.toLowerCase()]),
				);
		});
		for (const id of await revisions.pluck<number[]>('id')) found.add(id);
		for (const id of await loggedByFlows(trx, slice.map(([, id]) => id).filter(isUuid))) found.add(id);
	}
	for (const ids of slices([...found])) {
		await trx('directus_revisions').whereIn('parent', ids).update({ parent: null });
		await trx('directus_revisions').whereIn('id', ids).delete();
	}
	return found.size;
}

/** Runs of Flows keep the whole payload that set them off, among the revisions of the Flow. */
async function loggedByFlows(trx: Knex, ids: readonly string[]): Promise<number[]> {
	if (ids.length === 0) return [];
	const named = ids.map(() => 'lower(cast(data as text)) like ?').join(' or ');
	const rows = await rowsOf<{ id: number }>(
		trx,
		`select id from directus_revisions where collection = 'directus_flows' and (${named})`,
		ids.map((id) => `%${id.toLowerCase()}%`),
	);
	return rows.map(({ id }) => id);
}

async function idsOfTraces(
	trx: Knex,
	table: string,
	collection: string,
	ids: readonly string[],
): Promise<(string | number)[]> {
	const found: (string | number)[] = [];
	for (const slice of slices(ids))
		found.push(
			...(await trx(table)
				.where({ collection })
				.whereRaw(
					`${ITEM} in (${slice.map(() => '?').join(', ')})`,
					slice.map((id) => id.toLowerCase()),
				)
				.pluck<(string | number)[]>('id')),
		);
	return found;
}

function isUuid(id: string): boolean {
	return /^[0-9a-f-]{36}$/i.test(id);
}

function slices<T>(all: readonly T[]): T[][] {
	return Array.from({ length: Math.ceil(all.length / AT_ONCE) }, (_, at) =>
		all.slice(at * AT_ONCE, (at + 1) * AT_ONCE),
	);
}
