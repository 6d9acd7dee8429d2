/** Rows at every distance from everybody, with a token in each field that a person could write something into. */
import { randomUUID } from 'node:crypto';
import { localDateOf } from '../../extensions/platform/local-time.js';
import { PHOTOS_FOLDER } from '../../seed/provision/permissions.js';
import { tamper } from '../harness/tamper.js';
import type { Township } from '../harness/township.js';
import { create } from '../harness/world.js';
import { makeDirectusRows } from './directus-rows.js';
import { makePeople, type Asker, type Name } from './people.js';
import { makeVillages, type Place, type Village } from './places.js';
import { phoneToken, token } from './tokens.js';
import type { Facts } from './words.js';

/** A row that somebody may see or must not: what stands in it, a token a field, and what it is to people. */
export interface Row {
	collection: string;
	id: string;
	tokens: Record<string, string>;
	facts: Facts;
	/** Its id is no secret where this row may be seen, which points to it. */
	namedBy?: Row[];
}

/** Everybody and everything that the matrix is about. */
export interface Matrix {
	township: Township;
	people: Record<Asker['name'], Asker>;
	villages: Record<Place, Village>;
	rows: Row[];
}

/** One row of each collection and distance. */
export function onePerKind(rows: readonly Row[]): Row[] {
	const kind = ({ collection, facts: { told: _told, owner, uploader, ...facts } }: Row) =>
		JSON.stringify([
			collection,
			facts,
			owner === undefined || SINGLED.includes(owner),
			uploader === undefined || SINGLED.includes(uploader),
		]);
	return [...new Map(rows.map((each) => [kind(each), each])).values()];
}

/** No field, and fields that hold a list or an object: PostgreSQL neither groups nor sorts by those, whoever asks. */
export const NOT_SORTED = ['content', 'special_groups', 'delta'];

/** Texts that hold tokens, with their collection. */
export function writtenFields(rows: readonly Row[]): [collection: string, field: string][] {
	const named = rows.flatMap(({ collection, tokens }) =>
		Object.keys(tokens).map((field) => `${collection} ${field}`),
	);
	return [...new Set(named)]
		.map((name) => name.split(' ') as [string, string])
		.filter(([, field]) => !NOT_SORTED.includes(field));
}

/** Of whose own rows some are asked for one by one. */
const SINGLED: readonly string[] = ['cadre', 'supervisor', 'nobody'];

/** Who answers for a household, and where it lies. */
const HOUSEHOLDS: readonly [Name, Place][] = [
	...(['cadre', 'trusted', 'replaced', 'returned', 'colleague', 'accused'] as const).map(
		(name): [Name, Place] => [name, 'home'],
	),
	['neighbour', 'near'],
	['supervisingCadre', 'near'],
	['neighbour', 'leaderless'],
	['stranger', 'far'],
];
const LONG_AGO = new Date(Date.now() - 4 * 86_400_000).toISOString();

