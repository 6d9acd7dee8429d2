import type { RegisterFunctions } from '@directus/types';
import type { Application, RequestHandler } from 'express';
import type { EventContext, Platform } from './context.js';
import { localeOf, refusal } from './errors.js';
import { decoded, eventOf, handledBefore } from './http.js';
import { installationOf } from './installation.js';
import { PLATFORM_REFUSALS } from './refusals.js';
import type { Snapshot, SnapshotItem } from './snapshot.js';

type Plain = Readonly<Record<string, unknown>>;

/**
 * Keeps what is ours of the data model: collections, fields and relations of the snapshot are neither deleted nor made into something
 * else. What administrators added to our collections is theirs, and so are labels, choices and the like of ours.
 *
 * Directus asks filters before a field goes, but after a table is dropped, and for relations never: these are refused in front of
 * its routes too. What gets past all of it is found by the next look at the installation, which is then broken.
 */
export function keepModel(
	{ filter, init }: Pick<RegisterFunctions, 'filter' | 'init'>,
	platform: Platform,
	snapshot: Snapshot,
): void {
	const refuse = async (place: string | undefined, event: EventContext): Promise<void> => {
		if (place === undefined || installationOf(platform.database).state === 'not_installed') return;
		const locale = await localeOf(event.database, event.accountability?.user);
		throw refusal(PLATFORM_REFUSALS, 'DOORSTEP_MODEL_KEPT', locale, { args: { place } });
	};
	filter<string[]>('fields.delete', async (fields, meta, event) => {
		const collection = String(meta['collection']);
		await refuse(fields.map((field) => placeOf({ collection, field }, snapshot.fields)).find(isPlace), event);
		return fields;
	});
	filter<string[]>('collections.delete', async (collections, _meta, event) => {
		const places = collections.map((collection) => placeOf({ collection }, snapshot.collections));
		await refuse(places.find(isPlace), event);
		return collections;
	});
	filter<Plain>('fields.update', async (sent, meta, event) => {
		// Without somebody who asks it is an upgrade, which brings the shape along.
		if (event.accountability === null) return sent;
		const place = { collection: String(meta['collection']), field: String(sent['field']) };
		const { collections } = event.schema ?? (await platform.getSchema());
		const stands = collections[place.collection]?.fields[place.field];
		await refuse(isReshaped(place, sent, snapshot, stands) ? nameOf(place) : undefined, event);
		return sent;
	});
	init('routes.before', ({ app }) => {
		(app as Application).use(inFront(platform, snapshot, refuse));
	});
}

function inFront(
	platform: Platform,
	snapshot: Snapshot,
	refuse: (place: string | undefined, event: EventContext) => Promise<void>,
): RequestHandler {
	return handledBefore(platform, async (request) => {
		// Everybody else is refused by Directus, whatever they name.
		if (request.accountability?.admin !== true) return;
		const { method, path } = request;
		const place = lostBy({ method, path, body: request.body as unknown }, snapshot);
		if (place !== undefined) await refuse(place, await eventOf(platform, request));
	});
}

/**
 * What of ours a request would take away before Directus asks anybody: `doorstep_cases`, `doorstep_cases.household`.
 *
 * @example lostBy({ method: 'DELETE', path: '/collections/doorstep_cases', body: {} }, snapshot) // 'doorstep_cases'
 */
export function lostBy(
	{ method, path, body }: { method: string; path: string; body: unknown },
	snapshot: Snapshot,
): string | undefined {
	const [route = '', collection = '', field] = path.split('/').filter(Boolean).map(decoded);
	const sent = asPlain(body);
	switch (`${method} ${route.toLowerCase()}`) {
		case 'DELETE collections':
			return placeOf({ collection }, snapshot.collections);
		case 'DELETE relations':
			return placeOf({ collection, field }, snapshot.relations);
		case 'PATCH relations': {
			const shipped = find({ collection, field }, snapshot.relations);
			const onDelete = asPlain(sent['schema'])['on_delete'];
			const isOther = onDelete !== undefined && onDelete !== shipped?.schema?.['on_delete'];
			return shipped !== undefined && isOther ? nameOf(shipped) : undefined;
		}
		case 'POST schema':
			return collection.toLowerCase() === 'apply' ? lostByDiff(asPlain(sent['diff']), snapshot) : undefined;
		case 'POST graphql':
			return lostByGraphQL(sent, snapshot);
		default:
			return undefined;
	}
}

