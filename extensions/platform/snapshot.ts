import { readFileSync } from 'node:fs';
import { load } from 'js-yaml';
import { threeWay, type Row } from './merge.js';
import type { Locale } from './words.js';

/** An item of a snapshot: a collection, field or relation, with Directus's `meta` and the database's `schema`. */
export interface SnapshotItem {
	collection: string;
	field?: string;
	type?: string;
	related_collection?: string | null;
	meta?: Row | null;
	schema?: Row | null;
}

export interface Snapshot {
	version: number;
	directus: string;
	collections: SnapshotItem[];
	fields: SnapshotItem[];
	relations: SnapshotItem[];
}

type Change = { kind: 'N'; rhs: SnapshotItem } | { kind: 'E'; path: string[]; lhs: unknown; rhs: unknown };
interface ItemDiff {
	collection: string;
	field?: string;
	related_collection?: string | null;
	diff: Change[];
}

/** A diff as `SchemaService.apply` takes it. */
export interface SnapshotDiff {
	collections: ItemDiff[];
	fields: ItemDiff[];
	systemFields: [];
	relations: ItemDiff[];
}

/**
 * The snapshot that this version ships; it stands beside `dist/` in the package.
 *
 * @throws Error where the file is missing: then the package is not whole
 */
export function shippedSnapshot(file: URL): Snapshot {
	return load(readFileSync(file, 'utf8')) as Snapshot;
}

/**
 * What has to be applied to bring a platform to this version's data model: what is missing is added, what we changed since the last
 * version follows where nobody changed it, nothing is ever deleted, and what is not ours is not looked at.
 *
 * @param current the whole platform's snapshot
 * @param before the snapshot that was shipped last, if any
 */
export function planUpgrade(current: Snapshot, before: Snapshot | undefined, now: Snapshot): SnapshotDiff {
	const plan = (kind: 'collections' | 'fields' | 'relations'): ItemDiff[] =>
		now[kind]
			.map((item) => planItem(find(current[kind], item), before && find(before[kind], item), item))
			.filter(hasChanges);
	return {
		collections: plan('collections'),
		fields: plan('fields'),
		systemFields: [],
		relations: plan('relations'),
	};
}

export function isEmptyPlan(plan: SnapshotDiff): boolean {
	return plan.collections.length + plan.fields.length + plan.relations.length === 0;
}

function planItem(
	current: SnapshotItem | undefined,
	before: SnapshotItem | undefined,
	now: SnapshotItem,
): ItemDiff {
	const { collection, field, related_collection } = now;
	const place = {
		collection,
		...(field && { field }),
		...(related_collection !== undefined && { related_collection }),
	};
	if (current === undefined) return { ...place, diff: [{ kind: 'N', rhs: now }] };
	const edits = (['meta', 'schema'] as const).flatMap((part): Change[] => {
		const standing = current[part] ?? {};
		const wanted = threeWay(before?.[part] ?? undefined, now[part] ?? {}, standing);
		return Object.entries(wanted).map(([key, rhs]) => ({
			kind: 'E',
			path: [part, key],
			lhs: standing[key],
			rhs,
		}));
	});
	return { ...place, diff: edits };
}

function find(items: readonly SnapshotItem[], wanted: SnapshotItem): SnapshotItem | undefined {
	return items.find((item) => item.collection === wanted.collection && item.field === wanted.field);
}

function hasChanges(item: ItemDiff): boolean {
	return item.diff.length > 0;
}

/** The name of a field on screen; its code where the snapshot has no words for it. */
export function fieldWords(snapshot: Snapshot, collection: string, field: string, locale: Locale): string {
	const item = snapshot.fields.find(
		(candidate) => candidate.collection === collection && candidate.field === field,
	);
	const translations = (item?.meta?.['translations'] ?? []) as { language: string; translation: string }[];
	return translations.find(({ language }) => language === locale)?.translation ?? field;
}
