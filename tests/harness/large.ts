/** A township as large as they get, written by SQL into a provisioned instance: for measuring, and for looking at query plans. */
import { randomBytes } from 'node:crypto';
import type { Knex } from 'knex';
import type { CalendarDay } from '../../extensions/cases/deadlines.js';
import { linkStep, type LinkedStep } from '../../extensions/cases/chain.js';
import { sweep } from '../../extensions/cases/sweep.js';
import { dialectOf, toRow } from '../../extensions/platform/dialect.js';
import { insertMany } from '../../extensions/platform/insert.js';
import { policyId, type Policy } from '../../extensions/platform/hats.js';
import { fixedId } from '../../extensions/platform/ids.js';
import { DAY_MS } from '../../extensions/platform/local-time.js';
import { buildCases, type Histories } from '../../seed/demo/cases.js';
import { planCases, type Planned } from '../../seed/demo/plan.js';
import { noteOnTheWay, pass, take } from '../../seed/demo/play.js';
import { itemAt, randomOf } from '../../seed/demo/random.js';
import type { CadreRow, Township } from '../../seed/demo/rows.js';
import { SCALES, type Scale } from '../../seed/demo/scale.js';
import { daytimeBetween, hoursAfter } from '../../seed/demo/times.js';
import { buildTownship } from '../../seed/demo/township.js';
import { writeDemo } from '../../seed/demo/write.js';

/** How many cases are written, and whether most of them are past or none is. */
export interface Size {
	cases: number;
	/** Otherwise as in the demo: ten weeks, of which a few hundred cases are still in hand. */
	allOpen: boolean;
}

/** Somebody whose requests are measured. */
export interface LargePerson {
	cadre: string;
	user: string;
	email: string;
	hats: readonly Policy[];
}

export type Part =
	| 'cadre'
	| 'substitute'
	| 'holder'
	| 'holdersSubstitute'
	| 'leader'
	| 'deputy'
	| 'townLeader'
	| 'supervisor'
	| 'villageClerk';

export interface Large {
	people: Record<Part, LargePerson>;
	rows: Record<'households' | 'cases' | 'steps' | 'files' | 'escalations', number>;
}

/** C1, C2: 28 villages, 152 cadres and 10,000 households. */
const SCALE: Scale = { ...SCALES.demo, teamSizes: [5, 6, 6, 4, 6, 6, 5], residents: 5100, away: 4900 };
/** One case in so many has a photo with its newest step. */
const CASES_A_FILE = 8;

/** Fills a provisioned database; those who are measured log in with the administrator's password; triggers stay on, so that each row is one that steps could have led to. */
export async function writeLarge(knex: Knex, { cases, allOpen }: Size): Promise<Large> {
	const now = new Date();
	const township = largeTownship();
	const plan = allOpen ? planOpen(cases, now) : planCases(cases, now);
	const histories = withFiles(buildCases(township, now, await calendarOf(knex), plan), township);
	const people = peopleOf(township);
	await writeTown(knex, township, people);
	await insertMany(knex, 'directus_files', histories.files);
	await writeDemo(knex, township, histories);
	const { raised } = await sweep(knex);
	// As PostgreSQL does by itself in time; each step has left an old version of its case behind.
	await knex.raw(dialectOf(knex) === 'postgres' ? 'vacuum analyze' : 'analyze');
	return {
		people,
		rows: {
			households: township.households.length,
			cases: histories.cases.length,
			steps: histories.steps.length,
			files: histories.files.length,
			escalations: raised,
		},
	};
}

export function largeTownship(): Township {
	return withLeadersOfOneVillage(buildTownship('demo', SCALE));
}

type CalendarRow = Omit<CalendarDay, 'working'> & { working: boolean | number };

/** As provisioned. */
export async function calendarOf(knex: Knex): Promise<CalendarDay[]> {
	const days = await knex('doorstep_calendar').select<CalendarRow[]>('day', 'working', 'ordinal');
	return days.map((day) => ({ ...day, working: Boolean(day.working) }));
}

/** In the demo leaders have several villages each; here the first village has leaders of its own, as where a township is small. */
function withLeadersOfOneVillage(township: Township): Township {
	const [first, ...others] = township.villages;
	const [leader, townLeader] = desksOf(township);
	if (first === undefined || leader === undefined || townLeader === undefined)
		throw new Error('The township has too few villages or desks.');
	const hats = new Map<string, Policy[]>([
		[leader.user, ['cadre', 'team_leader', 'sensitive_information', 'sensitive_villages']],
		[townLeader.user, ['cadre', 'town_leader', 'sensitive_information', 'sensitive_villages']],
	]);
	const led = { ...first, leader: leader.id, town_leader: townLeader.id };
	const users = township.users.map((user) => ({ ...user, hats: hats.get(user.id) ?? user.hats }));
	return { ...township, users, villages: [led, ...others] };
}

/** Officials at the town's windows, who have no other hat. */
function desksOf(township: Township): CadreRow[] {
	return township.cadres.filter(
		({ posting, origin, user }) =>
			posting === 'office' && origin === 'town' && hatsOf(township, user).length === 1,
	);
}

function hatsOf({ users }: Township, id: string): readonly Policy[] {
	return users.find((user) => user.id === id)?.hats ?? [];
}

