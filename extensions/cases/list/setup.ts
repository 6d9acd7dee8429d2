import { useApi, useItems, useStores } from '@directus/extensions-sdk';
import type { Filter, LayoutProps } from '@directus/types';
import { computed, ref, toRefs, watch, type Ref } from 'vue';
import { useNow } from '../../platform/studio/ticking.js';
import { keepBadge } from '../home/badge.js';
import { LISTED_FIELDS, NEWEST_RUNG, type ListedCase, type ListQuery } from './shown.js';

interface FieldsStore {
	getField: (collection: string, path: string) => unknown;
}

type Emit = (
	event: 'update:selection' | 'update:layoutOptions' | 'update:layoutQuery',
	...args: unknown[]
) => void;

/** What the list's parts share: Directus hands it, with the layout's own properties, to the list and to the header's slot. */
export function caseList(props: LayoutProps<null, ListQuery | null>, { emit }: { emit: Emit }) {
	const api = useApi();
	const now = useNow();
	const fieldsStore = (useStores() as { useFieldsStore: () => FieldsStore }).useFieldsStore();
	const { collection, filter, filterSystem, search } = toRefs(props);

	const page = kept('page', 1);
	const limit = kept('limit', 25);
	const sort = kept('sort', ['due_at']);
	const fields = computed(() =>
		LISTED_FIELDS.filter((path) => fieldsStore.getField(collection.value ?? '', path)),
	);
	const deep = computed(() => (fields.value.includes('escalations.name') ? NEWEST_RUNG : {}));
	const asked = {
		filter: computed(() => asText(filter.value)),
		filterSystem: computed(() => asText(filterSystem.value)),
	};
	const listed = useItems(collection, { ...asked, fields, limit, sort, search, page, deep });
	const cases = computed(() => listed.items.value as unknown as ListedCase[]);

	/** Rows of earlier pages stay known as long as they may be selected. */
	const known = ref(new Map<string, ListedCase>());
	/** Raised whenever something was done or the rows were read: what is possible has to be asked anew. */
	const revision = ref(0);
	watch(cases, (rows) => {
		for (const row of rows) known.value.set(row.id, row);
		revision.value += 1;
	});

	return {
		...{ now, page, limit, sort, cases, known, revision },
		...{ loading: listed.loading, error: listed.error, totalPages: listed.totalPages },
		...{ itemCount: listed.itemCount, totalCount: listed.totalCount },
		...{ toggle, toggleAll, open, pathOf, refresh, resetPresetAndRefresh },
	};

	function kept<Key extends keyof ListQuery>(key: Key, otherwise: NonNullable<ListQuery[Key]>) {
		return computed<NonNullable<ListQuery[Key]>>({
			get: () => queryNow()[key] ?? otherwise,
			set: (value) => emit('update:layoutQuery', { ...queryNow(), [key]: value }),
		});
	}

	function queryNow(): ListQuery {
		return props.layoutQuery ?? {};
	}

	function toggle(id: string): void {
		if (props.readonly) return;
		const chosen = props.selection.map(String);
		const without = chosen.filter((other) => other !== id);
		emit('update:selection', without.length < chosen.length ? without : [...chosen, id]);
	}

	/** Those of this page; what is selected on other pages stays. */
	function toggleAll(): void {
		if (props.readonly) return;
		const chosen = props.selection.map(String);
		const here = cases.value.map(({ id }) => id);
		const others = chosen.filter((id) => !here.includes(id));
		emit('update:selection', here.every((id) => chosen.includes(id)) ? others : [...others, ...here]);
	}

	/** As in Directus's own lists: while something is selected, or is to be chosen, a click selects. */
	function open(id: string, event: MouseEvent, navigate: Navigate): void {
		const choosing = props.selectMode || props.selection.length > 0;
		if (!choosing && !props.readonly) {
			navigate(event);
			return;
		}
		event.preventDefault();
		toggle(id);
	}

	function pathOf(id: string): string {
		return `/content/${collection.value ?? ''}/${encodeURIComponent(id)}`;
	}

	function refresh(): void {
		revision.value += 1;
		keepBadge();
		void Promise.all([
			listed.getItems(),
			count(asked.filter.value, listed.itemCount),
			count(asked.filterSystem.value, listed.totalCount),
		]);
	}

	/** The SDK's own count remembers its first answer to a filter. */
	async function count(by: Filter | null, into: Ref<number | null>): Promise<void> {
		const params = {
			aggregate: { countDistinct: 'id' },
			...(by && { filter: by }),
			...(into === listed.itemCount && search.value && { search: search.value }),
		};
		const answer = await api.get<{ data: { countDistinct: { id: number | string } }[] }>(
			`/items/${collection.value ?? ''}`,
			{ params },
		);
		into.value = Number(answer.data.data[0]?.countDistinct.id ?? 0);
	}

	async function resetPresetAndRefresh(): Promise<void> {
		await props.resetPreset?.();
		refresh();
	}
}

/** A filter as one word: taken apart into the address, as usual, it could nest ten levels and no more. */
function asText(filter: Filter | null): Filter | null {
	return filter === null ? null : (JSON.stringify(filter) as unknown as Filter);
}

/** How a link of Directus's router is followed; it leaves clicks for a new tab to the browser. */
export type Navigate = (event: MouseEvent) => void;

/** What the layout's components get. */
export interface ListState {
	collection: string;
	selection: string[];
	selectMode: boolean;
	showSelect: 'none' | 'one' | 'multiple';
	readonly: boolean;
	filterUser: object | null;
	search: string | null;
	now: number;
	page: number;
	limit: number;
	sort: string[];
	cases: ListedCase[];
	known: Map<string, ListedCase>;
	revision: number;
	loading: boolean;
	error: unknown;
	totalPages: number;
	itemCount: number | null;
	totalCount: number | null;
	toggle: (id: string) => void;
	toggleAll: () => void;
	open: (id: string, event: MouseEvent, navigate: Navigate) => void;
	pathOf: (id: string) => string;
	refresh: () => void;
	resetPresetAndRefresh: () => Promise<void>;
}
