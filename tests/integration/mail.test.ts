import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { noteFailed, takeDue } from '../../extensions/platform/outbox.js';
import { connectTo } from '../harness/database.js';
import { startMailSink, type ReceivedMail } from '../harness/mail-sink.js';
import { startProvisioned, startSecondInstance, type RunningInstance } from '../harness/township.js';
import { buildWorld, recordCase, step, type CaseRow, type Person } from '../harness/world.js';

const sink = await startMailSink();
const env = { ...sink.env, DOORSTEP_MAIL_SECONDS: '1', DOORSTEP_SWEEP_SECONDS: '0' };
const township = await startProvisioned({ env });
const world = await buildWorld(township);
afterAll(async () => {
	await township.stop();
	await sink.stop();
});

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const FOOTER = '本邮件由农事户办系统自动发送，请勿直接回复。';

interface Waiting {
	recipient: string;
	subject: string;
	attempts: number;
	last_error: string | null;
}

const sweep = () => township.admin.ok('POST', '/doorstep/sweep');
const lateCase = (more: object = {}) =>
	recordCase(world.cadre, world.household, {
		happened_at: new Date(Date.now() - 25 * HOUR).toISOString(),
		...more,
	});
const addressOf = async ({ user }: Person) =>
	(await township.admin.ok<{ email: string }>('GET', `/users/${user}?fields=email`)).email;
const mailsTo = async (person: Person): Promise<ReceivedMail[]> => {
	const address = await addressOf(person);
	return sink.received.filter(({ to }) => to.includes(address));
};
const noticesOf = ({ client, user }: Person) =>
	client.ok<{ subject: string; message: string; item: string | null }[]>(
		'GET',
		`/notifications?filter[recipient][_eq]=${user}&sort=id`,
	);
const waiting = () =>
	township.sql<Waiting>(
		'select recipient, subject, attempts, last_error from doorstep_outbox where next_try_at is not null',
	);
const until = (check: () => Promise<void>) => vi.waitFor(check, { timeout: 20_000, interval: 100 });
const untilEmpty = () => expect.poll(waiting, { timeout: 20_000 }).toEqual([]);
/** A time as the outbox holds it. */
const at = (time: number) => (township.database === 'sqlite' ? time : new Date(time).toISOString());
const tryNow = () =>
	township.sql('update doorstep_outbox set next_try_at = created_at where next_try_at is not null');
/** As if so many minutes had gone by for whatever waits or is being sent. */
const later = (minutes: number) =>
	township.database === 'sqlite'
		? township.sql('update doorstep_outbox set next_try_at = next_try_at - ?', [minutes * MINUTE])
		: township.sql("update doorstep_outbox set next_try_at = next_try_at - ? * interval '1 minute'", [
				minutes,
			]);
const untilRefused = () =>
	until(async () => expect((await waiting()).map((row) => row.last_error)).not.toContain(null));
/** Longer than a round of the sender. */
const someRounds = () => sleep(2_500);

/** A leader is asked for time, so that the leader alone is told. */
async function askTime(recorded?: CaseRow): Promise<string> {
	const { id, number, title } = recorded ?? (await recordCase(world.cadre, world.household));
	expect((await step(world.cadre, id, 'ask_time', { hours: 2, note: '材料不齐' })).status).toBe(200);
	return `【申请延期】${number} ${title}`;
}

beforeEach(async () => {
	sink.mood = 'accepting';
	await untilEmpty();
	sink.received.length = 0;
});

