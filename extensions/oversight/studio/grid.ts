import { LEDGERS, LEVELS } from '../../cases/terms.js';
import { bucketKeys } from '../buckets.js';
import type { Dimension, Figure, FigureName, FigureRow } from '../figures.js';

/** A key of a dimension with what people read for it. */
export interface Key {
	key: string | null;
	label: string;
}

/** Figures by two dimensions: what has no row was not counted. */
export interface Grid {
	down: Key[];
	across: Key[];
	at: (down: Key, across: Key) => Figure | undefined;
}

/** Rows of two dimensions as a grid, each dimension in its own order, never in that of a figure. */
export function gridOf(
	rows: readonly FigureRow[],
	figure: FigureName,
	[down, across]: readonly [Dimension, Dimension],
): Grid {
	const name = (one: Key, other: Key): string => JSON.stringify([one.key, other.key]);
	const keyOf = (row: FigureRow, dimension: Dimension): Key => ({
		key: row.keys[dimension] ?? null,
		label: row.labels[dimension] ?? '',
	});
	const cells = new Map(
		rows.map((row) => [name(keyOf(row, down), keyOf(row, across)), row.figures[figure]] as const),
	);
	return {
		down: inOrder([rows.map((row) => keyOf(row, down))]),
		across: asNamed(
			across,
			inOrder(groupsOf(rows, down).map((group) => group.map((row) => keyOf(row, across)))),
		),
		at: (one, other) => cells.get(name(one, other)),
	};
}

/** Keys that the code names all of: lists with gaps may leave their order open. */
const NAMED: Partial<Record<Dimension, readonly (string | null)[]>> = {
	ledger: LEDGERS,
	level: LEVELS,
	age: bucketKeys('age'),
	lateness: bucketKeys('lateness'),
};

function asNamed(dimension: Dimension, keys: readonly Key[]): Key[] {
	const named = NAMED[dimension];
	const place = ({ key }: Key): number => named?.indexOf(key) ?? 0;
	return keys.toSorted((a, b) => place(a) - place(b));
}

function groupsOf(rows: readonly FigureRow[], dimension: Dimension): FigureRow[][] {
	const groups = new Map<string | null, FigureRow[]>();
	for (const row of rows) {
		const key = row.keys[dimension] ?? null;
		groups.set(key, [...(groups.get(key) ?? []), row]);
	}
	return [...groups.values()];
}

/**
 * The keys of several lists that are in the same order, each with gaps of its own, as one list in that order.
 *
 * @example inOrder([[{ key: 'a' }, { key: 'c' }], [{ key: 'b' }, { key: 'c' }]]) // a, b, c
 */
export function inOrder(lists: readonly (readonly Key[])[]): Key[] {
	const ordered: Key[] = [];
	for (const list of lists) {
		// From the end, so that whatever is new stands right before what follows it.
		let next = ordered.length;
		for (const item of [...list].reverse()) {
			const known = ordered.findIndex(({ key }) => key === item.key);
			if (known === -1) ordered.splice(next, 0, item);
			else next = known;
		}
	}
	return ordered;
}
