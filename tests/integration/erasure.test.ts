import { randomUUID } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { inShort } from '../harness/refusals.js';
import type { Client } from '../harness/request.js';
import { tamper } from '../harness/tamper.js';
import { startProvisioned } from '../harness/township.js';
import {
	buildWorld,
	create,
	makePerson,
	recordCase,
	step,
	type CaseRow,
	type Person,
} from '../harness/world.js';

const township = await startProvisioned({ env: { DOORSTEP_SWEEP_SECONDS: '0', DOORSTEP_MAIL_SECONDS: '0' } });
const world = await buildWorld(township);
const { admin, database } = township;
const isPostgres = database === 'postgres';
afterAll(() => township.stop());

const HOUR = 3_600_000;
const REASON = 'consent_withdrawn';

/** A household with something of its own in every place that can hold it. */
interface Family {
	id: string;
	code: string;
	/** Stands in every place. */
	canary: string;
	cases: CaseRow[];
	files: string[];
}

const erase = (by: Client, id: string, body: object) =>
	by.request<{ erased_at: string; reason: string; counts: Record<string, number> }>(
		'POST',
		`/doorstep/households/${id}/erase`,
		body,
	);

async function upload(by: Client, canary: string): Promise<string> {
	const form = new FormData();
	form.append('title', `${canary}标题`);
	form.append('description', `${canary}说明`);
	form.append('file', new Blob([`${canary}内容`], { type: 'text/plain' }), `${canary}.txt`);
	return (await by.ok<{ id: string }>('POST', '/files', form)).id;
}

/** Told, verified, closed, reopened, closed again: as much of a case's life as leaves words. */
async function closeCase(by: Person, id: string, canary: string): Promise<void> {
	const answers = { solved: 'yes', satisfaction: 'satisfied', channel: 'visit' };
	for (const [kind, more] of [
		['resolve', {}],
		['tell', answers],
		['close', {}],
	] as const) {
		expect((await step(by, id, kind, { note: `${canary}${kind}`, ...more })).status, kind).toBe(200);
	}
}

/** Fields that a township has added to ours. */
const ADDED = ['doorstep_households', 'doorstep_cases', 'doorstep_case_steps'];
for (const collection of ADDED)
	await admin.ok('POST', `/fields/${collection}`, { field: 'added', type: 'string' });

async function makeFamily(canary: string): Promise<Family> {
	const code = randomUUID();
	const id = await create(admin, 'doorstep_households', {
		...{ code, hamlet: world.hamlet, cadre: world.cadre.cadre, people: 4 },
		...{ head_name: `${canary}户`, phone: canary, added: `${canary}加` },
		special_groups: ['serious_illness'],
		relief_reason: `${canary}因`,
		relief_measures: `${canary}施`,
	});
	// PostgreSQL takes capitals for small letters; Directus keeps revisions and comments under what was written.
	const written = isPostgres ? id.toUpperCase() : id;
	await admin.ok('PATCH', `/items/doorstep_households/${written}`, { head_name: `${canary}主` });
	await admin.ok('POST', '/comments', {
		collection: 'doorstep_households',
		item: written,
		comment: `${canary}大`,
	});
	const happened_at = new Date(Date.now() - 25 * HOUR).toISOString();
	const told = { title: `${canary}题`, detail: `${canary}详` };
	const cases = [
		await recordCase(world.cadre, id, { ...told, happened_at }),
		await recordCase(world.cadre, id, { ...told, title: `${canary}另` }),
	];
	const [first] = cases as [CaseRow, CaseRow];
	await admin.ok('PATCH', `/items/doorstep_cases/${first.id}`, { title: `${canary}改` });
	const files = [await upload(world.cadre.client, canary)];
	await step(world.cadre, first.id, 'note', { note: `${canary}记`, files });
	await step(world.cadre, first.id, 'pass', { holder: world.colleague.cadre });
	await step(world.cadre, first.id, 'pass', { holder: world.cadre.cadre });
	for (const [collection, item] of [
		['doorstep_households', id],
		['doorstep_cases', first.id],
	]) {
		const comment = `${canary}评 @${world.leader.user}`;
		await admin.ok('POST', '/comments', { collection, item, comment });
		await admin.ok('POST', '/shares', { collection, item, name: `${canary}享` });
	}
	await admin.ok('PATCH', '/collections/doorstep_households', { meta: { versioning: true } });
	const version = await admin.ok<{ id: string }>('POST', '/versions', {
		...{ collection: 'doorstep_households', item: id, key: `v-${randomUUID()}`, name: `${canary}版` },
	});
	await admin.ok('POST', `/versions/${version.id}/save`, { phone: `${canary}0` });
	// A step takes what a township has added by SQL or by its own code alone.
	await tamper(
		township,
		`update doorstep_case_steps set added = '${canary}加' where case_id = '${first.id}'`,
		`update doorstep_cases set added = '${canary}加' where id = '${first.id}'`,
	);
	return { id, code, canary, cases, files };
}

