import { isDirectusError } from '@directus/errors';
import type { EventContext, Platform } from './context.js';

/** Whether the caller may read all these rows; a foreign one and a missing one look the same. */
export async function seenByCaller(
	collection: string,
	ids: readonly string[],
	event: EventContext,
	platform: Platform,
): Promise<boolean> {
	const schema = event.schema ?? (await platform.getSchema());
	const { database: knex, accountability } = event;
	const service = new platform.services.ItemsService(collection, { knex, schema, accountability });
	const wanted = [...new Set(ids)];
	try {
		const rows = await service.readByQuery({ filter: { id: { _in: wanted } }, fields: ['id'], limit: -1 });
		return rows.length === wanted.length;
	} catch (error) {
		if (isDirectusError(error, 'FORBIDDEN')) return false;
		throw error;
	}
}
