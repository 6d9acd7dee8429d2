/** Rows moved to where they give somebody more, and people raised: nothing of it is anybody's but an administrator's. */
import { randomUUID } from 'node:crypto';
import { policyId } from '../../extensions/platform/hats.js';
import { creations, updates, type Attempt } from './attempts.js';
import { creationOf } from './changes.js';
import { may } from './expectation.js';
import type { Asker } from './people.js';
import type { Matrix, Row } from './rows.js';

/** A kind of move, tried with rows near and far. */
export interface Move {
	what: string;
	attempts: Attempt[];
}

const ADMINISTRATOR = policyId('administrator');

/** Everything that this person could try to get hold of, or to put off on somebody else. */
export function movesOf(matrix: Matrix, me: Asker): Move[] {
	return [
		...repointings(matrix, me),
		...foreignNews(matrix, me),
		...nestings(matrix, me),
		...raises(matrix, me),
	];
}

/** A row of the collection that they see, or where they see none any row; and one that they do not see. */
function nearAndFar({ rows }: Matrix, me: Asker, collection: string): { near: Row; far: Row } {
	const all = rows.filter((row) => row.collection === collection && row.facts.about === undefined);
	const far = all.find((row) => !may(me, 'read', row)) ?? all.at(-1)!;
	return { near: all.find((row) => may(me, 'read', row)) ?? all[0]!, far };
}

/** Relations of a row that make it somebody's, by every way of changing it. */
function repointings(matrix: Matrix, me: Asker): Move[] {
	const { people, villages } = matrix;
	const of = (collection: string) => nearAndFar(matrix, me, collection);
	const [households, cases] = [of('doorstep_households'), of('doorstep_cases')];
	const other = people.stranger;
	const moves: [collection: string, field: string, value: unknown][] = [
		['doorstep_cases', 'household', households.far.id],
		['doorstep_cases', 'cadre', me.cadre],
		['doorstep_cases', 'holder', me.cadre],
		['doorstep_cases', 'about_cadre', other.cadre],
		['doorstep_case_steps', 'case_id', cases.far.id],
		['doorstep_case_steps', 'actor', other.cadre],
		['doorstep_escalations', 'case_id', cases.far.id],
		['doorstep_escalations', 'recipients', [me.user]],
		['doorstep_checks', 'drawn_by', other.user],
		['doorstep_check_cases', 'case_id', cases.far.id],
		['doorstep_households', 'cadre', me.cadre],
		['doorstep_assignments', 'cadre', me.cadre],
		['doorstep_assignments', 'household', households.far.id],
		['doorstep_cadres', 'user', me.user],
		['doorstep_cadres', 'village', villages.far.id],
		['doorstep_cadres', 'substitute', me.cadre],
		['doorstep_villages', 'leader', me.cadre],
		['doorstep_villages', 'deputy', me.cadre],
		['doorstep_villages', 'town_leader', me.cadre],
		['doorstep_villages', 'data_clerk', me.cadre],
		['doorstep_services', 'in_charge', me.cadre],
		['directus_files', 'doorstep_case', cases.near.id],
		['directus_files', 'uploaded_by', me.user],
		['directus_comments', 'item', cases.far.id],
		['directus_comments', 'user_created', other.user],
		['directus_notifications', 'recipient', other.user],
		['directus_presets', 'user', other.user],
		['directus_shares', 'role', matrix.rows.find((row) => row.collection === 'directus_roles')!.id],
	];
	if (!me.positions.includes('data clerk'))
		moves.push(
			['doorstep_households', 'hamlet', villages.far.hamlet],
			['doorstep_hamlets', 'village', villages.far.id],
		);
	return moves.map(([collection, field, value]) => {
		const { near, far } = of(collection);
		const attempts = [
			...updates(collection, near.id, { [field]: value }),
			...updates(collection, far.id, { [field]: value }).slice(0, 1),
		];
		return { what: `${collection}.${field}`, attempts };
	});
}

/** New rows that would hang on what this person does not see. */
function foreignNews(matrix: Matrix, me: Asker): Move[] {
	const of = (collection: string) => nearAndFar(matrix, me, collection).far.id;
	const hangs: [collection: string, sent: object][] = [
		['doorstep_cases', { household: of('doorstep_households') }],
		['doorstep_case_steps', { case_id: of('doorstep_cases') }],
		[
			'doorstep_case_steps',
			{ case_id: nearAndFar(matrix, me, 'doorstep_cases').near.id, files: [of('directus_files')] },
		],
		['directus_comments', { collection: 'doorstep_cases', item: of('doorstep_cases') }],
		['directus_presets', { user: matrix.people.stranger.user }],
		['directus_notifications', { recipient: matrix.people.stranger.user }],
		['directus_shares', { collection: 'doorstep_cases', item: of('doorstep_cases') }],
	];
	if (me.name === 'villageClerk')
		hangs.push(
			['doorstep_households', { hamlet: matrix.villages.far.hamlet }],
			['doorstep_households', { cadre: matrix.people.stranger.cadre, hamlet: matrix.villages.far.hamlet }],
			['doorstep_hamlets', { village: matrix.villages.far.id }],
		);
	const seesAll = (collection: string) =>
		matrix.rows
			.filter((row) => row.collection === collection && row.facts.about === undefined)
			.every((row) => may(me, 'read', row));
	return hangs
		.filter(
			([collection, sent]) =>
				!(
					('household' in sent && seesAll('doorstep_households')) ||
					(('case_id' in sent || 'item' in sent) &&
						!('files' in sent) &&
						collection !== 'directus_shares' &&
						seesAll('doorstep_cases'))
				),
		)
		.map(([collection, sent]) => ({
			what: `a new row of ${collection} with ${Object.keys(sent).join(', ')}`,
			attempts: creations(collection, { ...creationOf(matrix, collection), ...sent }).filter(
				({ way }) => way !== 'GraphQL',
			),
		}));
}

