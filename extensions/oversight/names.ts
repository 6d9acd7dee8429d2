import type { Knex } from 'knex';
import { rowsOf } from '../platform/dialect.js';
import type { Rhythm, Window } from '../platform/windows.js';
import { inWords, type Locale } from '../platform/words.js';
import { RULES, windowWord, type PlainDimension } from './dimensions.js';
import { NOTHING } from './strings.js';

/** What a key of a dimension is called, and where it stands among the others. */
export interface Name {
	key: string | null;
	label: string;
	place: number;
}

/** Names what SQL gives as a key: the key itself, or its place. */
export type Naming = (value: string | number | null) => Name;

export function namingOfWindows(rhythm: Rhythm, windows: readonly Window[], locale: Locale): Naming {
	return namingBy(
		windows.map((window) => ({ key: window.start, label: windowWord(rhythm, window, locale) })),
		locale,
	);
}

export async function namingOf(knex: Knex, dimension: PlainDimension, locale: Locale): Promise<Naming> {
	const { keys, word, rows } = RULES[dimension];
	const words = (keys ?? []).map((key) => ({ key, label: word?.(key, locale) ?? key }));
	const named = rows === undefined ? [] : await rowsOf<{ id: string; name: string }>(knex, rows);
	return namingBy([...words, ...named.map(({ id, name }) => ({ key: id, label: name }))], locale);
}

/** In this order; behind them what is not among them, under its own name, and last what has no key. */
function namingBy(names: readonly Omit<Name, 'place'>[], locale: Locale): Naming {
	const places = new Map(names.map(({ key }, place) => [key, place]));
	return (value) => {
		if (value === null) return { key: null, label: inWords(NOTHING, locale), place: names.length + 1 };
		const place = typeof value === 'number' ? value : (places.get(value) ?? names.length);
		const name = names[place];
		return name === undefined ? { key: String(value), label: String(value), place } : { ...name, place };
	};
}
