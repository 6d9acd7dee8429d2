import { LOCAL_OFFSET_MS } from '../../platform/local-time.js';
import type { Possible } from '../possible.js';
import type { Ledger, Level, Status } from '../terms.js';

/** What the layout keeps in a preset. */
export interface ListQuery {
	sort?: string[];
	page?: number;
	limit?: number;
}

/** A case as the list shows it: read with the viewer's rights, so anything related may be missing. */
export interface ListedCase {
	id: string;
	number: string;
	title: string;
	status: Status;
	ledger: Ledger;
	level: Level | null;
	received_at: string;
	due_at: string;
	breached_at: string | null;
	told_at: string | null;
	asked_hours: number | null;
	rung: number | null;
	household?: { head_name?: string; hamlet?: { village?: { name?: string } | null } | null } | null;
	holder?: { name?: string } | null;
	/** The newest alone. */
	escalations?: { name: string | null }[];
}

export type { Possible };

/** What a row needs; what somebody may not read is not asked for, since Directus would refuse all of it. */
export const LISTED_FIELDS: readonly string[] = [
	...['id', 'number', 'title', 'status', 'ledger', 'level', 'received_at', 'due_at', 'breached_at'],
	'told_at',
	...['asked_hours', 'rung', 'household.head_name', 'household.hamlet.village.name', 'holder.name'],
	'escalations.name',
];

/** Of the rungs only the one that the case stands on. */
export const NEWEST_RUNG = { escalations: { _sort: ['-cycle', '-rung'], _limit: 1 } };

/** By what a list can be sorted, with the key of its words. */
export const SORTS = [
	['due_at', 'due'],
	['received_at', 'received'],
	['number', 'number'],
] as const;
export type SortField = (typeof SORTS)[number][0];

/** A time in a narrow column, by Beijing time. @example shortTime('2026-11-24T01:00Z') // '11-24 09:00' */
export function shortTime(at: string): string {
	const local = new Date(Date.parse(at) + LOCAL_OFFSET_MS).toISOString();
	return `${local.slice(5, 10)} ${local.slice(11, 16)}`;
}

/** How a list is sorted; undefined for an order that no heading stands for. */
export function sortedBy(sort: readonly string[], field: SortField): 'ascending' | 'descending' | undefined {
	if (sort[0] === field) return 'ascending';
	return sort[0] === `-${field}` ? 'descending' : undefined;
}

/** What a click on a heading makes of the order: earliest first, then the other way round. */
export function nextSort(sort: readonly string[], field: SortField): string[] {
	return [sortedBy(sort, field) === 'ascending' ? `-${field}` : field];
}

/** The rung that a case has reached, by its name or else its number; null before the first. */
export function rungOf({ rung, escalations }: Pick<ListedCase, 'rung' | 'escalations'>): string | null {
	if (!rung) return null;
	return escalations?.[0]?.name ?? String(rung);
}
