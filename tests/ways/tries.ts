/** Every way around the steps, as requests. The same way with something allowed, beside it, shows that the request is a good one. */
import { randomUUID } from 'node:crypto';
import { creations, deletions, updates, type Attempt } from '../access/attempts.js';
import type { Call } from '../harness/custom-code.js';
import type { FlowKind } from './flows.js';

type Sent = Record<string, unknown>;

/** What is aimed at. */
export interface Targets {
	/** Open, with a note, an attachment and a rung. */
	theCase: string;
	note: string;
	rung: string;
	file: string;
	household: string;
	cadre: string;
	stranger: string;
	/** The stranger's account. */
	user: string;
	village: string;
	otherVillage: string;
	/** What nobody refers to, and everybody may delete who may delete at all. */
	department: string;
	/** Whole rows as they stand, by collection, for those who write their copies. */
	rows: Record<string, Sent>;
	/** Of the case, with an older title; of the village. */
	revisions: { case: number; village: number };
	/** Of the case, with other states, and with another title; each with the hash of what it is promoted onto. */
	versions: { state: Version; title: Version };
	/** Flows by what they do and how. */
	flows: Record<FlowKind, string>;
}
export interface Version {
	id: string;
	mainHash: string;
}

/** A row of the table, with its requests. */
export interface Try {
	on: string;
	way: string;
	attempts: Attempt[];
}

const CASES = 'doorstep_cases';
const STEPS = 'doorstep_case_steps';
const RUNGS = 'doorstep_escalations';
const LONG_AGO = '2020-01-01T00:00:00Z';
const FAR_AHEAD = '2099-01-01T00:00:00Z';

/** What must not be changed, and into what it is tried. */
export function aims({ theCase, note, rung, stranger, user, rows }: Aimed): Aim[] {
	return [
		{
			...{ on: 'case', collection: CASES, id: theCase },
			sent: { status: 'closed', due_at: FAR_AHEAD, holder: stranger, received_at: LONG_AGO },
			copy: { ...rows[CASES], id: randomUUID(), number: '2020-000001', client_id: null },
		},
		{
			...{ on: 'step', collection: STEPS, id: note },
			sent: { note: '改', hash: '0'.repeat(64) },
			copy: { ...rows[STEPS], id: randomUUID(), client_id: null, files: null },
		},
		{
			...{ on: 'rung', collection: RUNGS, id: rung },
			sent: { recipients: ['x'], due_at: FAR_AHEAD, acknowledged_by: user },
			copy: { ...rows[RUNGS], id: randomUUID(), rung: 9 },
		},
	];
}
export interface Aim {
	on: string;
	collection: string;
	id: string;
	/** Field by field; each is tried alone. */
	sent: Sent;
	/** A further row that would stand beside. */
	copy: Sent;
}
/** As much of the targets as it takes to aim. */
export type Aimed = Pick<Targets, 'theCase' | 'note' | 'rung' | 'stranger' | 'user' | 'rows'>;

export function triesOf(targets: Targets): Try[] {
	return [
		...aims(targets).flatMap((aim) => changing(aim)),
		...adding(targets),
		...nesting(targets),
		...otherRoutes(targets),
		...aims(targets).flatMap((aim) => [...byFlows(aim, targets), ...byCode(aim)]),
	];
}

/** Changes field by field, then deletions, by every way of Directus's own. */
function changing({ on, collection, id, sent }: Aim): Try[] {
	const changes = Object.entries(sent).flatMap(([field, value]) =>
		updates(collection, id, { [field]: value }),
	);
	return [
		...byWay(on, changes),
		...byWay(`${on}, deleted`, deletions(collection, id)),
		{ on, way: 'change in a list, without its id', attempts: [patch(`/items/${collection}`, [sent])] },
	];
}

/** New rows that bring their own state along; a rung is never sent. */
function adding({ theCase, household, rung, stranger }: Targets): Try[] {
	const aCase = { household, ledger: 'proxy', title: '绕行' };
	const aStep = { case_id: theCase, kind: 'note', note: '绕行' };
	const times = { due_at: FAR_AHEAD, raised_at: LONG_AGO };
	const aRung = { case_id: theCase, cycle: 1, rung: 9, name: '督办', ...times, recipients: [] };
	const withEach = (row: Sent, state: Sent) =>
		Object.entries(state).map(([field, value]): Sent => ({ ...row, [field]: value }));
	const made = (collection: string, rows: Sent[]) => rows.flatMap((row) => creations(collection, row));
	const state = { status: 'closed', due_at: FAR_AHEAD, holder: stranger, received_at: LONG_AGO };
	return [
		...byWay('new case with its state', made(CASES, withEach(aCase, { id: theCase, ...state }))),
		...byWay('new step with seq, hash', made(STEPS, withEach(aStep, { seq: 1, hash: 'x' }))),
		...byWay('new rung', made(RUNGS, [aRung, { ...aRung, id: rung }])),
	];
}

