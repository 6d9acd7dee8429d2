import { useApi } from '@directus/extensions-sdk';
import { onBeforeUnmount, shallowRef, watch, type Ref } from 'vue';
import {
	beginningWith,
	inOneList,
	newestOnly,
	ROWS_SHOWN,
	searchTextOf,
	type Choice,
	type Source,
} from './pick.js';
import { useReasons } from './reasons.js';
import { refusedOf } from './refused.js';

/** People type faster than a village's network answers. */
const TYPING_MS = 250;

/** `waiting`: what is shown does not belong to what was typed yet. */
export type SearchState = 'waiting' | 'shown' | 'failed';

export interface Search<Row> {
	rows: Ref<readonly Row[]>;
	state: Ref<SearchState>;
	/** Why it failed, in words. */
	fault: Ref<string | null>;
	/** Looks for this in a moment; only the newest counts. */
	lookFor: (typed: string) => void;
	/** The same at once: when the list is opened, or after a failure. */
	lookNow: (typed: string) => Promise<void>;
}

/** Rows that match what is typed, of those the person may see; to be called in a component's set-up. */
export function useSearch<Row extends Choice>(source: Source): Search<Row> {
	const api = useApi();
	const rows: Ref<readonly Row[]> = shallowRef([]);
	const state = shallowRef<SearchState>('waiting');
	const fault = shallowRef<string | null>(null);
	const why = useReasons();
	const questions = newestOnly();
	let timer: ReturnType<typeof setTimeout> | undefined;
	onBeforeUnmount(() => clearTimeout(timer));

	const ask = async (more: { search?: string }, narrower: object = {}): Promise<Row[]> => {
		const { collection, fields, sort, filter = {} } = source;
		const params = { fields, sort, limit: ROWS_SHOWN, filter: { _and: [filter, narrower] }, ...more };
		return (await api.get<{ data: Row[] }>(`/items/${collection}`, { params })).data.data;
	};
	const lookNow = async (typed: string): Promise<void> => {
		clearTimeout(timer);
		const isNewest = questions.ask();
		state.value = 'waiting';
		const text = searchTextOf(typed);
		try {
			const lists =
				text === ''
					? [await ask({})]
					: await Promise.all([ask({}, beginningWith(text, source)), ask({ search: text })]);
			if (!isNewest()) return;
			rows.value = inOneList(lists);
			state.value = 'shown';
		} catch (error) {
			if (!isNewest()) return;
			rows.value = [];
			fault.value = why(refusedOf(error));
			state.value = 'failed';
		}
	};
	const lookFor = (typed: string): void => {
		clearTimeout(timer);
		// An answer that is under way belongs to what was typed before.
		questions.ask();
		state.value = 'waiting';
		timer = setTimeout(() => void lookNow(typed), TYPING_MS);
	};
	return { rows, state, fault, lookFor, lookNow };
}

/** `unseen`: it is gone, or not this person's to see. */
export type ChosenState = 'none' | 'waiting' | 'shown' | 'unseen' | 'failed';

export interface Chosen<Row> {
	row: Ref<Row | null>;
	state: Ref<ChosenState>;
	/** As in a search. */
	fault: Ref<string | null>;
	/** Spares the question where the row is at hand. */
	take: (row: Row) => void;
	read: () => Promise<void>;
}

/** The row behind an id, which a form hands over without it. */
export function useChosen<Row extends Choice>(id: Ref<string | null>, source: Source): Chosen<Row> {
	const api = useApi();
	const row: Ref<Row | null> = shallowRef(null);
	const state = shallowRef<ChosenState>('none');
	const fault = shallowRef<string | null>(null);
	const why = useReasons();
	const questions = newestOnly();

	const read = async (): Promise<void> => {
		const isNewest = questions.ask();
		const wanted = id.value;
		if (wanted !== null && row.value?.id === wanted) return;
		row.value = null;
		state.value = wanted === null ? 'none' : 'waiting';
		if (wanted === null) return;
		const params = { fields: source.fields, filter: { id: { _eq: wanted } }, limit: 1 };
		try {
			const answer = await api.get<{ data: Row[] }>(`/items/${source.collection}`, { params });
			if (!isNewest()) return;
			row.value = answer.data.data[0] ?? null;
			state.value = row.value === null ? 'unseen' : 'shown';
		} catch (error) {
			if (!isNewest()) return;
			fault.value = why(refusedOf(error));
			state.value = 'failed';
		}
	};
	const take = (taken: Row): void => {
		row.value = taken;
		state.value = 'shown';
	};
	watch(id, read, { immediate: true });
	return { row, state, fault, take, read };
}
