import { systemFieldRows } from '@directus/system-data';
import { shippedSnapshot, type Snapshot, type SnapshotItem } from '../../extensions/platform/snapshot.js';

/** The data model as shipped. */
export const snapshot: Snapshot = shippedSnapshot(new URL('../../schema-snapshot.yaml', import.meta.url));

export interface Choice {
	value: string;
	text: string;
}

export function fieldsOf(collection: string): SnapshotItem[] {
	return snapshot.fields.filter((field) => field.collection === collection);
}

/** Of a collection of ours, or one of Directus's with what we add to it. */
export function fieldNamesOf(collection: string): string[] {
	const directus = systemFieldRows.filter((field) => field.collection === collection);
	return [...directus, ...fieldsOf(collection)].map(({ field }) => field ?? '');
}

export function fieldOf(collection: string, name: string): SnapshotItem {
	const found = fieldsOf(collection).find(({ field }) => field === name);
	if (found === undefined) throw new Error(`no field ${collection}.${name}`);
	return found;
}

/** What a list offers, in its order; empty where a field has none. */
export function choicesOf(field: SnapshotItem): Choice[] {
	const options = field.meta?.['options'] as { choices?: Choice[] } | null | undefined;
	return options?.choices ?? [];
}

/** The collection that a to-one field points to. */
export function relatedTo(collection: string, field: string): string | undefined {
	const relation = snapshot.relations.find(
		(candidate) => candidate.collection === collection && candidate.field === field,
	);
	return relation?.related_collection ?? undefined;
}
