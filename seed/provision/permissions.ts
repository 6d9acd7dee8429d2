import type { Policy } from '../../extensions/platform/hats.js';
import type { Source } from '../../extensions/cases/terms.js';
import { SENSITIVE_FIELDS } from '../../extensions/coverage/sensitive.js';
import { fixedId } from '../../extensions/platform/ids.js';
import type { Snapshot } from '../../extensions/platform/snapshot.js';
import { dashboardId, STEERING } from './dashboards.js';

type Filter = Readonly<Record<string, unknown>>;

export interface Permission {
	policy: Policy;
	collection: string;
	action: 'create' | 'read' | 'update' | 'delete';
	fields: string[];
	permissions: Filter;
	/** What has to hold of a row as it is sent. */
	validation?: Filter;
	/** What a new row's form begins with. */
	presets?: Filter;
}

const EVERYTHING: Filter = {};
const ME: Filter = { _eq: '$CURRENT_USER' };

/**
 * The same rule as seen from a row that points there. Only plain to-one paths: a condition list inside `_some` is silently dropped
 * by Directus and then allows everything.
 *
 * @example from('case_id', { cadre: { user: ME } }) // { case_id: { cadre: { user: ME } } }
 */
function from(path: string, rule: Filter): Filter {
	const [key] = Object.keys(rule);
	if (key === '_and' || key === '_or')
		return { [key]: (rule[key] as Filter[]).map((part) => from(path, part)) };
	return key === undefined ? EVERYTHING : { [path]: rule };
}

/** This official or, while that lasts, a substitute. */
function actsAs(path: string): Filter {
	const substitute = {
		_and: [{ [path]: { substitute: { user: ME } } }, { [path]: { substitute_until: { _gte: '$NOW' } } }],
	};
	return { _or: [{ [path]: { user: ME } }, substitute] };
}

/** A village and what hangs on it, as its named data clerk keeps it (S2). */
const clerksVillage: Filter = { data_clerk: { user: ME } };

const NO_COMPLAINT: Filter = { about_cadre: { _null: true } };
const ownHouseholds = actsAs('cadre');
const villageHouseholds: Filter = {
	_or: [{ hamlet: { village: { leader: { user: ME } } } }, { hamlet: { village: { deputy: { user: ME } } } }],
};
/** Whose personal circumstances a leader has to know: those of the village led, of the area. */
const ledHouseholds: Filter = {
	_or: [...(villageHouseholds['_or'] as Filter[]), { hamlet: { village: { town_leader: { user: ME } } } }],
};
const ownCases: Filter = {
	_and: [NO_COMPLAINT, { _or: [from('household', ownHouseholds), actsAs('holder')] }],
};
const villageCases: Filter = { _and: [NO_COMPLAINT, from('household', villageHouseholds)] };
/** A member of the supervision group does not see a complaint about themselves. */
const supervisedCases: Filter = {
	_or: [
		NO_COMPLAINT,
		{ about_cadre: { user: { _null: true } } },
		{ about_cadre: { user: { _neq: '$CURRENT_USER' } } },
	],
};

/** Where officials' photos lie (the field `photo` names it): whoever may look an official up sees the face, as at the office door (C4). */
export const PHOTOS_FOLDER = fixedId('folder:officials');
const PHOTOS: Filter = {
	_and: [{ folder: { _eq: PHOTOS_FOLDER } }, { doorstep_case: { _null: true } }],
};

/** Photos of officials, files of cases that this hat sees, and one's own until a step hands them over. */
function filesOf(cases: Filter): Filter {
	return {
		_or: [
			PHOTOS,
			{ _and: [{ doorstep_case: { _nnull: true } }, from('doorstep_case', cases)] },
			{ _and: [{ uploaded_by: ME }, { doorstep_case: { _null: true } }] },
		],
	};
}

