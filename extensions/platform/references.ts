import type { Knex } from 'knex';
import type { Snapshot } from './snapshot.js';

/** A column that points to a row and forbids its deletion. */
export interface Reference {
	table: string;
	column: string;
}

/** Which of our columns point to a collection and keep its rows from being deleted. */
export function referencesTo(snapshot: Snapshot, collection: string): Reference[] {
	return snapshot.relations
		.filter(
			(relation) =>
				relation.related_collection === collection && relation.schema?.['on_delete'] === 'NO ACTION',
		)
		.map(({ collection: table, field: column = '' }) => ({ table, column }));
}

/** Asked ahead of a deletion, for Directus would answer the database's own refusal with its SQL. */
export async function isReferenced(
	knex: Knex,
	references: readonly Reference[],
	keys: readonly string[],
): Promise<boolean> {
	for (const { table, column } of references) {
		const row = await knex(table).whereIn(column, keys).first<object | undefined>(column);
		if (row !== undefined) return true;
	}
	return false;
}

export async function rowExists(knex: Knex, table: string, id: string): Promise<boolean> {
	return (await knex(table).where({ id }).first<object | undefined>('id')) !== undefined;
}
