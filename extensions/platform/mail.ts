import { existsSync } from 'node:fs';
import type { Knex } from 'knex';
import type { Mail, Platform, Services } from './context.js';
import { localeOf } from './errors.js';
import { installationOf } from './installation.js';
import { noteFailed, noteSent, removeLetter, takeDue, tidyOutbox, type Letter } from './outbox.js';
import { repeat } from './repeat.js';
import { MAIL_WORDS } from './strings.js';
import { inWords, type Locale } from './words.js';

const DEFAULT_SECONDS = 30;
/** After so many failures in a row the mail server is taken to be down, and the others are not put off as well. */
const FAILURES_IN_A_ROW = 3;
const ERROR_LENGTH = 500;

/** Seconds between two rounds of the sender (`DOORSTEP_MAIL_SECONDS`); 0: this instance sends nothing. */
export function mailSeconds(env: Platform['env']): number {
	const given = Number(env['DOORSTEP_MAIL_SECONDS'] ?? DEFAULT_SECONDS);
	return Number.isFinite(given) && given >= 0 ? given : DEFAULT_SECONDS;
}

/**
 * Whether Directus has what it needs to send mail, as far as its settings tell. Unset it means sendmail, which most servers lack.
 *
 * @example mailSetUp({ EMAIL_TRANSPORT: 'smtp', EMAIL_SMTP_HOST: 'mail.example.com' }) // true
 */
export function mailSetUp(env: Platform['env'], isFile: (path: string) => boolean = existsSync): boolean {
	const has = (name: string): boolean => textOf(env[name]) !== '';
	switch ((textOf(env['EMAIL_TRANSPORT']) || 'sendmail').toLowerCase()) {
		case 'sendmail':
			return isFile(textOf(env['EMAIL_SENDMAIL_PATH']) || '/usr/sbin/sendmail');
		case 'smtp':
			return has('EMAIL_SMTP_HOST');
		case 'mailgun':
			return has('EMAIL_MAILGUN_API_KEY') && has('EMAIL_MAILGUN_DOMAIN');
		case 'ses':
			// Nobody names it by accident, and it finds its region and keys in places that are not Directus's.
			return true;
		default:
			return false;
	}
}

/** A mail as it goes out: what the notification says, and the way to it. Only an absolute `PUBLIC_URL` makes a link. */
export function mailOf(
	{ subject, body, path }: Pick<Letter, 'subject' | 'body' | 'path'>,
	publicUrl: unknown,
	locale: Locale,
): Omit<Mail, 'to'> {
	const base = textOf(publicUrl).replace(/\/+$/, '');
	const linked = path !== null && /^https?:\/\//.test(base);
	const link = linked ? [inWords(MAIL_WORDS.link, locale, { url: `${base}/admin/${path}` })] : [];
	return {
		subject: oneLine(subject),
		text: [body, ...link, inWords(MAIL_WORDS.footer, locale)].join('\n\n'),
	};
}

/** Titles come from people: a line break in a subject would begin another header. */
function oneLine(text: string): string {
	return text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim();
}

/**
 * Sends the mails that are due: each at least once, and twice only if this process ends between sending and noting it, or if
 * sending takes longer than a letter stays taken.
 *
 * @throws whatever the database throws; what the mail server throws is noted with the letter
 */
async function sendDue({ database, services, env, logger, getSchema }: Platform): Promise<void> {
	let failures = 0;
	let post: InstanceType<Services['MailService']> | undefined;
	while (failures < FAILURES_IN_A_ROW) {
		const letter = await takeDue(database);
		if (letter === undefined) return;
		const address = (await recipientsOf(database, [letter.recipient])).get(letter.recipient);
		if (address === undefined) {
			await removeLetter(database, letter);
			continue;
		}
		try {
			const locale = await localeOf(database, letter.recipient);
			// Once a round: Directus looks after the mail server each time.
			post ??= new services.MailService({ knex: database, schema: await getSchema() });
			await post.send({ to: { name: '', address }, ...mailOf(letter, env['PUBLIC_URL'], locale) });
		} catch (error) {
			failures += 1;
			logger.warn(error, 'Doorstep: a mail could not be sent; it is tried again later');
			const why = error instanceof Error ? error.message : String(error);
			await noteFailed(database, letter, why.slice(0, ERROR_LENGTH));
			continue;
		}
		failures = 0;
		await noteSent(database, letter);
	}
}

/** The e-mail addresses of those among these users who are to have mail: active, with an address, and not having declined it. */
export async function recipientsOf(database: Knex, users: readonly string[]): Promise<Map<string, string>> {
	const rows = await database('directus_users')
		.whereIn('id', users)
		.where({ status: 'active', email_notifications: true })
		.whereNotNull('email')
		.select<{ id: string; email: string }[]>('id', 'email');
	return new Map(rows.filter(({ email }) => email !== '').map(({ id, email }) => [id, email]));
}

/**
 * Every instance sends by itself. One without mail leaves the letters alone, for another may have it, and only clears away what is
 * over: letters are written deep inside transactions that know nothing of Directus's settings, and where no instance has mail they
 * would pile up, and flood people on the day it is set up.
 */
export function startMailing(platform: Platform): void {
	const { database, env, logger } = platform;
	const seconds = mailSeconds(env);
	const sends = seconds > 0 && mailSetUp(env);
	repeat(
		seconds || DEFAULT_SECONDS,
		async () => {
			if (installationOf(database).state !== 'ready') return;
			await tidyOutbox(database);
			if (sends) await sendDue(platform);
		},
		(error) => {
			logger.error(error, 'Doorstep: a round of mail failed; the next one makes up for it');
		},
	);
}

/** Directus turns some settings into numbers. */
function textOf(setting: unknown): string {
	return typeof setting === 'string' || typeof setting === 'number' ? String(setting).trim() : '';
}
