/** A row that can be picked. */
export interface Choice {
	id: string;
}

/** How a row is shown: its name with a label beside it, and what tells it from others of the same name. */
export interface Lines {
	name: string;
	label?: string;
	more: string;
	/** Shown as digits in the list, to be tapped on the card. */
	phone?: string | null;
}

/** Where rows to pick from come from. */
export interface Source {
	collection: string;
	fields: readonly string[];
	/** Fields besides the pinyin whose beginning people type; such rows come first. */
	begins: readonly string[];
	/** The order of the list. */
	sort: readonly string[];
	/** What may be picked; all that the person sees where left out. */
	filter?: Readonly<Record<string, unknown>>;
}

/** So many rows a list: more is typed for, not scrolled for. */
export const ROWS_SHOWN = 20;

/**
 * The id in the value of a to-one relation, which Directus hands over as an id, as an object with one, or as null.
 *
 * @example idOf({ id: 'b2c…' }) // 'b2c…'
 */
export function idOf(value: unknown): string | null {
	const id = typeof value === 'object' && value !== null && 'id' in value ? value.id : value;
	return typeof id === 'string' && id !== '' ? id : null;
}

/**
 * What is looked for when this is typed: input methods leave blanks, apostrophes and full-width letters, and names, phone numbers
 * and pinyin are stored without them.
 *
 * @example searchTextOf("zhang'san ") // 'zhangsan'
 */
export function searchTextOf(typed: string): string {
	return typed
		.replace(/[\uff01-\uff5e]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0))
		.replace(/[\s'’]/g, '')
		.replace(/ü/gi, 'v')
		.toLowerCase();
}

/**
 * Rows that begin with what is typed, by a name, a spelling or a number. In a whole town a search alone finds more rows that merely
 * hold two letters somewhere than a list can show.
 */
export function beginningWith(text: string, { begins }: Pick<Source, 'begins'>): object {
	const fields = ['pinyin', ...begins].map((field) => ({ [field]: { _istarts_with: text } }));
	return { _or: [...fields, { pinyin: { _contains: ` ${text}` } }] };
}

/** The rows of several lists one after the other, none twice, as many as are shown. */
export function inOneList<Row extends Choice>(lists: readonly (readonly Row[])[]): Row[] {
	const rows = new Map(lists.flat().map((row) => [row.id, row]));
	return [...rows.values()].slice(0, ROWS_SHOWN);
}

/** Parts of a line that are there, divided by a point. */
export function joined(parts: readonly (string | null | undefined)[]): string {
	return parts.filter((part) => part != null && part !== '').join(' · ');
}

/**
 * The row that an arrow key leads to: past the end the first follows, before the first the last.
 *
 * @param active index of the row before; -1 for none
 * @example movedBy('ArrowUp', 0, 3) // 2
 */
export function movedBy(key: 'ArrowDown' | 'ArrowUp', active: number, count: number): number {
	if (count === 0) return -1;
	if (key === 'ArrowDown') return (active + 1) % count;
	return active <= 0 ? count - 1 : active - 1;
}

/** Tells of answers that come in any order whether a newer question has been asked meanwhile. */
export function newestOnly(): { ask: () => () => boolean } {
	let newest = 0;
	return {
		ask: () => {
			const mine = ++newest;
			return () => mine === newest;
		},
	};
}
