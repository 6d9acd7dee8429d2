import { isDirectusError } from '@directus/errors';
import type { EventContext, Platform } from './context.js';

/** What the caller may read; `forbidden` where they may read nothing of the collection, or not the fields that the query names. */
export async function readAsCaller(
	collection: string,
	query: Record<string, unknown>,
	{ database: knex, schema, accountability }: EventContext,
	platform: Platform,
): Promise<Record<string, unknown>[] | 'forbidden'> {
	const options = { knex, schema: schema ?? (await platform.getSchema()), accountability };
	try {
		return await new platform.services.ItemsService(collection, options).readByQuery(query);
	} catch (error) {
		if (isDirectusError(error, 'FORBIDDEN')) return 'forbidden';
		throw error;
	}
}

/** Those of these rows that the caller may read. */
export async function idsSeenByCaller(
	collection: string,
	ids: readonly string[],
	event: EventContext,
	platform: Platform,
): Promise<string[]> {
	const query = { filter: { id: { _in: ids } }, fields: ['id'], limit: -1 };
	const rows = await readAsCaller(collection, query, event, platform);
	return rows === 'forbidden' ? [] : rows.map((row) => row['id'] as string);
}

/** Whether the caller may read all these rows; a foreign one and a missing one look the same. */
export async function seenByCaller(
	collection: string,
	ids: readonly string[],
	event: EventContext,
	platform: Platform,
): Promise<boolean> {
	const wanted = [...new Set(ids)];
	return (await idsSeenByCaller(collection, wanted, event, platform)).length === wanted.length;
}

/**
 * Whether the caller may update or delete all these rows; a foreign one and a missing one look the same. Directus itself, and an
 * administrator, may.
 */
export async function mayAsCaller(
	action: 'update' | 'delete',
	collection: string,
	ids: readonly string[],
	{ database: knex, schema, accountability }: EventContext,
	platform: Platform,
): Promise<boolean> {
	if (accountability === null || accountability.admin) return true;
	if (accountability.user === null) return false;
	const options = { knex, schema: schema ?? (await platform.getSchema()), accountability };
	const permissions = new platform.services.PermissionsService(options);
	for (const id of new Set(ids)) {
		// Without a key Directus would answer for the collection.
		if (id === '') return false;
		if (!(await permissions.getItemPermissions(collection, id))[action].access) return false;
	}
	return true;
}
