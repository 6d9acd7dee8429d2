import {
	createDirectus,
	createItems,
	createUsers,
	customEndpoint,
	readItems,
	readSingleton,
	readUsers,
	rest,
	staticToken,
	updateItemsBatch,
	updateSettings,
	updateSingleton,
	updateUsers,
} from '@directus/sdk';
import { policyId, type Policy } from '../../extensions/platform/hats.js';
import type {
	CadreRow,
	DepartmentRow,
	HamletRow,
	ServiceRow,
	SettingsRow,
	Size,
	Township,
	UserRow,
} from './rows.js';
import { buildTownship } from './township.js';

export interface SeedOptions {
	/** Of a Directus on which Doorstep is provisioned. */
	url: string;
	/** Of an administrator. */
	token: string;
	size: Size;
	/** For all who log in. */
	password: string;
	report: (line: string) => void;
}

/** Somebody who can log in, one for each hat. */
export interface LogIn {
	hat: Policy;
	email: string;
}

interface Schema {
	doorstep_settings: { [Name in keyof SettingsRow]: string | null };
	doorstep_villages: ({ id: string; name: string } & { [Relation in VillageLeader]: string | null })[];
	doorstep_hamlets: HamletRow[];
	doorstep_cadres: CadreRow[];
	doorstep_departments: DepartmentRow[];
	doorstep_services: ServiceRow[];
}
/** What the server answers when it has written households, cases and steps. */
interface Written {
	households: number;
	cases: number;
	steps: number;
}
type VillageLeader = 'leader' | 'deputy' | 'town_leader';
type Collection = Exclude<keyof Schema, 'doorstep_settings'>;

const ROWS_A_REQUEST = 50;

/**
 * Fills a provisioned Directus with the demo township: all that people maintain over the API, then households, cases and steps by
 * the server itself. What is there already stays as it is, so that a seeding that broke off can be repeated.
 */
export async function seedTownship(options: SeedOptions): Promise<LogIn[]> {
	const { url, token, size, password, report } = options;
	const directus = connect(url, token);
	const township = buildTownship(size);

	await addUsers(directus, township.users, password);
	report(`${township.users.length} 个用户 / users`);
	await addTown(directus, township);
	report(`${township.villages.length} 个嘎查村 / villages`);
	const written = await writeInProcess(directus, size);
	if (written.households > 0)
		report(`${written.households} 户 / households, ${written.cases} 件事项 / cases`);
	return logInsOf(township);
}

function connect(url: string, token: string) {
	return createDirectus<Schema>(url).with(rest()).with(staticToken(token));
}
type Directus = ReturnType<typeof connect>;

async function addUsers(directus: Directus, users: readonly UserRow[], password: string): Promise<void> {
	const known = await directus.request(readUsers({ fields: ['id'], limit: -1 }));
	for (const batch of inBatches(without(users, known), ROWS_A_REQUEST)) {
		await directus.request(createUsers(batch.map(userOf)));
	}
	// One password for all is hashed once; given to each user at creation, it would take longer than all the rest.
	const ours = new Set(users.map(({ id }) => id));
	const all = await directus.request(readUsers({ fields: ['id', 'password'], limit: -1 }));
	const locked = all.filter((user) => ours.has(user.id) && !user.password).map(({ id }) => id);
	if (locked.length > 0) await directus.request(updateUsers(locked, { password }));
}

/** A village names its leaders and a cadre names a village: villages come first, and learn of their leaders last. */
async function addTown(directus: Directus, township: Township): Promise<void> {
	await add(directus, 'doorstep_villages', inOrder(township.villages.map(({ id, name }) => ({ id, name }))));
	await add(directus, 'doorstep_hamlets', township.hamlets);
	await add(directus, 'doorstep_departments', township.departments);
	await add(directus, 'doorstep_cadres', township.cadres);
	await add(directus, 'doorstep_services', inOrder(township.services));

	const leaderless = await directus.request(
		readItems('doorstep_villages', { fields: ['id'], filter: { leader: { _null: true } }, limit: -1 }),
	);
	const toLead = township.villages.filter(({ id }) => leaderless.some((village) => village.id === id));
	if (toLead.length > 0) await directus.request(updateItemsBatch('doorstep_villages', toLead));

	const { township: name } = await directus.request(
		readSingleton('doorstep_settings', { fields: ['township'] }),
	);
	if (name !== null) return;
	await directus.request(updateSingleton('doorstep_settings', township.settings));
	const project_name = `${township.settings.township}农事户办`;
	await directus.request(updateSettings({ project_name, default_language: 'zh-CN' }));
}

/** Numbered as they stand, for lists that people sort by hand. */
function inOrder<Row extends object>(rows: readonly Row[]): (Row & { sort: number })[] {
	return rows.map((row, index) => ({ ...row, sort: index + 1 }));
}

/** Creates those of the rows that are missing. */
async function add(
	directus: Directus,
	collection: Collection,
	rows: readonly { id: string }[],
): Promise<void> {
	const known = await directus.request(readItems(collection, { fields: ['id'], limit: -1 }));
	for (const batch of inBatches(without(rows, known), ROWS_A_REQUEST)) {
		await directus.request(createItems(collection, batch.map(withoutNulls)));
	}
}

/** A town that has households or cases keeps them: then nothing is written. */
function writeInProcess(directus: Directus, size: Size): Promise<Written> {
	const body = JSON.stringify({ size });
	return directus.request(customEndpoint<Written>({ path: '/doorstep/seed', method: 'POST', body }));
}

function userOf({ hats, ...user }: UserRow) {
	// Nested creation, which the SDK's types leave out.
	const policies = hats.map((hat) => ({ policy: policyId(hat) })) as unknown as string[];
	return { ...user, status: 'active', policies };
}

const HATS_TO_SHOW: readonly Policy[] = [
	'cadre',
	'team_leader',
	'town_leader',
	'supervisor',
	'data_clerk',
	'village_clerk',
	'printer',
];

/** Somebody for each hat; for cadres the first who holds households. */
function logInsOf({ users, cadres }: Township): LogIn[] {
	const field = cadres.find(({ posting }) => posting === 'field');
	return HATS_TO_SHOW.flatMap((hat) => {
		const user = users.find(({ id, hats }) => (hat === 'cadre' ? id === field?.user : hats.includes(hat)));
		return user === undefined ? [] : [{ hat, email: user.email }];
	});
}

function without<Row extends { id: string }>(rows: readonly Row[], known: readonly { id: string }[]): Row[] {
	const ids = new Set(known.map(({ id }) => id));
	return rows.filter(({ id }) => !ids.has(id));
}

function inBatches<T>(rows: readonly T[], size: number): T[][] {
	return Array.from({ length: Math.ceil(rows.length / size) }, (_, n) =>
		rows.slice(n * size, (n + 1) * size),
	);
}

/** A null is checked like a value; what is left out is null all the same. */
function withoutNulls<Row extends object>(row: Row): Partial<Row> {
	return Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null)) as Partial<Row>;
}
