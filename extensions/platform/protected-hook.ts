import type { RegisterFunctions } from '@directus/types';
import type { RequestHandler } from 'express';
import { askedBy } from './asked.js';
import type { Accountability, EventContext, Platform } from './context.js';
import { localeOf, refusal } from './errors.js';
import { decoded, eventOf, handledBefore } from './http.js';
import { installationOf } from './installation.js';
import { firstRefused, followedBackwards, isOurs, protectedAsks, type ProtectedFields } from './protected.js';
import { PLATFORM_REFUSALS } from './refusals.js';
import { isOfDirectus, READ_SCOPES, rootOf } from './scopes.js';
import { fieldWords, type Snapshot } from './snapshot.js';

/** Refuses questions by protected fields, whichever way they come: lists, figures, exports, GraphQL and sockets read by one event. */
export function guardQuestions(
	filter: RegisterFunctions['filter'],
	platform: Platform,
	snapshot: Snapshot,
	list: readonly ProtectedFields[],
): void {
	for (const scope of READ_SCOPES) {
		filter<object>(`${scope}.query`, async (query, meta, event) => {
			if (!concerns(event.accountability, platform)) return query;
			// Directus goes on filling in `deep` while the query is on its way: what was looked at is what is asked.
			const fixed = 'deep' in query ? { ...query, deep: structuredClone(query.deep) } : query;
			await refuseAsks(rootOf(scope, meta), fixed, event, platform, snapshot, list);
			return fixed;
		});
	}
	filter<Record<string, unknown>>('websocket.message', async (message, { client }) => {
		const { accountability } = client as { accountability?: Accountability | null };
		const { type, action, collection, query, id, ids, data } = message;
		const isChange = type === 'items' && (action === 'update' || action === 'delete');
		const byKeys = [id, ids].some(Boolean) || (action === 'update' && Array.isArray(data));
		if (!accountability || !isChange || byKeys || typeof collection !== 'string') return message;
		const event = { database: platform.database, schema: await platform.getSchema(), accountability };
		await refuseByQuery(collection, query, event, platform, snapshot, list);
		return message;
	});
}

/**
 * In front of Directus's routes: a PATCH or DELETE with a condition instead of keys is looked up with full rights, and tells by its
 * refusal whether a foreign row meets the condition.
 */
export function guardChangesByQuery(
	platform: Platform,
	snapshot: Snapshot,
	list: readonly ProtectedFields[],
): RequestHandler {
	return handledBefore(platform, async (request) => {
		if (request.method !== 'PATCH' && request.method !== 'DELETE') return;
		const body: unknown = request.body;
		if (typeof body !== 'object' || body === null || !('query' in body)) return;
		const [first = '', second] = request.path.split('/').filter(Boolean).map(decoded);
		// Express takes capitals in a route for small letters; names of collections it leaves alone.
		const route = first.toLowerCase();
		const collection = route === 'items' ? second : `directus_${route}`;
		if (collection === undefined) return;
		const event = await eventOf(platform, request);
		await refuseByQuery(collection, body.query, event, platform, snapshot, list);
	});
}

/** By a condition nothing is changed that is ours or a person; other rows by any that leads neither to ours nor to what is protected. */
async function refuseByQuery(
	collection: string,
	query: unknown,
	event: EventContext,
	platform: Platform,
	snapshot: Snapshot,
	list: readonly ProtectedFields[],
): Promise<void> {
	if (!concerns(event.accountability, platform)) return;
	const schema = event.schema ?? (await platform.getSchema());
	// Whose addresses other collections of the platform lead to is theirs to guard; of Directus's own everybody has rows.
	const guarded = (each: string | null): boolean =>
		isOurs(each) || (each === 'directus_users' && collection.startsWith('directus_'));
	const leadsToOurs =
		guarded(collection) ||
		askedBy(collection, query, schema).some(({ stops }) =>
			stops.slice(1).some((stop) => stop.collection !== null && guarded(stop.collection)),
		);
	if (!leadsToOurs) return refuseAsks(collection, query, event, platform, snapshot, list);
	const locale = await localeOf(platform.database, event.accountability?.user);
	throw refusal(PLATFORM_REFUSALS, 'DOORSTEP_KEYS_NEEDED', locale);
}

/** @throws DOORSTEP_FIELD_PROTECTED */
async function refuseAsks(
	root: string,
	query: unknown,
	{ database, schema, accountability }: EventContext,
	platform: Platform,
	snapshot: Snapshot,
	list: readonly ProtectedFields[],
): Promise<void> {
	if (accountability === null) return;
	const asks = protectedAsks(root, query, schema ?? (await platform.getSchema()), list);
	const isGuarded = (name: string): boolean =>
		isOfDirectus(name) || snapshot.collections.some(({ collection }) => collection === name);
	const refused = followedBackwards(query, isGuarded) ?? (await firstRefused(asks, accountability, database));
	if (refused === undefined) return;
	const { collection, field } = refused;
	const locale = await localeOf(database, accountability.user);
	const args = { field: fieldWords(snapshot, collection, field, locale) };
	throw refusal(PLATFORM_REFUSALS, 'DOORSTEP_FIELD_PROTECTED', locale, { field, args });
}

/** Directus itself, and administrators, ask as they like; so does everybody while nothing of ours is there. */
function concerns(accountability: Accountability | null, { database }: Platform): boolean {
	return (
		accountability !== null && !accountability.admin && installationOf(database).state !== 'not_installed'
	);
}
