import { systemCollectionNames } from '@directus/system-data';

const PREFIX = 'directus_';

/** The names under which Directus tells of reading: one for all collections of a platform, one for each of its own. */
export const READ_SCOPES: readonly string[] = [
	'items',
	...systemCollectionNames.map((name) => name.slice(PREFIX.length)),
];

/** The collection that an event of such a scope is about. */
export function rootOf(scope: string, meta: Readonly<Record<string, unknown>>): string {
	const { collection } = meta;
	return typeof collection === 'string' ? collection : `${PREFIX}${scope}`;
}

/** Whether it is one of Directus's own collections. */
export function isOfDirectus(collection: string): boolean {
	return systemCollectionNames.includes(collection);
}
