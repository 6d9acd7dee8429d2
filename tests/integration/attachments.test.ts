import { afterAll, describe, expect, test } from 'vitest';
import { PHOTOS_FOLDER } from '../../seed/provision/permissions.js';
import { loseField, withCustomCode } from '../harness/custom-code.js';
import type { Client } from '../harness/request.js';
import { inShort } from '../harness/refusals.js';
import { startProvisioned } from '../harness/township.js';
import { buildWorld, create, makePerson, recordCase, step, type Person } from '../harness/world.js';

const township = await startProvisioned({ env: await withCustomCode() });
const world = await buildWorld(township);
const { admin, visitor } = township;
afterAll(() => township.stop());

const CONTENT = '回执照片';

async function upload(by: Client, name = 'receipt.txt'): Promise<string> {
	const form = new FormData();
	form.append('title', name);
	form.append('file', new Blob([CONTENT], { type: 'text/plain' }), name);
	return (await by.ok<{ id: string }>('POST', '/files', form)).id;
}

const opened = async (by: Client, file: string): Promise<number> =>
	(await by.request('GET', `/assets/${file}`)).status;
const listed = async (by: Client, file: string): Promise<number> =>
	(await by.request('GET', `/files/${file}`)).status;

const theCase = await recordCase(world.cadre, world.household);
const attached = await upload(world.cadre.client);
const noted = await step(world.cadre, theCase.id, 'note', { note: '见附件', files: [attached] });

describe('F3: the files of a case', () => {
	test('are on record with the step', async () => {
		expect(noted.status).toBe(200);
		const row = await world.cadre.client.ok<{ files: string[] }>(
			'GET',
			`/items/doorstep_case_steps/${noted.data!.id}`,
		);
		expect(row.files).toEqual([attached]);
		const audit = await admin.ok<{ ok: boolean }>('GET', '/doorstep/audit');
		expect(audit.ok).toBe(true);
	});

	test.each([
		['its cadre', () => world.cadre],
		['the team leader', () => world.leader],
		['the town leader', () => world.townLeader],
		['the supervision group', () => world.supervisor],
	])('are opened by %s, who sees the case', async (_who, person) => {
		const { client } = person();
		const answer = await client.request('GET', `/assets/${attached}`);
		expect([answer.status, answer.raw.toString()]).toEqual([200, CONTENT]);
		expect(await listed(client, attached)).toBe(200);
	});

	test('are opened by nobody else, also by their direct address', async () => {
		const others = [world.colleague, world.stranger, world.clerk].map(({ client }) => client);
		for (const client of [...others, visitor]) {
			expect(await opened(client, attached)).toBe(403);
			expect(await opened(client, `${attached}/receipt.txt`)).toBe(403);
			expect(await listed(client, attached)).toBe(403);
		}
	});

	test('C4: nobody but an administrator puts a file among the officials’ photos, which everybody sees', async () => {
		const into = async (by: Client) => {
			const form = new FormData();
			form.append('folder', PHOTOS_FOLDER);
			form.append('file', new Blob([CONTENT], { type: 'text/plain' }), 'photo.txt');
			return by.request<{ id: string }>('POST', '/files', form);
		};
		for (const person of [world.cadre, world.townLeader, world.supervisor])
			expect(inShort(await into(person.client)).status).toBeGreaterThanOrEqual(400);
		const photo = await into(admin);
		for (const person of [world.stranger, world.clerk])
			expect(await opened(person.client, photo.data!.id)).toBe(200);
		expect(await opened(visitor, photo.data!.id)).toBe(403);
	});

	test('stay closed where another policy of the platform opens files to everybody', async () => {
		const encoded = `%${attached.charCodeAt(0).toString(16)}${attached.slice(1)}`;
		const policy = await admin.ok<{ id: string }>('POST', '/policies', { name: '网站图片' });
		await admin.ok('POST', '/permissions', {
			policy: policy.id,
			collection: 'directus_files',
			action: 'read',
			fields: ['*'],
			permissions: {},
		});
		await admin.ok('PATCH', `/users/${world.stranger.user}`, {
			policies: { create: [{ policy: policy.id }], update: [], delete: [] },
		});
		const picture = await upload(admin, 'picture.txt');
		expect(await opened(world.stranger.client, picture)).toBe(200);
		const { client } = world.stranger;
		for (const address of [
			attached,
			attached.toUpperCase(),
			encoded,
			`${attached}/x.txt`,
			`${encoded}?key=x`,
		])
			expect(await opened(client, address), address).toBe(403);
		expect(await listed(client, attached)).toBe(403);
		const names = await client.ok<{ id: string }[]>('GET', '/files?fields=id,title&limit=-1');
		expect(names.map(({ id }) => id)).toContain(picture);
		expect(names.map(({ id }) => id)).not.toContain(attached);
		const archive = await client.request('POST', '/assets/files', { ids: [attached, picture] });
		expect(archive.raw.includes('receipt')).toBe(false);
		expect(await opened(world.cadre.client, attached)).toBe(200);
	});

	test('are neither replaced, planted nor moved by whoever may write files of the platform', async () => {
		const policy = await admin.ok<{ id: string }>('POST', '/policies', { name: '网站编辑' });
		for (const action of ['create', 'update', 'read', 'delete'])
			await admin.ok('POST', '/permissions', {
				...{ policy: policy.id, collection: 'directus_files', action, fields: ['*'], permissions: {} },
			});
		const editor = await makePerson(township, '编辑', ['cadre']);
		await admin.ok('PATCH', `/users/${editor.user}`, {
			policies: { create: [{ policy: policy.id }], update: [], delete: [] },
		});
		const form = (fields: Record<string, string>, content = '假的') => {
			const body = new FormData();
			for (const [name, value] of Object.entries(fields)) body.append(name, value);
			body.append('file', new Blob([content], { type: 'text/plain' }), 'fake.txt');
			return body;
		};
		const { client } = editor;
		const kept = { status: 403, code: 'DOORSTEP_FILE_KEPT' };
		const planted = await client.request('POST', '/files', form({ doorstep_case: theCase.id }));
		expect(inShort(planted)).toMatchObject(kept);
		for (const by of [client, admin]) {
			expect(inShort(await by.request('PATCH', `/files/${attached}`, form({ title: 'x' }))).status).toBe(403);
			const moved = await by.request('PATCH', `/files/${attached}`, { doorstep_case: null });
			expect(inShort(moved).status).toBe(403);
		}
		expect(inShort(await client.request('DELETE', `/files/${attached}`)).status).toBe(403);
		const content = await world.cadre.client.request('GET', `/assets/${attached}`);
		expect([content.status, content.raw.toString()]).toEqual([200, CONTENT]);
	});

	test('of a complaint are hidden from the cadre whom it is about', async () => {
		const complaint = await create(world.supervisor.client, 'doorstep_cases', {
			...{
				household: world.household,
				ledger: 'reported',
				title: '反映态度',
				about_cadre: world.cadre.cadre,
			},
		});
		const file = await upload(world.supervisor.client);
		expect((await step(world.supervisor, complaint, 'note', { note: '来信', files: [file] })).status).toBe(
			200,
		);
		expect(await opened(world.supervisor.client, file)).toBe(200);
		expect(await opened(world.cadre.client, file)).toBe(403);
		expect(await opened(world.leader.client, file)).toBe(403);
	});
});