describe('F6: whoever is told in the studio is told by mail', () => {
	test('F3: a raised rung mails each recipient once, and says no more than the notice', async () => {
		const late = await lateCase({ title: '新生儿落户' });
		await sweep();
		await untilEmpty();
		await someRounds();
		for (const person of [world.cadre, world.leader]) {
			const [notice] = (await noticesOf(person)).slice(-1);
			const where = `/admin/content/doorstep_cases${notice?.item ? `/${late.id}` : ''}`;
			expect(await mailsTo(person)).toEqual([
				expect.objectContaining({
					subject: notice?.subject,
					text: [notice?.message, `登录系统查看：${township.url}${where}`, FOOTER].join('\n\n'),
				}),
			]);
		}
		expect(sink.received).toHaveLength(2);
	});

	test('who wants no mail, or can log in no more, gets the notice alone', async () => {
		const path = `/users/${world.leader.user}`;
		const before = await noticesOf(world.leader);
		for (const [off, on] of [
			[{ email_notifications: false }, { email_notifications: true }],
			[{ email: null }, { email: await addressOf(world.leader) }],
		]) {
			await township.admin.ok('PATCH', path, off);
			await askTime();
			expect(await waiting()).toEqual([]);
			await township.admin.ok('PATCH', path, on);
		}
		expect(await noticesOf(world.leader)).toHaveLength(before.length + 2);

		sink.mood = 'refusing';
		const subject = await askTime();
		expect((await waiting()).map((row) => row.subject)).toEqual([subject]);
		await untilRefused();
		await township.admin.ok('PATCH', path, { status: 'suspended' });
		await tryNow();
		await untilEmpty();
		await township.admin.ok('PATCH', path, { status: 'active' });
		expect(sink.received).toEqual([]);
	});

	test('what is rolled back is not mailed', async () => {
		const steps = [{ kind: 'ask_time', hours: 2, note: '材料不齐' }, { kind: 'resolve' }];
		const refused = await world.cadre.client.request('POST', '/items/doorstep_cases', {
			...{ household: world.household, ledger: 'proxy', title: '作废' },
			steps,
		});
		expect(refused.errors[0]?.extensions.code).toBe('DOORSTEP_MISSING');
		const rows = await township.sql("select 1 from doorstep_outbox where subject like '%作废%'");
		expect(rows).toEqual([]);
		await recordCase(world.cadre, world.household, { title: '作数', steps: steps.slice(0, 1) });
		await until(async () => expect(await mailsTo(world.leader)).toHaveLength(1));
		expect(sink.received.map(({ subject }) => subject)).toEqual([expect.stringContaining('作数')]);
	});

	test('a mail speaks the language of whoever reads it', async () => {
		await township.admin.ok('PATCH', `/users/${world.leader.user}`, { language: 'en-US' });
		await askTime();
		await until(async () => expect(await mailsTo(world.leader)).toHaveLength(1));
		expect(sink.received[0]?.subject).toMatch(/^\[Ask for time\]/);
		expect(sink.received[0]?.text).toContain('Open it in the studio: http');
		await township.admin.ok('PATCH', `/users/${world.leader.user}`, { language: 'zh-CN' });
	});

	test('a title with line breaks adds no header and no recipient', async () => {
		const title = '修路\r\nBcc: everybody@example.com\r\n\r\n正文';
		await askTime(await recordCase(world.cadre, world.household, { title }));
		await until(async () => expect(await mailsTo(world.leader)).toHaveLength(1));
		const [mail] = sink.received;
		expect(mail?.to).toHaveLength(1);
		expect(mail?.head.filter((line) => /^bcc/i.test(line))).toEqual([]);
		expect(mail?.subject).toContain('修路 Bcc: everybody@example.com 正文');
	});
});

