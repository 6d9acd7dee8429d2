import type { Policy } from '../platform/hats.js';
import type { Labels, Pair } from '../platform/words.js';

/** A filter as Directus writes it, with `$CURRENT_USER`, `$NOW` and variables of ours (VARIABLES). */
export type Filter = Readonly<Record<string, unknown>>;

/**
 * What filters over cases may name besides what Directus knows; filled in when somebody reads (variables.ts). Of times Directus knows only
 * distances from now; and whether a village's leader is away is asked along a path for which an address, ten levels deep at most, has no room.
 */
export const VARIABLES = {
	/** The last moment of the day in Beijing. */
	todayEnd: '$TODAY_END',
	/** Officials whose work is the reader's: their own row, and those that they stand in for. */
	actingAs: '$ACTING_AS',
	/** Villages that the reader leads now: as leader, or as deputy while the leader is away. */
	ledVillages: '$LED_VILLAGES',
	/** Villages of the reader's area (包片领导). */
	townVillages: '$TOWN_VILLAGES',
} as const;

/** A list of cases that somebody works through: a global bookmark, and a tile on the module's page. */
export interface CaseList {
	key: string;
	label: Pair;
	/** Whose list it is; the others do not get the bookmark. */
	hats: readonly Policy[];
	icon: string;
	filter: Filter | null;
	sort: readonly string[];
}

export const LISTED = 'doorstep_cases';
/** The id of our layout. */
export const CASES_LAYOUT = 'doorstep-cases';

/** Those who see cases at all. */
const EVERYBODY = ['cadre', 'team_leader', 'town_leader', 'supervisor'] as const satisfies readonly Policy[];
const LEADERS = ['team_leader', 'town_leader'] as const satisfies readonly Policy[];
export const LIST_HATS: readonly Policy[] = EVERYBODY;

const NOW = '$NOW';
const OPEN: Filter = { status: { _eq: 'open' } };
const RESOLVED: Filter = { status: { _eq: 'resolved' } };
/** What somebody still has to do something about. */
export const IN_HAND: Filter = { status: { _in: ['open', 'resolved'] } };
const REPORTED: Filter = { ledger: { _eq: 'reported' } };
const TOLD: Filter = { told_at: { _nnull: true } };
const UNTOLD: Filter = { told_at: { _null: true } };

const all = (...parts: Filter[]): Filter => ({ _and: parts });
const any = (...parts: Filter[]): Filter => ({ _or: parts });

/** The cases that I have to act on, as holder or standing in (hatsOf). */
const MINE: Filter = { holder: { _in: [VARIABLES.actingAs] } };
/** The household is told by whoever held the case, or by its own cadre. */
const MINE_OR_MY_HOUSEHOLDS = any(MINE, { cadre: { _in: [VARIABLES.actingAs] } });

/** Where a case waits for a leader, and that leader is me: the village's while it is with team or village, the town's above (toldOf). */
const AT_MY_LEVEL: readonly (readonly Filter[])[] = [
	[
		any({ level: { _null: true } }, { level: { _in: ['team', 'village'] } }),
		inVillages(VARIABLES.ledVillages),
	],
	[{ level: { _in: ['township', 'department'] } }, inVillages(VARIABLES.townVillages)],
	[
		{ level: { _in: ['township', 'department'] } },
		{ service: { in_charge: { user: { _eq: '$CURRENT_USER' } } } },
	],
];

function inVillages(variable: string): Filter {
	return { household: { hamlet: { village: { _in: [variable] } } } };
}

/** One alternative a way of being the leader, so that no filter nests deeper than an address can say. */
function forLeaders(what: Filter): Filter[] {
	return AT_MY_LEVEL.map((where) => all(what, ...where));
}

const UNDECIDED = all(OPEN, REPORTED, { decided_at: { _null: true } });
/** After the deadline nobody can answer any more. */
const TIME_ASKED = all(OPEN, { asked_hours: { _nnull: true } }, { due_at: { _gte: NOW } });
const TO_STRIKE_OFF = all(RESOLVED, REPORTED, TOLD, { told: { _neq: 'no' } });
const COMPLAINT: Filter = { about_cadre: { _nnull: true } };

/**
 * What waits for me, right for every hat: my open cases; my results that a household has not heard, or that I may close, or have to take up
 * again; what leaders have to answer, decide or strike off; and complaints, which nobody but the supervision group sees.
 */