export async function buildMatrix(township: Township): Promise<Matrix> {
	const { admin } = township;
	const people = await makePeople(township);
	const villages = await makeVillages(admin, people);
	const households = await Promise.all(
		HOUSEHOLDS.map(([answers, place]) => makeHousehold(township, people, villages, { answers, place })),
	);
	const of = (name: Name) => households.find(({ facts }) => facts.answers === name)!;
	const [service, inCharge] = await makeService(township, people);
	const department = await makeDepartment(township);

	const cases: Row[][] = [];
	for (const household of households)
		cases.push(await makeCase(township, people[household.facts.answers!], household));
	const passed = await makeCase(township, people.colleague, of('colleague'), { facts: { holder: 'holder' } });
	await people.colleague.client.ok('POST', '/items/doorstep_case_steps', {
		...{ case_id: passed[0]!.id, kind: 'pass', holder: people.holder.cadre },
	});
	const served = await makeCase(township, people.stranger, of('stranger'), {
		sent: { service: service.id },
		facts: { inCharge },
	});
	for (const step of [
		{ kind: 'convert', ledger: 'reported' },
		{ kind: 'report', level: 'department', department: department.id },
	])
		await admin.ok('POST', '/items/doorstep_case_steps', { case_id: served[0]!.id, ...step });
	cases.push(passed, served);
	for (const [about, household] of [
		['accused', of('accused')],
		['accusedSupervisor', of('cadre')],
		['supervisingCadre', of('supervisingCadre')],
	] as const) {
		const more = { sent: { about_cadre: people[about].cadre }, facts: { about } };
		cases.push(await makeCase(township, people.supervisor, household, more));
	}
	// Whoever holds a case is told whom it is about.
	of('colleague').facts.holder = 'holder';
	await admin.ok('POST', '/doorstep/sweep');
	const rungs = await rungsOf(township, cases.flat().filter(isCase));
	await standOn(township, people, { rungs, service });
	const checks = await makeCheck(township, people.supervisor, of('stranger'));
	await standOnCheck(township, checks[0]!, villages, cases.flat().filter(isCase));
	const rows = [...households, ...cases.flat(), ...rungs, ...checks, service, department];
	for (const row of households)
		row.namedBy = cases.flat().filter((each) => isCase(each) && each.namedBy?.[0] === row);
	for (const row of cases.flat().filter(isCase)) delete row.namedBy;
	rows.push(...(await assignmentsOf(township, households)), ...(await cadresOf(township, people, villages)));
	rows.push(...placesOf(villages), ...(await townsRows(township)));
	const photo = await upload(admin, PHOTOS_FOLDER);
	await township.sql('update directus_files set modified_by = ? where id = ?', [
		people.stranger.user,
		photo.id,
	]);
	rows.push(row('directus_files', photo.id, photo.tokens, { photo: true }));
	rows.push(...(await makeDirectusRows(township, people, cases.flat().filter(isCase))));
	return { township, people, villages, rows };
}

const isCase = ({ collection }: Row): boolean => collection === 'doorstep_cases';

export function row(collection: string, id: string | number, tokens: Row['tokens'], facts: Facts): Row {
	return { collection, id: String(id), tokens, facts };
}

async function makeHousehold(
	township: Township,
	people: Matrix['people'],
	villages: Matrix['villages'],
	facts: { answers: Name; place: Place },
): Promise<Row> {
	const tokens = {
		...{ code: token(), head_name: token(), phone: phoneToken() },
		...{ special_groups: token(), relief_reason: token(), relief_measures: token() },
	};
	const id = await create(township.admin, 'doorstep_households', {
		...{ ...tokens, special_groups: [], people: 3 },
		...{ hamlet: villages[facts.place].hamlet, cadre: people[facts.answers].cadre },
	});
	// A word that is on no list of groups is not taken over the API.
	await township.sql('update doorstep_households set special_groups = ? where id = ?', [
		JSON.stringify([tokens.special_groups]),
		id,
	]);
	return row('doorstep_households', id, tokens, facts);
}

async function makeService({ admin }: Township, people: Matrix['people']): Promise<[Row, 'inCharge']> {
	const tokens = { code: token(), name: token(), papers: token() };
	const sent = { ...tokens, category: '救助', ledger: 'proxy', in_charge: people.inCharge.cadre };
	return [row('doorstep_services', await create(admin, 'doorstep_services', sent), tokens, {}), 'inCharge'];
}

async function makeDepartment({ admin }: Township): Promise<Row> {
	const tokens = { name: token() };
	return row('doorstep_departments', await create(admin, 'doorstep_departments', tokens), tokens, {});
}

