/** The lists that are measured, as the studio asks for them. */
import { LISTED_FIELDS, NEWEST_RUNG } from '../../extensions/cases/list/shown.js';
import type { Part } from '../harness/large.js';

type Filter = Readonly<Record<string, unknown>>;

/** One list of the studio: collection, columns, order, and what its bookmark filters by. */
export interface List {
	collection: string;
	fields: readonly string[];
	sort: string;
	filter?: Filter;
	deep?: object;
}

const CASES = { collection: 'doorstep_cases', fields: LISTED_FIELDS, sort: 'due_at', deep: NEWEST_RUNG };
const HOUSEHOLDS = {
	collection: 'doorstep_households',
	fields: [
		...['id', 'code', 'head_name', 'hamlet.village.name', 'hamlet.name', 'kind', 'cadre.name', 'cadre.post'],
		...['phone', 'people'],
	],
	sort: 'code',
};
const OPEN: Filter = { status: { _eq: 'open' } };

export const LISTS = {
	households: HOUSEHOLDS,
	'open cases': { ...CASES, filter: OPEN },
	'all cases': { ...CASES, sort: '-received_at' },
	steps: {
		collection: 'doorstep_case_steps',
		fields: ['id', 'case_id.number', 'case_id.title', 'kind', 'actor_name', 'at', 'note', 'holder.name'],
		sort: '-at',
	},
	'rungs to acknowledge': {
		collection: 'doorstep_escalations',
		fields: ['id', 'case_id.number', 'case_id.title', 'name', 'due_at', 'raised_at', 'acknowledged_by_name'],
		sort: '-raised_at',
		filter: { acknowledged_at: { _null: true } },
	},
	files: {
		collection: 'directus_files',
		fields: ['id', 'title', 'type', 'filename_download', 'filesize', 'uploaded_on'],
		sort: '-uploaded_on',
	},
} satisfies Record<string, List>;

/** Who asks for what, and how many rows a page. */
export const ASKED: readonly (readonly [who: Part, list: keyof typeof LISTS, limit: number])[] = [
	['cadre', 'households', 25],
	['cadre', 'households', 100],
	['cadre', 'open cases', 25],
	['cadre', 'all cases', 25],
	['cadre', 'steps', 25],
	['cadre', 'rungs to acknowledge', 25],
	['cadre', 'files', 25],
	['substitute', 'households', 25],
	['substitute', 'open cases', 25],
	['holder', 'open cases', 25],
	['leader', 'households', 25],
	['leader', 'open cases', 25],
	['townLeader', 'open cases', 25],
];

/** What the studio asks for a page of a list: its rows, and how many there are in all. */
export function pathsOf(list: List, limit: number, also?: Filter): { rows: string; count: string } {
	const filters = [list.filter, also].filter(
		(filter) => filter !== undefined && Object.keys(filter).length > 0,
	);
	const filter = filters.length > 0 ? { filter: JSON.stringify({ _and: filters }) } : {};
	const page = {
		...{ fields: list.fields.join(','), sort: list.sort, limit: String(limit), ...filter },
		...(list.deep === undefined ? {} : { deep: JSON.stringify(list.deep) }),
	};
	const where = list.collection === 'directus_files' ? '/files' : `/items/${list.collection}`;
	const at = (query: Record<string, string>) => `${where}?${new URLSearchParams(query).toString()}`;
	return { rows: at(page), count: at({ 'aggregate[countDistinct]': 'id', ...filter }) };
}