/** What everybody of the township may look up: who is who, what is offered, the calendar. */
const COMMON = [
	'doorstep_villages',
	'doorstep_hamlets',
	'doorstep_services',
	'doorstep_departments',
	'doorstep_calendar',
	'doorstep_escalation_rules',
];
/** Who leads a village and who answers for a household is not the clerk's to say: nobody gives themselves a hat. */
const TEAM_OF_VILLAGE = ['leader', 'deputy', 'town_leader', 'data_clerk'];
/** What people set of their own account: their language and looks, how they log in, whether they get mail. */
const OWN_ACCOUNT = [
	...['password', 'language', 'appearance', 'theme_light', 'theme_dark', 'text_direction'],
	...['email_notifications', 'last_page'],
];
const KEPT_BY_CLERKS = ['doorstep_villages', 'doorstep_hamlets', 'doorstep_households'];
/** The sensitive fields with the group that they stand in on the form. */
const SENSITIVE_GROUP = ['sensitive', ...SENSITIVE_FIELDS];
/** What administrators erase a household's personal data with, and what it leaves behind, which nobody enters. */
const ERASE_PANEL = 'erase';
const NOT_ENTERED = [ERASE_PANEL, 'erased_at', 'erased_reason'];
const FILE_FIELDS = [
	...[
		'id',
		'title',
		'type',
		'filename_download',
		'filesize',
		'width',
		'height',
		'uploaded_on',
		'uploaded_by',
	],
	...['modified_on', 'storage', 'filename_disk', 'folder', 'duration', 'description', 'doorstep_case'],
];
const DASHBOARD_FIELDS = ['id', 'name', 'icon', 'color', 'note', 'panels', 'date_created'];
const PANEL_FIELDS = [
	...['id', 'dashboard', 'name', 'icon', 'color', 'note', 'type', 'show_header', 'options', 'date_created'],
	...['position_x', 'position_y', 'width', 'height'],
];
const UPLOAD_FIELDS = ['storage', 'filename_download', 'type', 'title', 'folder', 'description'];
const HATS_WITH_COMMON: readonly Policy[] = [
	'cadre',
	'team_leader',
	'town_leader',
	'supervisor',
	'data_clerk',
	'village_clerk',
	'printer',
];

const HATS_WITHOUT_CASES: readonly Policy[] = ['data_clerk', 'village_clerk', 'printer'];

