import { setTimeout as sleep } from 'node:timers/promises';
import type { Knex } from 'knex';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { watchOf } from '../../extensions/cases/watch.js';
import type { Platform } from '../../extensions/platform/context.js';
import { installationOf } from '../../extensions/platform/installation.js';
import { loseField, withCustomCode } from '../harness/custom-code.js';
import { connectTo } from '../harness/database.js';
import { logIn } from '../harness/request.js';
import { startProvisioned } from '../harness/township.js';
import { makePerson } from '../harness/world.js';
import { snapshot } from '../unit/snapshot.js';

// A transport that lacks its host: wherever the tests run, there is no mail.
const withoutMail = { EMAIL_TRANSPORT: 'smtp', DOORSTEP_MAIL_SECONDS: '1' };
const env = {
	...(await withCustomCode()),
	...withoutMail,
	DOORSTEP_SWEEP_SECONDS: '1',
	DOORSTEP_WATCH_SECONDS: '1',
};
const township = await startProvisioned({ env });
const { admin } = township;
afterAll(() => township.stop());

const HOUR = 3_600_000;
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
const loseAField = () => loseField(admin, 'doorstep_cases', 'told');

describe('administrators are told what is wrong with the platform', () => {
	test('that mail is not set up: once, also after a restart', async () => {
		await untilTold([NO_MAIL]);
		await township.restart();
		await someLooks();
		expect(await told()).toEqual([NO_MAIL]);
		expect(await admin.ok('GET', '/doorstep/health')).toMatchObject({ mail: 'not_set_up', unsent_mail: 0 });
	});

	test('F6: without mail, letters are left for another instance for a day, and then nothing piles up', async () => {
		const put = (key: string, ageHours: number, attempts: number) => {
			const time = Date.now() - ageHours * HOUR;
			const at = township.database === 'sqlite' ? time : new Date(time).toISOString();
			return township.sql(
				`insert into doorstep_outbox (key, recipient, subject, body, created_at, next_try_at, attempts)
					values (?, ?, '办', '办', ?, ?, ?)`,
				[key, adminId, at, at, attempts],
			);
		};
		await put('23 hours', 23.9, 0);
		await put('23 hours, tried', 23.9, 5);
		await put('a day, tried', 24.1, 5);
		await put('a month, tried', 24 * 30 + 0.1, 5);
		await put('a day', 24.1, 0);
		const left = () =>
			township.sql(
				'select key, case when next_try_at is null then 0 else 1 end as waits from doorstep_outbox',
			);
		const expected = [
			{ key: '23 hours', waits: 1 },
			{ key: '23 hours, tried', waits: 1 },
			{ key: 'a day, tried', waits: 0 },
		];
		await expect.poll(left, { timeout: 20_000 }).toEqual(expect.arrayContaining(expected));
		await someLooks();
		expect((await left()).length).toBe(expected.length);
		expect(await admin.ok('GET', '/doorstep/health')).toMatchObject({ unsent_mail: 2 });
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

describe('several processes', () => {
	let quiet: Awaited<ReturnType<typeof startProvisioned>>;
	const connections: Knex[] = [];
	beforeAll(async () => {
		quiet = await startProvisioned({
			env: { ...withoutMail, DOORSTEP_SWEEP_SECONDS: '0', DOORSTEP_WATCH_SECONDS: '1' },
		});
	});
	afterEach(() => Promise.all(connections.splice(0).map((connection) => connection.destroy())));
	afterAll(() => quiet.stop());

	/** Looks at the platform as a process of its own that has been ready for an hour. */
	function aProcess(settings: Record<string, string>): () => Promise<void> {
		const database = connectTo(quiet.stopped.database);
		connections.push(database);
		Object.assign(installationOf(database), { state: 'ready', readySince: new Date(Date.now() - HOUR) });
		return watchOf({ database, env: settings } as unknown as Platform, snapshot);
	}
	const sweeping = () => aProcess({ DOORSTEP_SWEEP_SECONDS: '30', DOORSTEP_MAIL_SECONDS: '0' });
	const sweptAt = (ago: number) =>
		quiet.sql(
			`insert into doorstep_meta (key, value) values ('last_sweep', ?)
				on conflict (key) do update set value = excluded.value`,
			[new Date(Date.now() - ago).toISOString()],
		);
	/** As if that was when the last process saw it, and not just now. */
	const lastSeen = (ago: number) =>
		quiet.sql("update doorstep_meta set value = ? where key = 'told_sweep_overdue'", [
			new Date(Date.now() - ago).toISOString(),
		]);
	const tellings = async (subject: string) =>
		(
			await quiet.sql<{ message: string }>('select message from directus_notifications where subject = ?', [
				subject,
			])
		).map(({ message }) => message);
	const overdueAgain = async () => {
		await quiet.sql("delete from doorstep_meta where key = 'told_sweep_overdue'");
		await quiet.sql('delete from directus_notifications where subject = ?', [OVERDUE]);
		await sweptAt(HOUR);
	};

	test('administrators are told also where another calls the sweep', async () => {
		await expect.poll(() => tellings(NO_MAIL), { timeout: 20_000 }).toHaveLength(1);
		expect(await tellings(OVERDUE)).toEqual([]);
	});

	test('one that sees nothing wrong when it starts does not make the others tell again', async () => {
		await expect.poll(() => tellings(NO_MAIL), { timeout: 20_000 }).toHaveLength(1);
		const withMail = { ...withoutMail, EMAIL_SMTP_HOST: 'mail.example.com', DOORSTEP_SWEEP_SECONDS: '0' };
		await aProcess(withMail)();
		await aProcess({ ...withoutMail, DOORSTEP_SWEEP_SECONDS: '0' })();
		expect(await tellings(NO_MAIL)).toHaveLength(1);
	});

	test('an overdue sweep is told once through restarts, and again when it comes back', async () => {
		await sweptAt(0);
		const [one, other] = [sweeping(), sweeping()];
		await Promise.all([one(), other()]);
		expect(await tellings(OVERDUE)).toEqual([]);
		await sweptAt(HOUR);
		await Promise.all([one(), other()]);
		await Promise.all([one(), other(), sweeping()()]);
		expect(await tellings(OVERDUE)).toEqual([
			expect.stringMatching(/the last time was \d{4}-\d\d-\d\d \d\d:\d\d\./) as string,
		]);
		await sweptAt(0);
		await one();
		await sweptAt(HOUR);
		await one();
		expect(await tellings(OVERDUE)).toHaveLength(2);
	});

	test('what a process saw until it ended counts for a day for the one that starts after it', async () => {
		await overdueAgain();
		await sweeping()();
		await lastSeen(23 * HOUR);
		await sweeping()();
		expect(await tellings(OVERDUE)).toHaveLength(1);
		await lastSeen(25 * HOUR);
		await sweeping()();
		expect(await tellings(OVERDUE)).toHaveLength(2);
	});

	test('it counts for ten looks for one that saw that it was gone', async () => {
		await overdueAgain();
		await sweeping()();
		for (const [minutesAgo, times] of [
			[9, 1],
			[11, 2],
		] as const) {
			await sweptAt(0);
			const next = sweeping();
			await next();
			await sweptAt(HOUR);
			await lastSeen(minutesAgo * 60_000);
			await next();
			expect(await tellings(OVERDUE)).toHaveLength(times);
		}
	});

	test('while it lasts, whoever sees it keeps it from being told again', async () => {
		await overdueAgain();
		const one = sweeping();
		await one();
		await lastSeen(25 * HOUR);
		await one();
		await sweeping()();
		expect(await tellings(OVERDUE)).toHaveLength(1);
	});
});