/** Cases of which none is finished: received since yesterday, taken on, noted twice; every tenth is passed to an office. */
function planOpen(count: number, now: Date): Planned[] {
	const random = randomOf('open');
	return Array.from({ length: count }, (_, n): Planned => {
		const subject = n % 50 === 0 ? 'complaint' : n % 3 === 0 ? 'reported' : 'proxy';
		return {
			scenario: {
				...{ name: 'open', subject },
				play: (play) => {
					take(play, subject === 'complaint' ? play.team.supervisor : play.team.cadre);
					if (subject === 'complaint') return;
					noteOnTheWay(play);
					if (n % 10 === 1) pass(play, play.team.desk);
					noteOnTheWay(play);
				},
			},
			received_at: daytimeBetween(random, new Date(now.getTime() - 1.5 * DAY_MS), hoursAfter(now, -0.5)),
			unfinished: true,
		};
	}).sort((a, b) => a.received_at.getTime() - b.received_at.getTime());
}

interface FileRow {
	id: string;
	storage: string;
	filename_download: string;
	title: string;
	type: string;
	filesize: number;
	uploaded_by: string | null;
	uploaded_on: Date;
}

/** Attaches a photo to the newest step of some cases; that step is linked anew, for its hash covers the file. Everybody has one more that no step names yet. */
function withFiles({ cases, steps }: Histories, { cadres }: Township): Histories & { files: FileRow[] } {
	const newest = new Map<string, LinkedStep>();
	for (const step of steps) newest.set(step.case_id, step);
	const uploaders = new Map(cadres.map(({ id, user }) => [id, user]));
	const files = cadres.map((cadre) => fileOf(`loose:${cadre.id}`, cadre.user, new Date()));
	const linked = steps.map((step, n) => {
		if (newest.get(step.case_id) !== step || step.seq === 1 || n % CASES_A_FILE > 0) return step;
		const { salt, hash: _hash, body_hash: _body, prev_hash, ...row } = step;
		const file = fileOf(step.id, uploaders.get(step.actor ?? '') ?? null, step.at);
		files.push(file);
		return linkStep({ ...row, files: file.id }, prev_hash, salt ?? undefined);
	});
	return { cases, steps: linked, files };
}

function fileOf(key: string, uploaded_by: string | null, uploaded_on: Date): FileRow {
	const id = fixedId(`large:file:${key}`);
	return {
		...{ id, storage: 'local', filename_download: 'photo.jpg', title: 'photo', type: 'image/jpeg' },
		...{ filesize: 400_000, uploaded_by, uploaded_on },
	};
}

function peopleOf(township: Township): Record<Part, LargePerson> {
	const field = township.cadres.filter(({ posting }) => posting === 'field');
	const [village, other] = township.villages;
	const cadre = (id: string | undefined): LargePerson => {
		const row = township.cadres.find((candidate) => candidate.id === id);
		if (row === undefined) throw new Error('The township lacks somebody.');
		const user = township.users.find((candidate) => candidate.id === row.user);
		return { cadre: row.id, user: row.user, email: user?.email ?? '', hats: user?.hats ?? [] };
	};
	const wearing = (hat: Policy) =>
		township.cadres.find(({ user }) => hatsOf(township, user).includes(hat))?.id;
	return {
		cadre: cadre(itemAt(field, 0).id),
		substitute: cadre(itemAt(field, 1).id),
		holder: cadre(itemAt(desksOf(township), 0).id),
		holdersSubstitute: cadre(itemAt(field, 2).id),
		leader: cadre(village?.leader),
		deputy: cadre(other?.deputy),
		townLeader: cadre(village?.town_leader),
		supervisor: cadre(wearing('supervisor')),
		villageClerk: cadre(village?.data_clerk),
	};
}

/** What people otherwise enter by the API. */
async function writeTown(knex: Knex, township: Township, people: Record<Part, LargePerson>): Promise<void> {
	const { villages, hamlets, cadres, users, departments, services } = township;
	const [administrator] = await knex('directus_users')
		.whereNotNull('password')
		.select<{ password: string }[]>('password');
	const measured = new Set(Object.values(people).map(({ user }) => user));
	await insertMany(
		knex,
		'directus_users',
		users.map(({ hats: _hats, ...user }) => ({
			...{ ...user, status: 'active', provider: 'default' },
			password: measured.has(user.id) ? administrator?.password : null,
		})),
	);
	await insertMany(
		knex,
		'directus_access',
		users.flatMap(({ id, hats }) =>
			hats.map((hat) => ({ id: fixedId(`large:${id}:${hat}`), user: id, policy: policyId(hat), sort: 1 })),
		),
	);
	await insertMany(
		knex,
		'doorstep_villages',
		villages.map(({ id, name }) => ({ id, name })),
	);
	await insertMany(knex, 'doorstep_hamlets', hamlets);
	await insertMany(knex, 'doorstep_departments', departments);
	await insertMany(
		knex,
		'doorstep_cadres',
		cadres.map((row) => ({ ...row, card_token: randomBytes(16).toString('base64url') })),
	);
	await insertMany(knex, 'doorstep_services', services);
	for (const { id, name: _name, ...led } of villages)
		await knex('doorstep_villages').where({ id }).update(led);
	await standIn(knex, people.cadre.cadre, people.substitute.cadre);
	await standIn(knex, people.holder.cadre, people.holdersSubstitute.cadre);
	// As many again stand in somewhere, so that substitutes are no rarity.
	const field = cadres.filter(({ posting }) => posting === 'field').slice(10);
	for (let n = 0; n + 1 < field.length; n += 10)
		await standIn(knex, itemAt(field, n).id, itemAt(field, n + 1).id);
}

async function standIn(knex: Knex, of: string, substitute: string): Promise<void> {
	const until = new Date(Date.now() + 7 * DAY_MS);
	await knex('doorstep_cadres')
		.where({ id: of })
		.update(toRow(dialectOf(knex), { substitute, substitute_until: until }));
}