/** Through a row that stands beside. */
function nesting({ theCase, note, rung, file, household, cadre, stranger }: Targets): Try[] {
	const other = { id: theCase, status: 'closed' };
	const nested = (on: string, attempts: Attempt[]): Try => ({ on, way: 'nested', attempts });
	const step = { case_id: other, kind: 'note', note: '绕行' };
	const lists = [[other], [], { create: [], update: [other], delete: [] }];
	return [
		nested('file → case', [patch(`/files/${file}`, { doorstep_case: other })]),
		nested('rung → case', [patch(`/items/${RUNGS}/${rung}`, { case_id: other })]),
		nested('step → case', [{ way: 'nested', method: 'POST', path: `/items/${STEPS}`, body: step }]),
		nested('case → household', [patch(`/items/${CASES}/${theCase}`, { household: { id: household } })]),
		nested('case → holder', [patch(`/items/${CASES}/${theCase}`, { holder: { id: stranger } })]),
		nested(
			'case → steps',
			[[note], [{ id: note, note: '改' }], { update: [{ id: note, note: '改' }] }, { delete: [note] }].map(
				(steps) => patch(`/items/${CASES}/${theCase}`, { steps }),
			),
		),
		nested(
			'case → rungs',
			[[], { delete: [rung] }].map((rungs) => patch(`/items/${CASES}/${theCase}`, { escalations: rungs })),
		),
		nested('household → cadre', [
			patch(`/items/doorstep_households/${household}`, { cadre: { id: stranger } }),
		]),
		nested(
			'household → cases (an administrator’s list)',
			lists.map((cases) => patch(`/items/doorstep_households/${household}`, { own_cases: cases })),
		),
		nested(
			'cadre → cases (an administrator’s list)',
			lists.map((cases) => patch(`/items/doorstep_cadres/${cadre}`, { own_cases: cases })),
		),
	];
}

function otherRoutes({ theCase, revisions, versions }: Targets): Try[] {
	const post = (on: string, way: string, path: string, body: object = {}): Try => ({
		...{ on, way },
		attempts: [{ way, method: 'POST', path, body }],
	});
	const { id, mainHash } = versions.state;
	return [
		post('case', 'revert', `/utils/revert/${String(revisions.case)}`),
		post('case', 'promote', `/versions/${id}/promote`, { mainHash }),
		post('case', 'sort', `/utils/sort/${CASES}`, { item: theCase, to: theCase }),
	];
}

/** An administrator's Flows, started by whoever knows their address. */
export function byFlows({ on, collection }: Pick<Aim, 'on' | 'collection'>, { flows }: Targets): Try[] {
	const ours = Object.entries(flows).filter(([kind]) => kind.startsWith(`${collection} `));
	return ours.map(([kind, id]) => {
		const way = `Flow: ${kind.slice(collection.length + 1)}`;
		return {
			on,
			way,
			attempts: [{ way, method: 'POST', path: `/flows/trigger/${id}`, body: { name: randomUUID() } }],
		};
	});
}

/** Another extension's code, with the rights of who asks and with nobody's, with events and without, and by statement. */
export function byCode({ on, collection, id, sent }: Omit<Aim, 'copy'>): Try[] {
	const service = (as: 'caller' | 'nobody', emitEvents: boolean): Try => {
		const way = `code: as ${as}, ${emitEvents ? 'with' : 'without'} events`;
		const calls = [
			...Object.entries(sent).map(([field, value]): [string, unknown[]] => [
				'updateMany',
				[[id], { [field]: value }, { emitEvents }],
			]),
			...(as === 'nobody' ? [] : [['deleteMany', [[id], { emitEvents }]] as [string, unknown[]]]),
		];
		const attempts = calls.map(([method, args]) =>
			coded(way, { service: 'ItemsService', of: collection, method, args, as }),
		);
		return { on, way, attempts };
	};
	const deletion = (emitEvents: boolean): Try => {
		const way = `code: deletes as nobody, ${emitEvents ? 'with' : 'without'} events`;
		const args = [[id], { emitEvents }];
		const call: Call = { service: 'ItemsService', of: collection, method: 'deleteMany', args, as: 'nobody' };
		return { on, way, attempts: [coded(way, call)] };
	};
	const [field = 'id'] = Object.keys(sent);
	const statements: Call[] = [
		{ sql: `update ${collection} set ${field} = ? where id = ?`, bindings: [inColumn(sent[field]), id] },
		{ sql: `delete from ${collection} where id = ?`, bindings: [id] },
	];
	return [
		...[service('caller', true), service('caller', false), service('nobody', true), service('nobody', false)],
		...[deletion(true), deletion(false)],
		{ on, way: 'code: statement', attempts: statements.map((call) => coded('code: statement', call)) },
	];
}

/** A list as a statement writes it. */
function inColumn(value: unknown): unknown {
	return typeof value === 'object' && value !== null ? JSON.stringify(value) : value;
}

function coded(way: string, call: Call): Attempt {
	return { way, method: 'POST', path: '/estate-code', body: call };
}

export function patch(path: string, body: unknown): Attempt {
	return { way: 'nested', method: 'PATCH', path, body };
}

/** One row a way, in the order in which the ways come. */
export function byWay(on: string, attempts: readonly Attempt[]): Try[] {
	const ways = [...new Set(attempts.map(({ way }) => way))];
	return ways.map((way) => ({ on, way, attempts: attempts.filter((attempt) => attempt.way === way) }));
}