/** Rows of `directus_permissions`: what each hat may do. The administrator's policy needs none. */
export function permissionsFor(snapshot: Snapshot): Permission[] {
	const fields = (collection: string, without: readonly string[] = []): string[] =>
		snapshot.fields
			.filter((item) => item.collection === collection)
			.map((item) => item.field ?? '')
			.filter((field) => !without.includes(field));
	const officials = fields('doorstep_cadres', ['card_token']);
	const read = (
		policy: Policy,
		collection: string,
		permissions: Filter,
		readable = fields(collection),
	): Permission => ({
		policy,
		collection,
		action: 'read',
		fields: readable,
		permissions,
	});

	/** Cases with their steps and rungs; who sees a case may send steps, and the rules say which. Those near it may correct it. */
	const handle = (
		policy: Policy,
		cases: Filter,
		source: Source,
		correctable: string[] = [],
	): Permission[] => [
		read(policy, 'doorstep_cases', cases),
		read(
			policy,
			'doorstep_case_steps',
			from('case_id', cases),
			fields('doorstep_case_steps', ['salt', 'body_hash']),
		),
		read(policy, 'doorstep_escalations', from('case_id', cases)),
		{
			...{ policy, collection: 'doorstep_cases', action: 'create', fields: ['*'], permissions: EVERYTHING },
			presets: { source },
		},
		read(policy, 'directus_files', filesOf(cases), FILE_FIELDS),
		{
			policy,
			collection: 'directus_files',
			action: 'create',
			fields: UPLOAD_FIELDS,
			permissions: EVERYTHING,
			// What lies there is seen by everybody.
			validation: { folder: { _neq: PHOTOS_FOLDER } },
		},
		{
			policy,
			collection: 'doorstep_cases',
			action: 'update',
			fields: [...correctable, 'steps'],
			permissions: cases,
		},
		{ policy, collection: 'doorstep_case_steps', action: 'create', fields: ['*'], permissions: EVERYTHING },
		{
			policy,
			collection: 'doorstep_escalations',
			action: 'update',
			fields: ['acknowledged_at', 'acknowledged_by', 'acknowledged_by_name'],
			permissions: from('case_id', cases),
		},
	];
	const lookUp = (policy: Policy): Permission[] => [
		...COMMON.map((collection) => read(policy, collection, EVERYTHING)),
		read(policy, 'doorstep_cadres', EVERYTHING, officials),
		read(policy, 'doorstep_settings', EVERYTHING),
		{ policy, collection: 'directus_users', action: 'update', fields: OWN_ACCOUNT, permissions: { id: ME } },
	];
	const plainHousehold = fields('doorstep_households', [...SENSITIVE_GROUP, ERASE_PANEL]);
	const households = (policy: Policy, rule: Filter): Permission[] => [
		read(policy, 'doorstep_households', rule, plainHousehold),
		read(policy, 'doorstep_assignments', from('household', rule)),
	];
	/** Enters and corrects rows; who answers for a household once it is entered is not the clerk's to say. */
	const keep = (policy: Policy, collection: string, permissions: Filter): Permission[] => {
		const kept = { policy, collection, permissions };
		const names = fields(collection, [...TEAM_OF_VILLAGE, ...SENSITIVE_GROUP, ...NOT_ENTERED]);
		return [
			{ ...kept, action: 'create', fields: names },
			{ ...kept, action: 'update', fields: names.filter((field) => field !== 'cadre') },
		];
	};

	/** Draws checks and notes what came of them; the rows themselves are the draw's. */
	const checks = (policy: Policy): Permission[] => [
		read(policy, 'doorstep_checks', EVERYTHING),
		read(policy, 'doorstep_check_cases', EVERYTHING),
		...['doorstep_checks', 'doorstep_check_cases'].map((collection) => ({
			...{ policy, collection, action: 'create' as const, fields: ['*'], permissions: EVERYTHING },
		})),
		{
			...{ policy, collection: 'doorstep_checks', action: 'update' },
			...{ fields: ['cases'], permissions: EVERYTHING },
		},
		{
			...{ policy, collection: 'doorstep_check_cases', action: 'update' },
			...{ fields: ['outcome', 'tried_at'], permissions: EVERYTHING },
		},
	];

	return [
		...HATS_WITH_COMMON.flatMap(lookUp),
		...HATS_WITHOUT_CASES.map((policy) => read(policy, 'directus_files', PHOTOS, FILE_FIELDS)),
		...households('cadre', ownHouseholds),
		...handle('cadre', ownCases, 'visit', ['title', 'detail']),
		{
			policy: 'cadre',
			collection: 'doorstep_households',
			action: 'update',
			fields: ['phone', 'people'],
			permissions: ownHouseholds,
		},
		{
			policy: 'cadre',
			collection: 'doorstep_cadres',
			action: 'update',
			fields: ['work_state', 'work_state_since'],
			permissions: { user: ME },
		},
		...households('team_leader', villageHouseholds),
		...handle('team_leader', villageCases, 'visit', ['title', 'detail']),
		...households('town_leader', EVERYTHING),
		...handle('town_leader', NO_COMPLAINT, 'visit'),
		...households('supervisor', EVERYTHING),
		...handle('supervisor', supervisedCases, 'hotline'),
		...checks('supervisor'),
		...households('data_clerk', EVERYTHING),
		...KEPT_BY_CLERKS.flatMap((collection) => keep('data_clerk', collection, EVERYTHING)),
		...households('village_clerk', from('hamlet', from('village', clerksVillage))),
		...keep('village_clerk', 'doorstep_hamlets', from('village', clerksVillage)),
		...keep('village_clerk', 'doorstep_households', from('hamlet', from('village', clerksVillage))),
		{
			...{ policy: 'village_clerk', collection: 'doorstep_villages', action: 'update' },
			...{ fields: ['hamlets'], permissions: clerksVillage },
		},
		...STEERING.flatMap((hat) => [
			read(hat, 'directus_dashboards', { id: { _eq: dashboardId(hat) } }, DASHBOARD_FIELDS),
			read(hat, 'directus_panels', { dashboard: { _eq: dashboardId(hat) } }, PANEL_FIELDS),
		]),
		// Without the id, which a hat opens: lists that ask for nothing sensitive do not have to keep these rules too. Two policies, for
		// whoever has a rule over villages pays for it in every count: a cadre's own households are found by an index alone.
		read('sensitive_information', 'doorstep_households', ownHouseholds, SENSITIVE_GROUP),
		read('sensitive_villages', 'doorstep_households', ledHouseholds, SENSITIVE_GROUP),
		{
			...{ policy: 'sensitive_information', collection: 'doorstep_households', action: 'update' },
			// With the group: Directus locks every field of a group that may not be changed itself.
			...{ fields: SENSITIVE_GROUP, permissions: ownHouseholds },
		},
	];
}