describe('what has been uploaded and belongs to no case', () => {
	test('is its uploader’s alone', async () => {
		const draft = await upload(world.cadre.client);
		expect(await opened(world.cadre.client, draft)).toBe(200);
		for (const { client } of [world.leader, world.colleague, world.supervisor])
			expect(await opened(client, draft)).toBe(403);
	});

	test('is not handed to a case by anybody else, twice, or beside a step', async () => {
		const invalid = { status: 400, code: 'DOORSTEP_INVALID', field: 'files' };
		const refusedTo = async (by: Person, files: unknown) =>
			inShort(await step(by, theCase.id, 'note', { note: '附件', files }));
		const draft = await upload(world.colleague.client);
		expect(await refusedTo(world.cadre, [draft])).toEqual(invalid);
		expect(await refusedTo(world.cadre, [attached])).toEqual(invalid);
		expect(await refusedTo(world.cadre, [theCase.id])).toEqual(invalid);
		expect(await refusedTo(world.cadre, ['photo'])).toEqual(invalid);
		expect(await opened(world.cadre.client, draft)).toBe(403);
		const own = await upload(world.cadre.client);
		const path = `/files/${own}`;
		const claim = { doorstep_case: theCase.id };
		expect((await world.cadre.client.request('PATCH', path, claim)).status).toBe(403);
		expect(inShort(await admin.request('PATCH', path, claim))).toMatchObject({ code: 'DOORSTEP_FILE_KEPT' });
		expect(await refusedTo({ ...world.cadre, client: admin }, [own])).toEqual(invalid);
		expect((await world.cadre.client.request('PATCH', path, { title: '别的' })).status).toBe(403);
		expect(inShort(await world.cadre.client.request('DELETE', `/files/${attached}`)).status).toBe(403);
	});

	test('a step that is refused leaves its files where they were', async () => {
		const draft = await upload(world.cadre.client);
		const early = await step(world.cadre, theCase.id, 'close', { files: [draft] });
		expect(inShort(early).status).toBe(409);
		expect((await step(world.cadre, theCase.id, 'note', { note: '再试', files: [draft] })).status).toBe(200);
		expect(await opened(world.leader.client, draft)).toBe(200);
	});

	test('goes with the steps of a new case', async () => {
		const file = await upload(world.cadre.client);
		const settled = await recordCase(world.cadre, world.household, {
			ledger: 'immediate',
			steps: [{ kind: 'resolve', note: '当场办好', files: [file] }],
		});
		expect(settled.status).toBe('resolved');
		expect(await opened(world.leader.client, file)).toBe(200);
	});
});

/** Last, for it takes our column away from Directus's files and brings it back. */
describe('Idea 6: without our column', () => {
	test('the platform’s files are opened as ever, and provisioning brings cases and files together again', async () => {
		const picture = await upload(admin, 'logo.txt');
		await loseField(admin, 'directus_files', 'doorstep_case');
		await expect
			.poll(async () => (await visitor.request('GET', '/doorstep/health')).data, { timeout: 20_000 })
			.toEqual({ status: 'broken' });
		expect(await opened(admin, picture)).toBe(200);
		expect((await admin.request('PATCH', `/files/${picture}`, { title: '标志' })).status).toBe(200);
		expect((await admin.request('DELETE', `/files/${picture}`)).status).toBe(204);
		await admin.ok('POST', '/doorstep/provision', {});
		expect(await opened(world.leader.client, attached)).toBe(200);
		expect(await opened(world.clerk.client, attached)).toBe(403);
		expect(await admin.ok('GET', '/doorstep/audit')).toMatchObject({ ok: true });
	});
});
