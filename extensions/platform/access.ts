import { isDirectusError } from '@directus/errors';
import type { EventContext, Platform } from './context.js';

/** Those of these rows that the caller may read. */
export async function idsSeenByCaller(
	collection: string,
	ids: readonly string[],
	event: EventContext,
	platform: Platform,
): Promise<string[]> {
	const schema = event.schema ?? (await platform.getSchema());
	const { database: knex, accountability } = event;
	const service = new platform.services.ItemsService(collection, { knex, schema, accountability });
	try {
		const rows = await service.readByQuery({ filter: { id: { _in: ids } }, fields: ['id'], limit: -1 });
		return rows.map((row) => row['id'] as string);
	} catch (error) {
		if (isDirectusError(error, 'FORBIDDEN')) return [];
		throw error;
	}
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