describe('F6: mail goes at least once', () => {
	test('a mail server that refuses at first gets it later; health counts what waits', async () => {
		sink.mood = 'refusing';
		const subject = await askTime();
		await until(async () => {
			const [row] = await waiting();
			expect(row).toMatchObject({ recipient: world.leader.user, subject, attempts: 1 });
			expect(row?.last_error).toContain('Come back later');
		});
		expect(await township.admin.ok('GET', '/doorstep/health')).toMatchObject({
			mail: 'set_up',
			unsent_mail: 1,
		});
		sink.mood = 'accepting';
		await someRounds();
		expect(sink.received).toEqual([]);
		await tryNow();
		await untilEmpty();
		expect((await mailsTo(world.leader)).map((mail) => mail.subject)).toEqual([subject]);
		expect(await township.admin.ok('GET', '/doorstep/health')).toMatchObject({ unsent_mail: 0 });
	});

	test('a process that is killed while sending leaves the mail to the next, after a quarter of an hour', async () => {
		sink.mood = 'silent';
		const { offered } = sink;
		const subject = await askTime();
		await expect.poll(() => sink.offered, { timeout: 20_000 }).toBe(offered + 1);
		await township.kill();
		sink.mood = 'accepting';
		expect((await waiting()).map((row) => [row.subject, row.attempts])).toEqual([[subject, 1]]);
		await township.restart();
		await later(14);
		await someRounds();
		expect(sink.received).toEqual([]);
		await later(1);
		await untilEmpty();
		await someRounds();
		expect(sink.received.map((mail) => mail.subject)).toEqual([subject]);
	});

	test('whoever comes back after its time is over puts nothing off and revives nothing', async () => {
		sink.mood = 'refusing';
		await askTime();
		await untilRefused();
		await township.kill();
		const database = connectTo(township.stopped.database);
		await tryNow();
		const slow = await takeDue(database);
		expect(slow?.attempts).toBe(2);
		await later(14);
		expect(await takeDue(database)).toBeUndefined();
		await later(1);
		const next = await takeDue(database);
		expect(next).toEqual({ ...slow, attempts: 3 });
		if (slow === undefined || next === undefined) throw new Error('nothing was due');

		await noteFailed(database, slow, 'too late');
		await later(14);
		expect(await takeDue(database)).toBeUndefined();
		await noteFailed(database, next, 'in time');
		expect(await waiting()).toMatchObject([{ attempts: 3, last_error: 'in time' }]);
		await later(3.9);
		expect(await takeDue(database)).toBeUndefined();
		await later(0.1);
		const last = await takeDue(database);
		expect(last?.attempts).toBe(4);
		await township.sql('update doorstep_outbox set next_try_at = null');
		await noteFailed(database, last ?? next, 'after it was given up');
		expect(await waiting()).toEqual([]);
		await database.destroy();
		await township.restart();
	});

	test('what nobody could send within a day is given up and kept for a month', async () => {
		sink.mood = 'refusing';
		const subject = await askTime();
		await until(async () => expect((await waiting())[0]?.last_error).not.toBeNull());
		const { offered } = sink;
		const age = (hours: number) =>
			township.sql('update doorstep_outbox set created_at = ? where subject = ?', [
				at(Date.now() - hours * HOUR),
				subject,
			]);
		await age(24.01);
		sink.mood = 'accepting';
		await untilEmpty();
		const kept = () =>
			township.sql<{ sent_at: unknown; last_error: string }>(
				'select sent_at, last_error from doorstep_outbox where subject = ?',
				[subject],
			);
		expect(await kept()).toEqual([
			{ sent_at: null, last_error: expect.stringContaining('Come back later') as string },
		]);
		expect(sink.offered).toBe(offered);
		await age(24 * 30 + 0.01);
		await expect.poll(kept, { timeout: 20_000 }).toEqual([]);
	});
});

describe.runIf(township.database === 'postgres')('F6: two instances', () => {
	let second: RunningInstance;
	beforeAll(async () => {
		second = await startSecondInstance(township, { env: { ...env, EMAIL_FROM: 'two@example.com' } });
	});
	afterAll(() => second.stop());
	beforeEach(() => {
		sink.delayMs = 0;
	});

	test('share the work and do not send the same', async () => {
		sink.delayMs = 100;
		const subjects = Array.from({ length: 40 }, (_, index) => `第${index}封`);
		await township.sql(
			`insert into doorstep_outbox (key, recipient, subject, body, created_at, next_try_at, attempts)
			select s, ?, s, s, now(), now(), 0 from regexp_split_to_table(?, ',') s`,
			[world.leader.user, subjects.join(',')],
		);
		await untilEmpty();
		expect(sink.received.map(({ subject }) => subject).sort()).toEqual(subjects.sort());
		const bySecond = sink.received.filter(({ head }) => head.some((line) => /^From:.*<two@/.test(line)));
		expect(bySecond.length).toBeGreaterThan(0);
		expect(bySecond.length).toBeLessThan(subjects.length);
	});

	test('a mail server that thinks for many minutes gets a mail from one of them alone', async () => {
		sink.delayMs = 6_000;
		const subject = await askTime();
		await until(async () => expect(await mailsTo(world.leader)).toHaveLength(1));
		await later(14);
		await untilEmpty();
		await someRounds();
		expect(sink.received.map((mail) => mail.subject)).toEqual([subject]);
	});
});