/** Whole, of every table: what a thief of the database would read. */
async function dump(): Promise<Map<string, string>> {
	const tables = await township.sql<{ name: string }>(
		isPostgres
			? "select tablename as name from pg_tables where schemaname = 'public'"
			: "select name from sqlite_master where type = 'table'",
	);
	const rows = await Promise.all(
		tables.map(
			async ({ name }) => [name, JSON.stringify(await township.sql(`select * from "${name}"`))] as const,
		),
	);
	return new Map(rows);
}

async function uploads(): Promise<string> {
	const folder = join(township.stopped.home, 'uploads');
	const names = await readdir(folder, { recursive: true, withFileTypes: true });
	const texts = names
		.filter((entry) => entry.isFile())
		.map((entry) => readFile(join(entry.parentPath, entry.name), 'utf8'));
	return [...names.map(({ name }) => name), ...(await Promise.all(texts))].join('\n');
}

async function tablesWith(text: string): Promise<string[]> {
	return [...(await dump())].flatMap(([table, rows]) => (rows.includes(text) ? [table] : [])).sort();
}

const audit = async () => {
	const { as_of: _later, ...report } = await admin.ok<{
		ok: boolean;
		head: string;
		as_of: string;
		faults: object[];
	}>('GET', '/doorstep/audit');
	return report;
};
const figures = () =>
	Promise.all([
		admin.ok('GET', '/items/doorstep_cases?groupBy[]=ledger&groupBy[]=status&aggregate[count]=id'),
		admin.ok('GET', '/items/doorstep_cases?groupBy[]=household&aggregate[count]=breached_at,closed_at,told'),
		admin.ok('GET', '/items/doorstep_households?groupBy[]=hamlet&groupBy[]=kind&aggregate[count]=id'),
		admin.ok('GET', '/items/doorstep_case_steps?groupBy[]=kind&groupBy[]=satisfaction&aggregate[count]=id'),
		admin.ok('GET', '/items/doorstep_assignments?aggregate[count]=id'),
		admin.ok('GET', '/items/doorstep_escalations?aggregate[count]=id'),
	]);

/** Digits, so that a phone can be one too. */
const gone = await makeFamily('770418826041');
const stays = await makeFamily('770593317285');
const EVERYWHERE = [
	...[
		'directus_comments',
		'directus_files',
		'directus_notifications',
		'directus_revisions',
		'directus_shares',
	],
	...['directus_versions', 'doorstep_case_steps', 'doorstep_cases', 'doorstep_households', 'doorstep_outbox'],
];

beforeAll(async () => {
	// One notice for the rungs of both: it stays for the other's sake.
	await admin.ok('POST', '/doorstep/sweep');
	for (const family of [gone, stays]) await closeCase(world.cadre, family.cases[0]!.id, family.canary);
});

