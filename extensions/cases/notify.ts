import type { Knex } from 'knex';
import { dialectOf, toRow } from '../platform/dialect.js';
import { localeOf } from '../platform/errors.js';
import { localeFrom, type Locale } from '../platform/words.js';
import type { Notice } from './notices.js';

/**
 * Puts notices into Directus's inboxes, in the caller's transaction: who has to be told is told, or nothing happened.
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
	const locales = await localesOf(trx, users);
	const dialect = dialectOf(trx);
	for (const user of users) {
		const notice = noticeFor(user, locales.get(user) ?? 'zh-CN');
		const row = { timestamp: now, status: 'inbox', recipient: user, ...notice };
		await trx('directus_notifications').insert(toRow(dialect, row));
	}
}

async function localesOf(trx: Knex, users: readonly string[]): Promise<Map<string, Locale>> {
	const project = await localeOf(trx, null);
	const rows = await trx('directus_users')
		.whereIn('id', users)
		.select<{ id: string; language: string | null }[]>('id', 'language');
	return new Map(rows.map((row) => [row.id, row.language ? localeFrom(row.language) : project]));
}