/** The same through a row that stands beside. */
function nestings(matrix: Matrix, me: Asker): Move[] {
	const of = (collection: string) => nearAndFar(matrix, me, collection);
	const [cases, households, steps, hamlets] = [
		of('doorstep_cases'),
		of('doorstep_households'),
		of('doorstep_case_steps'),
		of('doorstep_hamlets'),
	];
	const through: [collection: string, id: string, sent: Record<string, unknown>][] = [
		['doorstep_cases', cases.near.id, { household: { id: households.far.id, phone: '1' } }],
		['doorstep_cases', cases.near.id, { steps: [{ id: steps.far.id }] }],
		[
			'doorstep_cases',
			cases.near.id,
			{ steps: { create: [], update: [{ id: steps.far.id, case_id: cases.near.id }], delete: [] } },
		],
		['doorstep_cases', cases.near.id, { steps: { create: [], update: [], delete: [steps.near.id] } }],
		['doorstep_cases', cases.near.id, { escalations: [] }],
		[
			'doorstep_cases',
			cases.near.id,
			{ cadre: { id: me.cadre, user: { id: me.user, policies: [{ policy: ADMINISTRATOR }] } } },
		],
		['doorstep_households', households.near.id, { cadre: { id: me.cadre, village: matrix.villages.far.id } }],
		[
			'doorstep_households',
			households.near.id,
			{ hamlet: { id: hamlets.near.id, village: { id: matrix.villages.home.id, leader: me.cadre } } },
		],
		[
			'doorstep_villages',
			matrix.villages.home.id,
			{
				hamlets: {
					create: [],
					update: [{ id: matrix.villages.far.hamlet, village: matrix.villages.home.id, name: '改' }],
					delete: [],
				},
			},
		],
		['doorstep_villages', matrix.villages.home.id, { leader: { id: me.cadre, user: me.user } }],
		[
			'doorstep_cadres',
			me.cadre,
			{ user: { id: me.user, role: null, status: 'active', policies: [{ policy: ADMINISTRATOR }] } },
		],
		['doorstep_cadres', me.cadre, { village: { id: matrix.villages.far.id, leader: me.cadre } }],
	];
	// The town's clerk keeps all villages and hamlets, so this is theirs.
	const kept = me.positions.includes('data clerk');
	return through
		.filter(([, , sent]) => !(kept && 'hamlets' in sent))
		.map(([collection, id, sent]) => ({
			what: `${collection} with ${Object.keys(sent).join()} nested`,
			attempts: updates(collection, id, sent).slice(0, 1),
		}));
}

/** Rights of one's own, by every door that leads to them. */
function raises({ people, rows }: Matrix, me: Asker): Move[] {
	const role = rows.find(({ collection }) => collection === 'directus_roles')!.id;
	const own: Record<string, unknown> = {
		...{
			role,
			policies: [{ policy: ADMINISTRATOR }],
			status: 'active',
			email: `${randomUUID()}@doorstep.example.com`,
		},
		...{
			token: randomUUID(),
			provider: 'saml',
			external_identifier: 'x',
			auth_data: {},
		},
	};
	const accounts = Object.entries(own).map(([field, value]): Move => ({
		what: `one’s own ${field}`,
		attempts: [
			{ way: 'change', method: 'PATCH', path: '/users/me', body: { [field]: value } },
			{ way: 'change', method: 'PATCH', path: `/users/${me.user}`, body: { [field]: value } },
			{ way: 'change', method: 'PATCH', path: '/users', body: { keys: [me.user], data: { [field]: value } } },
			{ way: 'change', method: 'PATCH', path: `/users/${people.stranger.user}`, body: { [field]: value } },
		],
	}));
	const post = (path: string, body: unknown): Move => ({
		what: `POST ${path}`,
		attempts: [{ way: 'create', method: 'POST', path, body }],
	});
	const patch = (path: string, body: unknown): Move => ({
		what: `PATCH ${path}`,
		attempts: [{ way: 'change', method: 'PATCH', path, body }],
	});
	const theCase = {
		collection: 'doorstep_cases',
		item: rows.find(({ collection }) => collection === 'doorstep_cases')!.id,
	};
	return [
		...accounts,
		post('/access', { policy: ADMINISTRATOR, user: me.user }),
		post('/permissions', {
			policy: policyId('cadre'),
			collection: 'directus_users',
			action: 'update',
			fields: ['*'],
		}),
		post('/policies', { name: '自制', admin_access: true, users: [{ user: me.user }] }),
		post('/roles', { name: '自制', users: [me.user] }),
		post('/users', { email: `${randomUUID()}@doorstep.example.com`, policies: [{ policy: ADMINISTRATOR }] }),
		post('/shares', { ...theCase, role }),
		post('/flows', { name: '自制', trigger: 'webhook', status: 'active' }),
		patch(`/policies/${policyId('cadre')}`, { admin_access: true }),
		patch(`/roles/${role}`, { name: '改' }),
		patch('/settings', { public_registration: true }),
		post('/collections', { collection: `own_${randomUUID().slice(0, 8)}`, schema: {}, meta: {} }),
		post('/fields/doorstep_cases', { field: `own_${randomUUID().slice(0, 8)}`, type: 'string', schema: {} }),
	];
}