describe('Erasure on request (PIPL art. 47)', () => {
	test('every place that may hold something of a household holds a canary', async () => {
		for (const { canary } of [gone, stays]) {
			expect(await tablesWith(canary)).toEqual(EVERYWHERE);
			expect(await uploads()).toContain(canary);
		}
		const both = await township.sql<{ message: string }>(
			'select message from directus_notifications where item is null and collection = ?',
			['doorstep_cases'],
		);
		expect(both.length).toBeGreaterThan(0);
		for (const { message } of both) for (const { canary } of [gone, stays]) expect(message).toContain(canary);
	});

	test('is an administrator’s alone: own, foreign and missing households are refused alike to everybody else', async () => {
		const printer = await makePerson(township, '文印员', ['printer']);
		const hats = [world.cadre, world.stranger, world.leader, world.townLeader, world.supervisor, world.clerk];
		for (const { client } of [...hats, world.villageClerk, printer, { client: township.visitor }]) {
			for (const id of [gone.id, world.foreign, randomUUID()]) {
				const answer = await erase(client, id, { code: gone.code, reason: REASON });
				expect(inShort(answer)).toEqual({ status: 403, code: 'DOORSTEP_ADMIN_ONLY' });
			}
		}
	});

	test('asks for the household’s code and a reason from the list, and refuses an unknown household', async () => {
		const code = gone.code;
		const refusals: [object, object][] = [
			[{}, { status: 400, code: 'DOORSTEP_REQUIRED', field: 'code' }],
			[{ code }, { status: 400, code: 'DOORSTEP_REQUIRED', field: 'reason' }],
			[
				{ code, reason: '张三要求' },
				{ status: 400, code: 'DOORSTEP_INVALID', field: 'reason' },
			],
			[
				{ code: stays.code, reason: REASON },
				{ status: 400, code: 'DOORSTEP_OTHER_HOUSEHOLD', field: 'code' },
			],
			[
				{ code, reason: REASON, by: 'x' },
				{ status: 400, code: 'DOORSTEP_SERVER_FIELD', field: 'by' },
			],
		];
		for (const [body, refused] of refusals)
			expect(inShort(await erase(admin, gone.id, body))).toEqual(refused);
		for (const id of [randomUUID(), 'x'])
			expect(inShort(await erase(admin, id, { code, reason: REASON }))).toEqual({
				...{ status: 403, code: 'DOORSTEP_FORBIDDEN' },
			});
	});

	test('waits until no case of the household runs any more', async () => {
		const answer = await erase(admin, gone.id, { code: gone.code, reason: REASON });
		expect(inShort(answer)).toEqual({ status: 409, code: 'DOORSTEP_CASES_RUNNING' });
		expect(answer.errors[0]?.message).toMatch(/1/);
		for (const { cases, canary } of [gone, stays])
			expect(
				(await step(world.cadre, cases[1]!.id, 'withdraw', { channel: 'visit', note: `${canary}撤` })).status,
			).toBe(200);
	});

	test('is undone as a whole where a part of it fails', async () => {
		const before = [...(await dump())];
		await forbidDeletion('directus_revisions');
		const answer = await erase(admin, gone.id, { code: gone.code, reason: REASON });
		expect(answer.status).toBe(500);
		await allowDeletion('directus_revisions');
		const after = await dump();
		for (const [table, rows] of before.filter(
			([name]) => name !== 'directus_users' && name !== 'directus_sessions',
		))
			expect(after.get(table), table).toBe(rows);
		expect(await uploads()).toContain(gone.canary);
	});

	test('leaves nothing of the household in any table or file, keeps everything of others, and moves no figure and no hash', async () => {
		const before = { figures: await figures(), audit: await audit(), others: await tablesWith(stays.canary) };
		expect(before.audit).toMatchObject({ ok: true, faults: [] });
		const written = isPostgres ? gone.id.toUpperCase() : gone.id;
		const answer = await erase(admin, written, { code: gone.code, reason: REASON });
		expect(answer.status, answer.raw.toString()).toBe(200);
		expect(answer.data).toMatchObject({
			reason: REASON,
			counts: {
				...{ households: 1, cases: 2, files: 1, files_left: 0, comments: 3, shares: 2, versions: 1 },
				added_left: 0,
			},
		});
		for (const name of ['steps', 'notices', 'mails', 'revisions', 'added'])
			expect(answer.data?.counts[name], name).toBeGreaterThan(0);
		expect(await tablesWith(gone.canary)).toEqual([]);
		expect(await uploads()).not.toContain(gone.canary);
		expect(await tablesWith(stays.canary)).toEqual(before.others);
		expect(await uploads()).toContain(stays.canary);
		expect(await audit()).toEqual(before.audit);
		expect(await figures()).toEqual(before.figures);
		const together = await township.sql<{ message: string }>(
			"select message from directus_notifications where item is null and collection = 'doorstep_cases'",
		);
		for (const { message } of together) {
			expect(message).toContain(stays.canary);
			expect(message).toContain(`${gone.cases[0]!.number} 已删除，办结时限`);
		}
	});

	test('says who erased what, when and why', async () => {
		const household = await admin.ok('GET', `/items/doorstep_households/${gone.id}`);
		expect(household).toMatchObject({
			...{ code: gone.code, hamlet: world.hamlet, kind: 'resident', cadre: world.cadre.cadre },
			...{ head_name: '已删除', phone: null, people: null, special_groups: null },
			...{ erased_reason: REASON, erased_at: expect.any(String) as string },
		});
		const me = await admin.ok<{ id: string }>('GET', '/users/me?fields=id');
		const done = await admin.ok<object[]>(
			'GET',
			`/activity?filter[item][_eq]=${gone.id}&filter[action][_eq]=erase`,
		);
		expect(done).toEqual([expect.objectContaining({ user: me.id, collection: 'doorstep_households' })]);
	});

	test('a second time changes nothing, and takes what has come since', async () => {
		const again = { code: gone.code, reason: 'unlawful' };
		const before = await dump();
		const second = await erase(admin, gone.id, again);
		expect(second.data?.reason).toBe(REASON);
		expect(Object.values(second.data!.counts).filter((count) => count !== 0)).toEqual([]);
		expect((await dump()).get('directus_activity')).toBe(before.get('directus_activity'));
		const item = { collection: 'doorstep_households', item: gone.id };
		await admin.ok('POST', '/comments', { ...item, comment: `${gone.canary}又` });
		expect((await erase(admin, gone.id, again)).data?.counts).toMatchObject({ comments: 1, households: 0 });
		expect(await tablesWith(gone.canary)).toEqual([]);
	});

	test('an erased household takes no case, no step and no data any more; it can be handed over', async () => {
		const { client } = world.cadre;
		const sent = { ledger: 'proxy', title: '新事' };
		const recorded = await client.request('POST', '/items/doorstep_cases', { household: gone.id, ...sent });
		const erased = { status: 409, code: 'DOORSTEP_ERASED' };
		expect(inShort(recorded)).toEqual({ ...erased, field: 'household' });
		expect(
			(await client.request('POST', '/items/doorstep_cases', { household: stays.id, ...sent })).status,
		).toBe(200);
		const [first] = gone.cases;
		const reopened = await step(world.cadre, first!.id, 'reopen', { note: '重来' });
		expect(inShort(reopened)).toEqual({ ...erased, field: 'case_id' });
		const possible = await client.ok<{ cases: { possible: string[] }[] }>(
			'GET',
			`/doorstep/cases/possible?ids=${first!.id}`,
		);
		expect(possible.cases.map((each) => each.possible)).toEqual([[]]);
		for (const change of [
			{ phone: '13900000000' },
			{ people: 3 },
			{ head_name: '新' },
			{ erased_at: null },
			{ relief_reason: '病' },
		])
			expect(inShort(await admin.request('PATCH', `/items/doorstep_households/${gone.id}`, change))).toEqual(
				erased,
			);
		await admin.ok('PATCH', `/items/doorstep_households/${gone.id}`, { cadre: world.colleague.cadre });
		expect(await audit()).toMatchObject({ ok: true, faults: [] });
	});

	test('nobody marks a household as erased in another way', async () => {
		const only = { status: 403, code: 'DOORSTEP_ERASE_ONLY' };
		const now = new Date().toISOString();
		for (const change of [
			{ erased_at: now },
			{ erased_reason: REASON },
			{ erased_at: now, erased_reason: REASON },
		]) {
			const path = `/items/doorstep_households/${stays.id}`;
			expect(inShort(await admin.request('PATCH', path, change))).toEqual(only);
			expect((await world.clerk.client.request('PATCH', path, change)).status).toBe(403);
		}
		const row = { code: randomUUID(), hamlet: world.hamlet, head_name: '户', cadre: world.cadre.cadre };
		const born = await admin.request('POST', '/items/doorstep_households', { ...row, erased_at: now });
		expect(inShort(born)).toEqual(only);
	});

	test('raw SQL erases no words of a household that is not erased, and brings none back to one that is', async () => {
		const at = (family: Family) => `'${family.cases[0]!.id}'`;
		for (const [family, change, refused] of [
			[
				stays,
				'update doorstep_case_steps set note = null, salt = null where case_id =',
				/DOORSTEP_APPEND_ONLY/,
			],
			[stays, "update doorstep_cases set title = '已删除', detail = null where id =", /DOORSTEP_NOT_OPEN/],
			[gone, "update doorstep_case_steps set note = 'x' where case_id =", /DOORSTEP_APPEND_ONLY/],
			[gone, "update doorstep_cases set title = 'x' where id =", /DOORSTEP_NOT_OPEN/],
			[gone, "update doorstep_cases set detail = 'x' where id =", /DOORSTEP_NOT_OPEN/],
		] as const)
			await expect(township.sql(`${change} ${at(family)}`), change).rejects.toThrow(refused);
	});
});

async function forbidDeletion(table: string): Promise<void> {
	if (isPostgres) {
		await township.sql(
			"create function forbid() returns trigger language plpgsql as $$ begin raise exception 'no'; end $$",
		);
		await township.sql(
			`create trigger forbid before delete on ${table} for each row execute function forbid()`,
		);
	} else {
		await township.sql(
			`create trigger forbid before delete on ${table} begin select raise(abort, 'no'); end`,
		);
	}
}

async function allowDeletion(table: string): Promise<void> {
	await township.sql(isPostgres ? `drop trigger forbid on ${table}` : 'drop trigger forbid');
}