export const WAITING: Filter = any(
	all(OPEN, MINE),
	all(
		RESOLVED,
		any(UNTOLD, { ledger: { _neq: 'reported' } }, { told: { _eq: 'no' } }),
		MINE_OR_MY_HOUSEHOLDS,
	),
	...forLeaders(any(UNDECIDED, TIME_ASKED, TO_STRIKE_OFF)),
	all(IN_HAND, COMPLAINT),
);

/** In the order in which people see them. */
export const CASE_LISTS: readonly CaseList[] = [
	{
		key: 'waiting',
		label: ['等我办理', 'Waiting for me'],
		hats: EVERYBODY,
		icon: 'inbox',
		filter: WAITING,
		sort: ['due_at'],
	},
	{
		key: 'today',
		label: ['我的今日到期', 'Mine, due today'],
		hats: EVERYBODY,
		icon: 'today',
		filter: all(OPEN, { due_at: { _gte: NOW } }, { due_at: { _lte: VARIABLES.todayEnd } }, MINE),
		sort: ['due_at'],
	},
	{
		key: 'soon',
		label: ['4小时内到期', 'Due within 4 hours'],
		hats: EVERYBODY,
		icon: 'hourglass_bottom',
		filter: all(OPEN, { due_at: { _gte: NOW } }, { due_at: { _lte: '$NOW(+4 hours)' } }),
		sort: ['due_at'],
	},
	{
		key: 'late',
		label: ['已逾期', 'Late'],
		hats: EVERYBODY,
		icon: 'alarm',
		filter: all(IN_HAND, any({ breached_at: { _nnull: true } }, all(OPEN, { due_at: { _lt: NOW } }))),
		sort: ['due_at'],
	},
	{
		key: 'feedback',
		label: ['待反馈', 'To be told'],
		hats: EVERYBODY,
		icon: 'record_voice_over',
		filter: all(RESOLVED, UNTOLD),
		sort: ['resolved_at'],
	},
	{
		key: 'decide',
		label: ['待交办', 'To be decided'],
		hats: LEADERS,
		icon: 'assignment_ind',
		filter: any(...forLeaders(UNDECIDED)),
		sort: ['due_at'],
	},
	{
		key: 'time',
		label: ['待审批延期', 'Time asked for'],
		hats: LEADERS,
		icon: 'more_time',
		filter: any(...forLeaders(TIME_ASKED)),
		sort: ['due_at'],
	},
	{
		key: 'strike_off',
		label: ['待销号', 'To be struck off'],
		hats: LEADERS,
		icon: 'task_alt',
		filter: any(...forLeaders(TO_STRIKE_OFF)),
		sort: ['told_at'],
	},
	{
		key: 'rungs',
		label: ['未签收', 'Not acknowledged'],
		hats: EVERYBODY,
		icon: 'notification_important',
		// One condition inside `_some`, never more: Directus drops a second one silently.
		filter: all(IN_HAND, { escalations: { _some: { acknowledged_at: { _null: true } } } }),
		sort: ['due_at'],
	},
	{
		key: 'complaints',
		label: ['对干部的反映', 'Complaints about cadres'],
		hats: ['supervisor'],
		icon: 'report',
		filter: COMPLAINT,
		sort: ['-received_at'],
	},
	{
		key: 'in_hand',
		label: ['全部在办', 'All in hand'],
		hats: EVERYBODY,
		icon: 'pending_actions',
		filter: IN_HAND,
		sort: ['due_at'],
	},
	{
		key: 'all',
		label: ['全部事项', 'All cases'],
		hats: EVERYBODY,
		icon: 'list_alt',
		filter: null,
		sort: ['-received_at'],
	},
];

/**
 * The name of a list's bookmark. Directus translates it, and sorts bookmarks by it as it stands here, hence the number.
 *
 * @example bookmarkOf('late') // '$t:doorstep_list_04_late'
 */
export function bookmarkOf(key: string): string {
	return `$t:${labelKeyOf(key)}`;
}

function labelKeyOf(key: string): string {
	const place = CASE_LISTS.findIndex((list) => list.key === key) + 1;
	return `doorstep_list_${String(place).padStart(2, '0')}_${key}`;
}

/** The lists' names, which administrators may reword. */
export const LIST_LABELS: Labels = Object.fromEntries(
	CASE_LISTS.map(({ key, label }) => [labelKeyOf(key), label]),
);

/** Bookmarks of ours that are no business of somebody with these hats. */
export function foreignBookmarks(hats: ReadonlySet<string>): string[] {
	return CASE_LISTS.filter((list) => !list.hats.some((hat) => hats.has(hat))).map(({ key }) =>
		bookmarkOf(key),
	);
}
