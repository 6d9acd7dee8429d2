import type { Policy } from '../../extensions/platform/hats.js';
import type { Source } from '../../extensions/cases/terms.js';
import type { Snapshot } from '../../extensions/platform/snapshot.js';

type Filter = Readonly<Record<string, unknown>>;

export interface Permission {
	policy: Policy;
	collection: string;
	action: 'create' | 'read' | 'update' | 'delete';
	fields: string[];
	permissions: Filter;
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

const NO_COMPLAINT: Filter = { about_cadre: { _null: true } };
const ownHouseholds = actsAs('cadre');
const villageHouseholds: Filter = {
	_or: [{ hamlet: { village: { leader: { user: ME } } } }, { hamlet: { village: { deputy: { user: ME } } } }],
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

/** Files of cases that this hat sees, and one's own until a step hands them over. */
function filesOf(cases: Filter): Filter {
	return {
		_or: [
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
const TEAM_OF_VILLAGE = ['leader', 'deputy', 'town_leader'];
/** Personal circumstances, for those who help the household. */
const SENSITIVE = ['special_groups', 'relief_reason', 'relief_measures'];
/** What people set of their own account: their language and looks, how they log in, whether they get mail. */
const OWN_ACCOUNT = [
	...['password', 'language', 'appearance', 'theme_light', 'theme_dark', 'text_direction'],
	...['email_notifications', 'last_page'],
];
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
const UPLOAD_FIELDS = ['storage', 'filename_download', 'type', 'title', 'folder', 'description'];
const HATS_WITH_COMMON: readonly Policy[] = [
	'cadre',
	'team_leader',
	'town_leader',
	'supervisor',
	'data_clerk',
	'printer',
];

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
	const households = (policy: Policy, rule: Filter, without: readonly string[] = []): Permission[] => [
		read(policy, 'doorstep_households', rule, fields('doorstep_households', without)),
		read(policy, 'doorstep_assignments', from('household', rule)),
	];

	return [
		...HATS_WITH_COMMON.flatMap(lookUp),
		...households('cadre', ownHouseholds),
		...handle('cadre', ownCases, 'visit', ['title', 'detail']),
		{
			policy: 'cadre',
			collection: 'doorstep_households',
			action: 'update',
			fields: ['phone', 'people', ...SENSITIVE],
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
		...households('supervisor', EVERYTHING, SENSITIVE),
		...handle('supervisor', supervisedCases, 'hotline'),
		...households('data_clerk', EVERYTHING),
		...['doorstep_villages', 'doorstep_hamlets', 'doorstep_households'].flatMap(
			(collection): Permission[] => {
				const kept = { policy: 'data_clerk' as const, collection, permissions: EVERYTHING };
				const names = fields(collection, TEAM_OF_VILLAGE);
				return [
					{ ...kept, action: 'create', fields: names },
					{ ...kept, action: 'update', fields: names.filter((field) => field !== 'cadre') },
				];
			},
		),
	];
}
