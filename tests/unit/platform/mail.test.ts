import { describe, expect, test } from 'vitest';
import { mailOf, mailSeconds, mailSetUp } from '../../../extensions/platform/mail.js';
import { pauseMs } from '../../../extensions/platform/outbox.js';

const there = () => true;
const missing = () => false;

describe('whether the platform has mail', () => {
	test('sendmail, which is meant where nothing is set, needs its program', () => {
		expect(mailSetUp({}, missing)).toBe(false);
		expect(mailSetUp({ EMAIL_TRANSPORT: 'sendmail' }, there)).toBe(true);
		const asked: string[] = [];
		const env = { EMAIL_TRANSPORT: '', EMAIL_SENDMAIL_PATH: '/opt/mail/sendmail' };
		mailSetUp(env, (path) => asked.push(path) > 1);
		mailSetUp({}, (path) => asked.push(path) > 1);
		expect(asked).toEqual(['/opt/mail/sendmail', '/usr/sbin/sendmail']);
	});

	test.each([
		['smtp with a host', { EMAIL_TRANSPORT: 'SMTP', EMAIL_SMTP_HOST: 'mail.example.com' }, true],
		['smtp without a host', { EMAIL_TRANSPORT: 'smtp', EMAIL_SMTP_PORT: 25 }, false],
		['smtp with an empty host', { EMAIL_TRANSPORT: 'smtp', EMAIL_SMTP_HOST: ' ' }, false],
		['mailgun', { EMAIL_TRANSPORT: 'mailgun', EMAIL_MAILGUN_API_KEY: 'k', EMAIL_MAILGUN_DOMAIN: 'd' }, true],
		['mailgun without a domain', { EMAIL_TRANSPORT: 'mailgun', EMAIL_MAILGUN_API_KEY: 'k' }, false],
		['ses', { EMAIL_TRANSPORT: 'ses' }, true],
		['a transport that Directus does not know', { EMAIL_TRANSPORT: 'pigeon' }, false],
	])('%s', (_name, env, expected) => {
		expect(mailSetUp(env, missing)).toBe(expected);
	});

	test.each([
		[undefined, 30],
		['5', 5],
		[0, 0],
		['-1', 30],
		['often', 30],
	])('DOORSTEP_MAIL_SECONDS=%s means every %d seconds', (given, seconds) => {
		expect(mailSeconds({ DOORSTEP_MAIL_SECONDS: given })).toBe(seconds);
	});
});

describe('what a mail says (F6)', () => {
	const letter = { subject: '【催办】2026-000001 修路', body: '修路', path: 'content/doorstep_cases/case-1' };

	test('F6: what the notice says, the way to the case, and who sent it', () => {
		expect(mailOf(letter, 'https://town.example.com/', 'zh-CN')).toEqual({
			subject: '【催办】2026-000001 修路',
			text: `修路

登录系统查看：https://town.example.com/admin/content/doorstep_cases/case-1

本邮件由农事户办系统自动发送，请勿直接回复。`,
		});
		expect(mailOf(letter, 'https://town.example.com/base', 'en-US').text).toContain(
			'Open it in the studio: https://town.example.com/base/admin/content/doorstep_cases/case-1\n',
		);
	});

	test.each([['/'], [undefined], ['javascript:alert(1)']])('PUBLIC_URL %s makes no link', (url) => {
		expect(mailOf(letter, url, 'zh-CN').text).toBe('修路\n\n本邮件由农事户办系统自动发送，请勿直接回复。');
	});

	test('F6: a notice without a case has no link', () => {
		expect(mailOf({ ...letter, path: null }, 'https://town.example.com', 'zh-CN').text).not.toContain('http');
	});

	test('a title with line breaks puts no header into a mail', () => {
		const subject = '修路\r\nBcc: everybody@example.com\u2028\u0085\u0000 ';
		expect(mailOf({ ...letter, subject }, '/', 'zh-CN').subject).toBe('修路 Bcc: everybody@example.com');
	});
});

test('a mail is tried again after a minute, then after twice as long each time, after an hour at most', () => {
	const minutes = [1, 2, 3, 4, 5, 6, 7, 8, 100].map((attempts) => pauseMs(attempts) / 60_000);
	expect(minutes).toEqual([1, 2, 4, 8, 16, 32, 60, 60, 60]);
});
