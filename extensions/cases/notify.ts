import type { Knex } from 'knex';
import { localeOf } from '../platform/errors.js';
import { insertMany } from '../platform/insert.js';
import { recipientsOf } from '../platform/mail.js';
import { putIntoOutbox, type Letter } from '../platform/outbox.js';
import { localeFrom, type Locale } from '../platform/words.js';
import type { Notice } from './notices.js';

/** A notice that lies in somebody's inbox. */
interface Delivered extends Notice {
	/** In `directus_notifications`. */
	id: number;
	user: string;
}

/**
 * Puts notices into Directus's inboxes, and into the outbox for those who have mail, in the caller's transaction: who has to be
 * told is told, or nothing happened.
 *
 * @param noticeFor the words for a user in that user's language
 */
export async function notify(
	trx: Knex,
	users: readonly string[],
	now: Date,
	noticeFor: (user: string, locale: Locale) => Notice,
): Promise<void> {
	if (users.length === 0) return;
	const delivered = await putIntoInboxes(trx, users, now, noticeFor);
	const withMail = await recipientsOf(trx, users);
	await putIntoOutbox(trx, delivered.filter(({ user }) => withMail.has(user)).map(letterOf), now);
}

/** The same without mail. Each user once. */
export async function putIntoInboxes(
	trx: Knex,
	users: readonly string[],
	now: Date,
	noticeFor: (user: string, locale: Locale) => Notice,
): Promise<Delivered[]> {
	const locales = await localesOf(trx, users);
	const notices = new Map(users.map((user) => [user, noticeFor(user, locales.get(user) ?? 'zh-CN')]));
	const inserted = await insertMany<{ id: number; recipient: string }>(
		trx,
		'directus_notifications',
		Array.from(notices, ([recipient, notice]) => ({ timestamp: now, status: 'inbox', recipient, ...notice })),
		['id', 'recipient'],
	);
	return inserted.flatMap(({ id, recipient }) => {
		const notice = notices.get(recipient);
		return notice === undefined ? [] : [{ ...notice, id, user: recipient }];
	});
}

/** A mail says what the notice says, and no more. */
function letterOf({ id, user, subject, message, collection, item }: Delivered): Letter {
	const path = collection === null ? null : ['content', collection, item].filter(Boolean).join('/');
	return { key: `notification/${id}`, recipient: user, subject, body: message, path };
}

async function localesOf(trx: Knex, users: readonly string[]): Promise<Map<string, Locale>> {
	const project = await localeOf(trx, null);
	const rows = await trx('directus_users')
		.whereIn('id', users)
		.select<{ id: string; language: string | null }[]>('id', 'language');
	return new Map(rows.map((row) => [row.id, row.language ? localeFrom(row.language) : project]));
}
