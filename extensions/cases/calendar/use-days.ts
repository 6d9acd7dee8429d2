import { useApi, useStores } from '@directus/extensions-sdk';
import { reactive, ref, type Ref } from 'vue';
import { localDateOf, type LocalDate } from '../../platform/local-time.js';
import { useReasons } from '../../platform/studio/reasons.js';
import { refusedOf } from '../../platform/studio/refused.js';
import type { DayRow } from './months.js';

/** The rows of the calendar as far as they have been read. */
export interface Days {
	/** By year; years that are not in it have not been read yet. */
	years: Map<number, DayRow[]>;
	/** Why a year could not be read. */
	fault: Ref<string | null>;
	read: (year: number) => Promise<void>;
	/** @throws what the server answers where it refuses */
	turn: (row: DayRow, working: boolean) => Promise<void>;
	/** @returns how many days were added; @throws what the server answers where it refuses */
	add: (year: number) => Promise<number>;
	/** The local day of the latest deadline of the open cases that the user sees; null where there is none. */
	latestDue: () => Promise<LocalDate | null>;
}

const PATH = '/items/doorstep_calendar';
const CASES = 'doorstep_cases';

interface Stores {
	usePermissionsStore: () => { hasPermission: (collection: string, action: string) => boolean };
}

/** To be called in a component's set-up. */
export function useDays(): Days {
	const api = useApi();
	const why = useReasons();
	const { hasPermission } = (useStores() as Stores).usePermissionsStore();
	const years = reactive(new Map<number, DayRow[]>());
	const fault = ref<string | null>(null);

	async function read(year: number): Promise<void> {
		try {
			const filter = { day: { _starts_with: `${String(year)}-` } };
			const params = { filter, fields: ['id', 'day', 'working', 'name'], sort: ['day'], limit: -1 };
			const answer = await api.get<{ data: DayRow[] }>(PATH, { params });
			years.set(year, answer.data.data);
			fault.value = null;
		} catch (error) {
			fault.value = why(refusedOf(error));
		}
	}

	async function turn(row: DayRow, working: boolean): Promise<void> {
		await api.patch(`${PATH}/${row.id}`, { working });
		row.working = working;
	}

	async function add(year: number): Promise<number> {
		const answer = await api.post<{ data: { added: number } }>(`/doorstep/calendar/${String(year)}`);
		// Years in between may have been added too.
		await Promise.all([...new Set([year, ...years.keys()])].map(read));
		return answer.data.data.added;
	}

	async function latestDue(): Promise<LocalDate | null> {
		if (!hasPermission(CASES, 'read')) return null;
		const params = { filter: { status: { _eq: 'open' } }, fields: ['due_at'], sort: ['-due_at'], limit: 1 };
		const answer = await api
			.get<{ data: { due_at: string }[] }>(`/items/${CASES}`, { params })
			.catch(() => null);
		const due = answer?.data.data[0]?.due_at;
		return due === undefined ? null : localDateOf(new Date(due));
	}

	return { years, fault, read, turn, add, latestDue };
}