/** A check that draws a case of its own, which nothing else of the matrix is about. */
async function makeCheck({ admin }: Township, supervisor: Asker, household: Row): Promise<Row[]> {
	await admin.ok('POST', '/items/doorstep_cases', {
		...{ household: household.id, ledger: 'proxy', title: '已反馈的事项' },
		steps: [
			{ kind: 'resolve', note: '已办' },
			{ kind: 'tell', solved: 'yes', satisfaction: 'satisfied', channel: 'visit' },
		],
	});
	const check = await supervisor.client.ok<{ id: string; seed: string; cases: string[] }>(
		'POST',
		'/items/doorstep_checks',
		toldToday(1),
	);
	return [
		row('doorstep_checks', check.id, { seed: check.seed }, {}),
		...check.cases.map((id) => row('doorstep_check_cases', id, {}, {})),
	];
}

/**
 * As no honest check does, copies of it lead to every village, to cases of the matrix and to all their steps, so that a question over each
 * relation is one. Complaints about the supervision group stay out: what keeps them from it is that no check draws a complaint.
 */
async function standOnCheck(
	township: Township,
	check: Row,
	villages: Matrix['villages'],
	cases: readonly Row[],
): Promise<void> {
	const open = cases.filter(({ facts }) => facts.about === undefined || facts.about === 'accused');
	const all = await township.sql<{ id: string; case_id: string; seq: number; cycle: number }>(
		'select id, case_id, seq, cycle from doorstep_case_steps',
	);
	const steps = all.filter(({ case_id }) => open.some(({ id }) => id === case_id));
	const columns = 'kind, size, period_from, period_to, seed, candidates, candidates_hash, drawn_at, drawn_by';
	const inserts: string[] = [];
	for (const [place, { id: village }] of Object.values(villages).entries()) {
		const copy = randomUUID();
		await township.sql(
			`insert into doorstep_checks (id, village, ${columns}) select ?, ?, ${columns} from doorstep_checks where id = ?`,
			[copy, village, check.id],
		);
		const drawn = new Map(
			steps.filter(({ seq }) => seq <= place + 1).map((step) => [step.case_id, step] as const),
		);
		for (const { id, case_id, cycle } of drawn.values())
			inserts.push(
				`insert into doorstep_check_cases (id, check_id, case_id, cycle, position, outcome, attempts, step)
					values ('${randomUUID()}', '${copy}', '${case_id}', ${cycle}, 1, 'verified', 0, '${id}')`,
			);
	}
	await tamper(township, ...inserts);
}

/** A check of what households were told today. */
export function toldToday(size: number): object {
	const today = localDateOf(new Date());
	return { kind: 'callback', period_from: today, period_to: today, size };
}

/** A row of the matrix on relations that no case brings along, so that a question over each of them is one. */
async function standOn(
	{ admin }: Township,
	{ stranger }: Matrix['people'],
	{ rungs, service }: { rungs: Row[]; service: Row },
): Promise<void> {
	const mine = rungs.find(({ facts }) => facts.told?.includes(stranger.user));
	const acknowledged_at = new Date().toISOString();
	await stranger.client.ok('PATCH', `/items/doorstep_escalations/${mine!.id}`, { acknowledged_at });
	await create(admin, 'doorstep_escalation_rules', {
		...{ ledger: 'immediate', service: service.id, rung: 1, name: '催办' },
		...{ delay: 0, unit: 'minutes', notify: ['cadre'] },
	});
}

/** A case of four days ago, so that a sweep raises all of its rungs, with a note and a file. @returns the case first */
async function makeCase(
	{ admin }: Township,
	by: Asker,
	household: Row,
	{ sent = {}, facts: more = {} }: { sent?: object; facts?: Facts } = {},
): Promise<Row[]> {
	const tokens: Row['tokens'] = { title: token(), detail: token(), client_id: token() };
	const note = { note: token(), client_id: token() };
	const facts: Facts = { ...household.facts, ofCase: true, ...more };
	const file = await upload(by.client);
	const nested = [{ kind: 'note', ...note, files: [file.id] }];
	const body = {
		household: household.id,
		ledger: 'proxy',
		happened_at: LONG_AGO,
		...tokens,
		...sent,
		steps: nested,
	};
	const answer = await by.client.request('POST', '/items/doorstep_cases', body);
	if (answer.status >= 300) throw new Error(answer.raw.toString());
	const filter = `filter[client_id][_eq]=${tokens['client_id']!}`;
	const [seen] = await admin.ok<{ id: string; number: string }[]>(
		'GET',
		`/items/doorstep_cases?${filter}&fields=id,number`,
	);
	const { id, number } = seen!;
	const steps = await admin.ok<{ id: string; kind: string; salt: string; body_hash: string }[]>(
		'GET',
		`/items/doorstep_case_steps?filter[case_id][_eq]=${id}&fields=id,kind,salt,body_hash&sort=seq`,
	);
	const theCase: Row = { ...row('doorstep_cases', id, { ...tokens, number }, facts), namedBy: [household] };
	return [
		theCase,
		...steps.map(({ id: step, kind, salt, body_hash }) =>
			row('doorstep_case_steps', step, { ...(kind === 'note' ? note : {}), salt, body_hash }, facts),
		),
		row('directus_files', file.id, file.tokens, facts),
	];
}

