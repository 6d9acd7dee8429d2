import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { watchOf } from '../../extensions/cases/watch.js';
import type { Platform } from '../../extensions/platform/context.js';
import { installationOf } from '../../extensions/platform/installation.js';
import { connectTo } from '../harness/database.js';
import { logIn } from '../harness/request.js';
import { startProvisioned } from '../harness/township.js';
import { makePerson } from '../harness/world.js';
import { snapshot } from '../unit/snapshot.js';

// A transport that lacks its host: wherever the tests run, there is no mail.
const env = { EMAIL_TRANSPORT: 'smtp', DOORSTEP_MAIL_SECONDS: '1', DOORSTEP_SWEEP_SECONDS: '1' };
const township = await startProvisioned({ env });
const { admin } = township;
afterAll(() => township.stop());

// A fresh Directus speaks English until somebody chooses.
const NO_MAIL = '[Doorstep] Mail is not set up';
const BROKEN = '[Doorstep] Not whole in the database, nothing can be written';
const OVERDUE = '[Doorstep] Nothing looks for deadlines any more';

const adminId = (await admin.ok<{ id: string }>('GET', '/users/me?fields=id')).id;
/** Subjects of all notices that concern the platform, by whom they are for. */
async function told(user = adminId): Promise<string[]> {
	const rows = await township.sql<{ subject: string }>(
		'select subject from directus_notifications where recipient = ? and collection is null order by id',
		[user],
	);
	return rows.map(({ subject }) => subject);
}
const untilTold = (expected: string[]) => expect.poll(told, { timeout: 20_000 }).toEqual(expected);
/** Longer than several looks. */
const someLooks = () => sleep(3_500);
const loseAField = async () => {
	expect((await admin.request('DELETE', '/fields/doorstep_cases/told')).status).toBe(204);
};

describe('administrators are told what is wrong with the platform', () => {
	test('that mail is not set up: once, also after a restart, and nothing piles up', async () => {
		await untilTold([NO_MAIL]);
		await township.restart();
		await someLooks();
		expect(await told()).toEqual([NO_MAIL]);
		expect(await admin.ok('GET', '/doorstep/health')).toMatchObject({ mail: 'not_set_up', unsent_mail: 0 });
		await township.sql(
			`insert into doorstep_outbox (key, recipient, subject, body, created_at, next_try_at, attempts)
				values ('notification/0', ?, '旧', '旧', current_timestamp, current_timestamp, 0)`,
			[adminId],
		);
		const left = () => township.sql('select key from doorstep_outbox');
		await expect.poll(left, { timeout: 20_000 }).toEqual([]);
	});

	test('that it is broken: once, whoever has an administrator’s rights, in their own language', async () => {
		const policy = (await admin.ok<{ id: string }>('POST', '/policies', { name: '全权', admin_access: true }))
			.id;
		const parent = (
			await admin.ok<{ id: string }>('POST', '/roles', { name: '机房', policies: [{ policy }] })
		).id;
		const role = (await admin.ok<{ id: string }>('POST', '/roles', { name: '值班', parent })).id;
		const user = async (more: object) =>
			(
				await admin.ok<{ id: string }>('POST', '/users', {
					email: `${crypto.randomUUID()}@example.com`,
					...more,
				})
			).id;
		const onDuty = await user({ role, language: 'zh-CN' });
		const left = await user({ role, status: 'suspended' });
		const cadre = await makePerson(township, '甲', ['cadre']);

		await loseAField();
		await untilTold([NO_MAIL, BROKEN]);
		await someLooks();
		expect(await told()).toEqual([NO_MAIL, BROKEN]);
		expect(await told(onDuty)).toEqual(['【农事户办】数据库组件不完整，已暂停写入']);
		for (const nobody of [left, cadre.user]) expect(await told(nobody)).toEqual([]);
		const [notice] = await township.sql<{ message: string }>(
			'select message from directus_notifications where recipient = ? and subject = ?',
			[adminId, BROKEN],
		);
		expect(notice?.message).toContain('doorstep_cases.told');
	});

	test('a restart repeats nothing; once it was mended and breaks again, they are told again', async () => {
		await township.restart();
		await someLooks();
		expect(await told()).toEqual([NO_MAIL, BROKEN]);
		expect(await admin.ok('POST', '/doorstep/provision', {})).toMatchObject({ state: 'ready' });
		await someLooks();
		await loseAField();
		await untilTold([NO_MAIL, BROKEN, BROKEN]);
	});

	test('without its memory it says nothing rather than the same for ever, and the platform goes on', async () => {
		const name = (await township.log()).length;
		await township.sql('drop table doorstep_meta');
		await someLooks();
		expect(await told()).toEqual([NO_MAIL, BROKEN, BROKEN]);
		expect((await township.log()).slice(name)).not.toContain('could not look after the platform');
		expect((await logIn(township.url, 'admin@doorstep.example.com', 'template-admin')).token).not.toBeNull();
	});
});

describe('a sweep that is overdue', () => {
	let quiet: Awaited<ReturnType<typeof startProvisioned>>;
	beforeAll(async () => {
		quiet = await startProvisioned({ env: { DOORSTEP_SWEEP_SECONDS: '0' } });
	});
	afterAll(() => quiet.stop());

	test('is told once by several instances and through restarts, and again when it comes back', async () => {
		const connections = [0, 1, 2].map(() => connectTo(quiet.stopped.database));
		const [one, other, restarted] = connections.map((database) => {
			Object.assign(installationOf(database), {
				state: 'ready',
				readySince: new Date(Date.now() - 3_600_000),
			});
			const platform = { database, env: { DOORSTEP_SWEEP_SECONDS: '30', DOORSTEP_MAIL_SECONDS: '0' } };
			return watchOf(platform as unknown as Platform, snapshot);
		});
		const sweptAt = (ago: number) =>
			quiet.sql(
				`insert into doorstep_meta (key, value) values ('last_sweep', ?)
					on conflict (key) do update set value = excluded.value`,
				[new Date(Date.now() - ago).toISOString()],
			);
		const tellings = async () =>
			(
				await quiet.sql<{ message: string }>('select message from directus_notifications where subject = ?', [
					OVERDUE,
				])
			).map(({ message }) => message);

		await sweptAt(0);
		await Promise.all([one?.(), other?.()]);
		expect(await tellings()).toEqual([]);
		await sweptAt(3_600_000);
		await Promise.all([one?.(), other?.()]);
		await Promise.all([one?.(), other?.(), restarted?.()]);
		expect(await tellings()).toEqual([
			expect.stringMatching(/the last time was \d{4}-\d\d-\d\d \d\d:\d\d\./) as string,
		]);
		await sweptAt(0);
		await one?.();
		await sweptAt(3_600_000);
		await one?.();
		expect(await tellings()).toHaveLength(2);
		await Promise.all(connections.map((connection) => connection.destroy()));
	});
});
