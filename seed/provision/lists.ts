import { bookmarkOf, CASE_LISTS, CASES_LAYOUT, IN_HAND, LISTED } from '../../extensions/cases/lists.js';
import type { ShippedRow } from '../../extensions/platform/provision.js';

/** A list of Directus's own kind: columns in their order with their widths in pixels, and what comes first. */
interface Table {
	columns: readonly (readonly [field: string, width: number])[];
	sort: string;
}

/** How the other collections are listed until somebody arranges them otherwise. */
const TABLES: Readonly<Record<string, Table>> = {
	doorstep_escalations: {
		columns: [
			['case_id.number', 140],
			['case_id.title', 200],
			['name', 120],
			['due_at', 160],
			['raised_at', 160],
			['acknowledged_by_name', 140],
		],
		sort: '-raised_at',
	},
	doorstep_checks: {
		columns: [
			['drawn_at', 160],
			['period_from', 120],
			['period_to', 120],
			['village', 140],
			['ledger', 120],
			['size', 90],
			['drawn_by_name', 120],
		],
		sort: '-drawn_at',
	},
	doorstep_households: {
		columns: [
			['code', 120],
			['head_name', 120],
			['hamlet', 160],
			['kind', 100],
			['cadre', 190],
			['phone', 130],
			['people', 90],
		],
		sort: 'code',
	},
	doorstep_cadres: {
		columns: [
			['name', 120],
			['post', 180],
			['phone', 130],
			['posting', 110],
			['village', 120],
			['work_state', 110],
			['substitute', 180],
		],
		sort: 'name',
	},
	doorstep_villages: {
		columns: [
			['name', 160],
			['leader', 220],
			['deputy', 220],
			['town_leader', 220],
			['data_clerk', 220],
		],
		sort: 'sort',
	},
	doorstep_hamlets: {
		columns: [
			['village', 180],
			['name', 180],
		],
		sort: 'village.name',
	},
	doorstep_assignments: {
		columns: [
			['household', 300],
			['cadre', 220],
			['starts_at', 180],
			['reason', 300],
		],
		sort: '-starts_at',
	},
	doorstep_services: {
		columns: [
			['category', 140],
			['name', 240],
			['ledger', 120],
			['limit_hours', 110],
			['limit_days', 110],
			['proxy', 170],
			['in_charge', 180],
			['in_handbook', 120],
		],
		sort: 'category',
	},
	doorstep_departments: {
		columns: [
			['name', 240],
			['level', 140],
			['phone', 160],
		],
		sort: 'name',
	},
	doorstep_escalation_rules: {
		columns: [
			['ledger', 130],
			['rung', 110],
			['name', 140],
			['delay', 130],
			['unit', 110],
			['notify', 260],
			['service', 180],
		],
		sort: 'ledger',
	},
	doorstep_calendar: {
		columns: [
			['day', 140],
			['working', 100],
			['name', 220],
		],
		sort: '-day',
	},
};

/** Everybody's bookmarks and everybody's first look at each collection. Whose list a bookmark is, is said by `lists-hook.ts`. */
export function lists(): ShippedRow[] {
	return [
		...CASE_LISTS.map((list) =>
			preset(LISTED, bookmarkOf(list.key), {
				icon: list.icon,
				layout: CASES_LAYOUT,
				layout_query: { [CASES_LAYOUT]: { sort: [...list.sort] } },
				layout_options: null,
				filter: list.filter,
			}),
		),
		preset(LISTED, null, {
			icon: 'bookmark',
			layout: CASES_LAYOUT,
			layout_query: { [CASES_LAYOUT]: { sort: ['due_at'] } },
			layout_options: null,
			// What is closed is one bookmark away; first comes what has to be done.
			filter: IN_HAND,
		}),
		...Object.entries(TABLES).map(([collection, { columns, sort }]) =>
			preset(collection, null, {
				icon: 'bookmark',
				layout: 'tabular',
				layout_query: { tabular: { fields: columns.map(([field]) => field), sort: [sort] } },
				layout_options: { tabular: { widths: Object.fromEntries(columns) } },
				filter: null,
			}),
		),
	];
}

function preset(collection: string, bookmark: string | null, values: ShippedRow['values']): ShippedRow {
	return { collection: 'directus_presets', key: { collection, bookmark, user: null, role: null }, values };
}
