/** A Directus that somebody uses for other things: what they made there, and all of it as plain JSON. */
import { randomUUID } from 'node:crypto';
import type { Client } from './request.js';

/** What a platform can hold of one's own, and by what it is read. */
const PATHS = {
	collections: '/collections',
	fields: '/fields',
	relations: '/relations',
	rows: '/items/estate_farms?limit=-1&fields=*',
	owners: '/items/estate_owners?limit=-1&fields=*',
	roles: '/roles?limit=-1&fields=*',
	policies: '/policies?limit=-1&fields=*',
	permissions: '/permissions?limit=-1&fields=*',
	flows: '/flows?limit=-1&fields=*',
	operations: '/operations?limit=-1&fields=*',
	dashboards: '/dashboards?limit=-1&fields=*',
	panels: '/panels?limit=-1&fields=*',
	translations: '/translations?limit=-1&fields=*',
	presets: '/presets?limit=-1&fields=*',
	folders: '/folders?limit=-1&fields=*',
	settings: '/settings?fields=*',
	users: '/users?limit=-1&fields=id,email,role,policies,status,language,theme_light,staff_no',
} as const;

type Kind = keyof typeof PATHS;
/** Every thing of a kind, as text, in the order of the texts. */
export type Estate = Record<Kind, string[]>;

/** Everything on the platform that is readable by the API. */
export async function readEstate(admin: Client): Promise<Estate> {
	const estate: Partial<Estate> = {};
	for (const [kind, path] of Object.entries(PATHS)) {
		const answer = await admin.ok('GET', path);
		const found = Array.isArray(answer) ? answer : [answer];
		estate[kind as Kind] = found.map((each) => JSON.stringify(each)).sort();
	}
	return estate as Estate;
}

/** Things of `before` that are not in `after` any more, or not as they were. */
export function lostFrom(before: Estate, after: Estate): string[] {
	return kinds().flatMap((kind) => before[kind].filter((each) => !after[kind].includes(each)));
}

/** Things of `after` that came new; those of ours begin with our prefix. */
export function addedTo(before: Estate, after: Estate): Record<Kind, string[]> {
	const added = kinds().map((kind) => [kind, after[kind].filter((each) => !before[kind].includes(each))]);
	return Object.fromEntries(added) as Record<Kind, string[]>;
}

function kinds(): Kind[] {
	return Object.keys(PATHS) as Kind[];
}

/** Somebody's own collections with rows, roles, policies, flows, dashboards and settings. */
export async function buildEstate(admin: Client): Promise<{ policy: string }> {
	await admin.ok('POST', '/collections', {
		collection: 'estate_owners',
		meta: { icon: 'person', note: '业主', translations: [{ language: 'zh-CN', translation: '业主' }] },
		schema: {},
		fields: [
			id(),
			{ field: 'name', type: 'string', meta: { interface: 'input', required: true }, schema: {} },
		],
	});
	await admin.ok('POST', '/collections', {
		collection: 'estate_farms',
		meta: { sort_field: 'sort', archive_field: 'status' },
		schema: {},
		fields: [
			id(),
			{ field: 'title', type: 'string', schema: { is_unique: true, max_length: 80 } },
			{ field: 'status', type: 'string', schema: { default_value: 'draft' } },
			{ field: 'sort', type: 'integer', schema: { is_indexed: true } },
			{ field: 'owner', type: 'uuid', schema: {}, meta: { special: ['m2o'] } },
		],
	});
	await admin.ok('POST', '/relations', {
		...{ collection: 'estate_farms', field: 'owner', related_collection: 'estate_owners' },
		...{ meta: { one_field: 'farms', sort_field: 'sort' }, schema: { on_delete: 'SET NULL' } },
	});
	await admin.ok('POST', '/fields/estate_owners', {
		field: 'farms',
		type: 'alias',
		meta: { special: ['o2m'] },
	});
	await admin.ok('POST', '/fields/directus_users', {
		field: 'staff_no',
		type: 'string',
		schema: {},
		meta: {},
	});
	const owner = await made(admin, '/items/estate_owners', { id: randomUUID(), name: '某某' });
	await made(admin, '/items/estate_farms', { id: randomUUID(), title: '一号地', owner, sort: 3 });
	await made(admin, '/items/estate_farms', { id: randomUUID(), title: '二号地', owner: null, sort: 1 });
	// Seen by a schema snapshot: a field that was changed after it was made.
	await admin.ok('PATCH', '/fields/estate_farms/title', {
		meta: { note: '地块' },
		schema: { max_length: 120 },
	});

	const role = await made(admin, '/roles', { name: '看守', icon: 'badge' });
	const policy = await made(admin, '/policies', { name: '看地', app_access: true, roles: [{ role }] });
	const permissions = { owner: { name: { _eq: '某某' } } };
	const read = {
		policy,
		collection: 'estate_farms',
		action: 'read',
		fields: ['title', 'owner'],
		permissions,
	};
	await made(admin, '/permissions', read);
	await made(admin, '/users', { email: 'guard@estate.example.com', role, language: 'de-DE', staff_no: '7' });
	const flow = await made(admin, '/flows', {
		name: '巡查',
		trigger: 'schedule',
		status: 'inactive',
		options: {},
	});
	const place = { position_x: 19, position_y: 1 };
	await made(admin, '/operations', {
		flow,
		key: 'log',
		type: 'log',
		name: '记',
		options: { message: 'x' },
		...place,
	});
	const dashboard = await made(admin, '/dashboards', { name: '地块总览' });
	const size = { position_x: 1, position_y: 1, width: 10, height: 5 };
	await made(admin, '/panels', {
		dashboard,
		type: 'label',
		show_header: true,
		options: { text: '地' },
		...size,
	});
	await made(admin, '/translations', { key: 'estate_hint', language: 'zh-CN', value: '提示' });
	await made(admin, '/presets', { collection: 'estate_farms', layout: 'tabular', bookmark: '我的地' });
	await made(admin, '/folders', { name: '地图' });
	await admin.ok('PATCH', '/settings', {
		project_name: '庄园',
		default_language: 'zh-CN',
		project_color: '#112233',
	});
	return { policy };
}

function id(): object {
	return { field: 'id', type: 'uuid', schema: { is_primary_key: true } };
}

async function made(admin: Client, path: string, sent: object): Promise<string> {
	return (await admin.ok<{ id: string }>('POST', path, sent)).id;
}