/** A text file; its content holds a token too. */
export async function upload(
	by: Asker['client'],
	folder?: string,
): Promise<{ id: string; tokens: Row['tokens'] }> {
	const tokens = { title: token(), description: token(), filename_download: token(), content: token() };
	const form = new FormData();
	form.append('title', tokens.title);
	if (folder !== undefined) form.append('folder', folder);
	form.append('description', tokens.description);
	form.append('file', new Blob([tokens.content], { type: 'text/plain' }), tokens.filename_download);
	return { id: (await by.ok<{ id: string }>('POST', '/files', form)).id, tokens };
}

async function rungsOf({ admin }: Township, cases: Row[]): Promise<Row[]> {
	const rungs = await admin.ok<{ id: string; case_id: string; recipients: string[] }[]>(
		'GET',
		'/items/doorstep_escalations?limit=-1&fields=id,case_id,recipients',
	);
	return rungs.map(({ id, case_id, recipients }) => {
		const { facts } = cases.find((each) => each.id === case_id)!;
		return row('doorstep_escalations', id, {}, { ...facts, told: recipients });
	});
}

async function assignmentsOf({ admin }: Township, households: Row[]): Promise<Row[]> {
	const assignments = await admin.ok<{ id: string; household: string }[]>(
		'GET',
		'/items/doorstep_assignments?limit=-1',
	);
	return Promise.all(
		assignments.map(async ({ id, household }) => {
			const tokens = { reason: token() };
			await admin.ok('PATCH', `/items/doorstep_assignments/${id}`, tokens);
			return row('doorstep_assignments', id, tokens, households.find((each) => each.id === household)!.facts);
		}),
	);
}

function placesOf(villages: Matrix['villages']): Row[] {
	return Object.entries(villages).flatMap(([place, { id, hamlet, named }]) => [
		row('doorstep_villages', id, named, { place: place as Place }),
		row('doorstep_hamlets', hamlet, {}, { place: place as Place }),
	]);
}

/** One row of each of what everybody may look up, as shipped. */
async function townsRows({ admin }: Township): Promise<Row[]> {
	const shipped = ['doorstep_calendar', 'doorstep_escalation_rules'].map(async (collection) => {
		const [first] = await admin.ok<{ id: string }[]>('GET', `/items/${collection}?limit=1&fields=id`);
		return row(collection, first!.id, {}, {});
	});
	return Promise.all(shipped);
}

async function cadresOf(
	township: Township,
	people: Matrix['people'],
	villages: Matrix['villages'],
): Promise<Row[]> {
	const officials = Object.values(people).filter(({ name }) => name !== 'visitor');
	return Promise.all(
		officials.map(async ({ cadre, name }) => {
			const tokens = { phone: phoneToken(), card_token: token() };
			await township.sql('update doorstep_cadres set phone = ?, card_token = ?, village = ? where id = ?', [
				...[tokens.phone, tokens.card_token, villages.home.id, cadre],
			]);
			return row('doorstep_cadres', cadre, tokens, { owner: name });
		}),
	);
}
