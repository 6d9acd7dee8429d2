import { readTable, wordsFor, type Line } from './table.js';
import type { Asker } from './people.js';
import { covers } from './words.js';
import type { Matrix, Row } from './rows.js';

/** The table. */
export const LINES: readonly Line[] = readTable();
/** Their ids stand in rows that others read: who is which official, who leads which village. */
const KNOWN_BY_ID = [
	...['doorstep_cadres', 'doorstep_villages', 'doorstep_hamlets', 'doorstep_services', 'directus_users'],
	...['doorstep_departments', 'doorstep_calendar', 'doorstep_escalation_rules'],
];

/** Whether the table lets this person do that with the row, or with a field of it. */
export function may(
	me: Asker,
	action: 'create' | 'read' | 'update' | 'delete',
	{ collection, facts }: Pick<Row, 'collection' | 'facts'>,
	field?: string,
): boolean {
	return covers(wordsFor(LINES, me.positions, collection, action, field), me, facts);
}

/** Whether they may do it with any row at all. */
export function mayAny(
	me: Asker,
	action: 'create' | 'read' | 'update' | 'delete',
	collection: string,
	field?: string,
): boolean {
	return wordsFor(LINES, me.positions, collection, action, field).size > 0;
}

/** One thing that an answer could show. */
export interface Secret {
	token: string;
	row: Row;
	field: string;
}

/** Every token of the matrix, ids included where they tell something. */
export function secretsOf({ rows }: Matrix): Map<string, Secret> {
	const secrets = rows.flatMap((row) => [
		...Object.entries(row.tokens).map(([field, token]): Secret => ({
			token: token.toLowerCase(),
			row,
			field,
		})),
		...(KNOWN_BY_ID.includes(row.collection) || /^\d+$/.test(row.id)
			? []
			: [{ token: row.id, row, field: 'id' }]),
	]);
	return new Map(
		secrets.map((secret) => [
			secret.token.includes('@') ? secret.token.split('@')[0]! : secret.token,
			secret,
		]),
	);
}

/** Whether the table gives this to that person. */
export function given(me: Asker, { row, field }: Secret): boolean {
	if (field === 'id') return may(me, 'read', row) || (row.namedBy ?? []).some((by) => may(me, 'read', by));
	return may(me, 'read', row, field);
}
