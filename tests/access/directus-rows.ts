/** What stands in Directus's own collections: accounts, notices, comments, traces, and what only administrators have. */
import { randomUUID } from 'node:crypto';
import { dashboardId, STEERING } from '../../seed/provision/dashboards.js';
import type { Client } from '../harness/request.js';
import type { Township } from '../harness/township.js';
import type { Asker } from './people.js';
import { row, upload, type Row } from './rows.js';
import { token } from './tokens.js';

export async function makeDirectusRows(
	township: Township,
	people: Record<Asker['name'], Asker>,
	cases: Row[],
): Promise<Row[]> {
	const everybody = Object.values(people).filter(({ name }) => name !== 'visitor');
	const personal = await Promise.all(everybody.map((person) => personalRows(township, person)));
	return [
		...personal.flat(),
		...(await administratorsRows(township, cases)),
		...(await shippedDashboards(township.admin)),
	];
}

/** Written past Directus: a notice that it writes may go out as mail, and some of these nobody can have but by an administrator. */
async function personalRows(township: Township, person: Asker): Promise<Row[]> {
	const { user, name } = person;
	const facts = { owner: name };
	const now = new Date().toISOString();
	const insert = async (collection: string, tokens: Row['tokens'], more: Record<string, string | null>) => {
		const values = { ...tokens, ...more };
		const names = Object.keys(values).map((column) => `"${column}"`);
		const marks = names.map(() => '?').join(', ');
		const made = await township.sql<{ id: string | number }>(
			`insert into ${collection} (${names.join(', ')}) values (${marks}) returning id`,
			Object.values(values),
		);
		return row(collection, made[0]!.id, tokens, facts);
	};
	const nothing = { collection: 'doorstep_services', item: randomUUID() };
	const uploads = await freeUpload(person);
	return [
		row('directus_users', user, person.account, facts),
		await insert(
			'directus_notifications',
			{ subject: token(), message: token() },
			{ timestamp: now, status: 'inbox', recipient: user },
		),
		await insert(
			'directus_activity',
			{ user_agent: token(), origin: token() },
			{ action: 'login', user, timestamp: now, ...nothing },
		),
		await insert('directus_presets', { bookmark: token() }, { user, collection: 'doorstep_cases' }),
		await insert(
			'directus_comments',
			{ comment: token() },
			{ id: randomUUID(), user_created: user, date_created: now, ...nothing },
		),
		await insert(
			'directus_shares',
			{ name: token() },
			{ id: randomUUID(), user_created: user, date_created: now, ...nothing },
		),
		...(await someonesFile(township.admin, uploads, facts.owner)),
	];
}

async function freeUpload({
	client,
	positions,
}: Asker): Promise<{ id: string; tokens: Row['tokens'] } | undefined> {
	const unfiled = ['data clerk', 'village clerk', 'printer', 'no hat'];
	return positions.some((position) => unfiled.includes(position)) ? undefined : upload(client);
}

/** Who uploads nothing has a file in their name all the same: they may not open it. */
async function someonesFile(
	admin: Client,
	made: { id: string; tokens: Row['tokens'] } | undefined,
	uploader: Asker['name'],
): Promise<Row[]> {
	const { id, tokens } = made ?? (await upload(admin));
	return [row('directus_files', id, tokens, made === undefined ? {} : { uploader })];
}

/** What came with each hat that steers, with one panel of it; named so that they can be told from one another. */
async function shippedDashboards(admin: Client): Promise<Row[]> {
	const rows = STEERING.map(async (shippedTo): Promise<Row[]> => {
		const id = dashboardId(shippedTo);
		const named = async (collection: string, path: string, key: string): Promise<Row> => {
			const tokens = { name: token(), note: token() };
			await admin.ok('PATCH', `${path}/${key}`, tokens);
			return row(collection, key, tokens, { shippedTo });
		};
		const [panel] = await admin.ok<{ id: string }[]>('GET', `/panels?filter[dashboard][_eq]=${id}&limit=1`);
		if (panel === undefined) throw new Error(`There is no panel for ${shippedTo}.`);
		return [
			await named('directus_dashboards', '/dashboards', id),
			await named('directus_panels', '/panels', panel.id),
		];
	});
	return (await Promise.all(rows)).flat();
}

async function administratorsRows(township: Township, cases: Row[]): Promise<Row[]> {
	const made = async (collection: string, tokens: Row['tokens'], more: object = {}) => {
		const path = `/${collection.slice('directus_'.length)}`;
		const { id } = await township.admin.ok<{ id: string }>('POST', path, { ...more, ...tokens });
		return row(collection, id, tokens, {});
	};
	const flow = await made('directus_flows', { name: token() }, { trigger: 'manual', options: {} });
	const dashboard = await made('directus_dashboards', { name: token() });
	const place = { position_x: 1, position_y: 1 };
	const version = { name: token(), delta: token() };
	const versionId = randomUUID();
	await township.sql(
		'insert into directus_versions (id, "key", name, collection, item, hash, delta) values (?, ?, ?, ?, ?, ?, ?)',
		[
			versionId,
			'draft',
			version.name,
			'doorstep_cases',
			cases[0]!.id,
			'x',
			JSON.stringify({ title: version.delta }),
		],
	);
	const comments = cases.map(async (theCase) =>
		made('directus_comments', { comment: token() }, { collection: 'doorstep_cases', item: theCase.id }),
	);
	const everybodys = await made('directus_presets', { bookmark: token() }, { collection: 'doorstep_cases' });
	return [
		flow,
		dashboard,
		await made(
			'directus_operations',
			{ name: token() },
			{ flow: flow.id, key: 'log', type: 'log', options: {}, ...place },
		),
		await made(
			'directus_panels',
			{ name: token() },
			{ dashboard: dashboard.id, type: 'label', options: {}, width: 4, height: 4, ...place },
		),
		await made('directus_folders', { name: token() }),
		await made('directus_roles', { name: token() }),
		await made('directus_policies', { name: token(), description: token() }),
		await made('directus_translations', { value: token() }, { key: `words_${token()}`, language: 'zh-CN' }),
		row('directus_versions', versionId, version, {}),
		{ ...everybodys, facts: { everybodys: true } },
		await made('directus_shares', { name: token() }, { collection: 'doorstep_cases', item: cases[0]!.id }),
		...(await Promise.all(comments)),
	];
}
