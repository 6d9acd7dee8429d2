import { bookmarkOf, CASE_LISTS, LISTED, type Filter } from '../lists.js';

/** A row of `directus_presets`, as Directus's store holds it. */
export interface Bookmark {
	id: number;
	collection: string;
	bookmark: string | null;
	user: string | null;
	role: string | null;
	icon: string | null;
	filter: Filter | null;
	search: string | null;
}

/** A tile: a list with the place it leads to. */
export interface Tile {
	id: number;
	/** As it stands in the bookmark; `$t:…` for those of ours. */
	name: string;
	icon: string;
	filter: Filter | null;
	search: string | null;
	to: string;
	/** Whether the person made it. */
	own: boolean;
}

/** The lists that somebody has: ours in their order, then others' and one's own. The server has left out those of other hats. */
export function tilesOf(bookmarks: readonly Bookmark[]): Tile[] {
	const order = CASE_LISTS.map(({ key }) => bookmarkOf(key));
	const place = ({ bookmark }: Bookmark): number => {
		const at = order.indexOf(bookmark ?? '');
		return at === -1 ? order.length : at;
	};
	return bookmarks
		.filter(({ collection, bookmark }) => collection === LISTED && bookmark !== null)
		.sort((one, other) => place(one) - place(other))
		.map((row) => ({
			id: row.id,
			name: row.bookmark ?? '',
			icon: row.icon ?? 'bookmark',
			filter: row.filter,
			search: row.search,
			to: `/content/${LISTED}?bookmark=${String(row.id)}`,
			own: row.user !== null,
		}));
}

/** What to ask for how many cases stand in a list: each once, also where several rungs make it fit. The filter goes as one word, for it may nest deeper than an address that takes it apart. */
export function countOf({ filter, search }: Pick<Tile, 'filter' | 'search'>): object {
	return {
		aggregate: { countDistinct: 'id' },
		...(filter && { filter: JSON.stringify(filter) }),
		...(search && { search }),
	};
}