function lostByDiff(diff: Plain, snapshot: Snapshot): string | undefined {
	const kinds = ['collections', 'fields', 'relations'] as const;
	const lost = kinds.flatMap((kind) =>
		asList(diff[kind])
			.map(asPlain)
			.filter((item) =>
				asList(item['diff'])
					.map(asPlain)
					.some(
						(change) =>
							isDeletion(change) || (kind === 'fields' && isReshaped(item, editOf(change), snapshot)),
					),
			)
			.map((item) => placeOf(item as Partial<SnapshotItem>, snapshot[kind])),
	);
	return lost.find(isPlace);
}

/** A change within a field as if it were sent by itself: `['schema', 'is_nullable']` to true is `{ schema: { is_nullable: true } }`. */
function editOf({ path, rhs }: Plain): Plain {
	return asList(path).reduceRight<unknown>((value, key) => ({ [String(key)]: value }), rhs) as Plain;
}

/** A deletion within an item has a path: a label that goes, or a note. */
function isDeletion({ kind, path }: Plain): boolean {
	return kind === 'D' && path === undefined;
}

/** Not parsed: where a document deletes any collection and names one of ours, it has to be sent in two. */
function lostByGraphQL(sent: Plain, snapshot: Snapshot): string | undefined {
	const text = JSON.stringify([sent['query'], sent['variables']]);
	if (!text.includes('delete_collections_item')) return undefined;
	const words = new Set(text.match(/\w+/g));
	return snapshot.collections.find(({ collection }) => words.has(collection))?.collection;
}

/**
 * What rows rely on: a field keeps its type, whether it may be empty, and its length at least.
 *
 * @param stands the field as it is: what is sent as it stands reshapes nothing, whatever it was shipped as
 */
function isReshaped(
	place: Place,
	sent: Plain,
	snapshot: Snapshot,
	stands?: { type: string; nullable: boolean },
): boolean {
	const shipped = find(place, snapshot.fields);
	if (shipped?.schema === null || shipped?.schema === undefined) return false;
	const { type, schema } = sent;
	if (type !== undefined && type !== shipped.type && type !== stands?.type) return true;
	const { is_nullable, is_unique, max_length } = asPlain(schema);
	const differs = (value: unknown, shape: string): boolean =>
		value !== undefined && value !== shipped.schema?.[shape];
	const isShorter = typeof max_length === 'number' && max_length < Number(shipped.schema['max_length'] ?? 0);
	const isOpened = differs(is_nullable, 'is_nullable') && is_nullable !== stands?.nullable;
	return isOpened || differs(is_unique, 'is_unique') || isShorter;
}

interface Place {
	collection?: string;
	field?: string | undefined;
}

function find(place: Place, items: readonly SnapshotItem[]): SnapshotItem | undefined {
	return items.find(({ collection, field }) => collection === place.collection && field === place.field);
}

function placeOf(place: Place, items: readonly SnapshotItem[]): string | undefined {
	const found = find(place, items);
	return found && nameOf(found);
}

function nameOf({ collection = '', field }: Place): string {
	return field === undefined ? collection : `${collection}.${field}`;
}

function isPlace(place: string | undefined): place is string {
	return place !== undefined;
}

function asPlain(value: unknown): Plain {
	return typeof value === 'object' && value !== null ? (value as Plain) : {};
}

function asList(value: unknown): unknown[] {
	return Array.isArray(value) ? value : [];
}
