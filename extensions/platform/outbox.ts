import type { Knex } from 'knex';
import { databaseNow } from './clock.js';
import type { DatabaseObject } from './database-objects.js';
import { dialectOf, toRow } from './dialect.js';
import { insertMany } from './insert.js';

/** A mail that is to go to a user; its address, greeting and link are looked up when it goes. */
export interface Letter {
	/** Of what it tells: one mail for each. */
	key: string;
	/** A user's id. */
	recipient: string;
	subject: string;
	body: string;
	/** Where it leads to in the studio: `content/doorstep_cases/<id>`. */
	path: string | null;
}

/** A letter in the hands of one sender. */
export interface TakenLetter extends Letter {
	/** How often it was taken, this time included; another number means that somebody else has taken it since. */
	attempts: number;
}

const OUTBOX = 'doorstep_outbox';
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/**
 * How long a letter stays with whoever took it. Nodemailer gives up an address that cannot be reached after 2 minutes, a greeting
 * after half a minute and a silent connection after 10, and Directus changes none of that.
 */
const LEASE_MS = 15 * MINUTE_MS;
const GIVEN_UP_AFTER_MS = 24 * HOUR_MS;
const PURGED_AFTER_MS = 30 * 24 * HOUR_MS;

/**
 * Mails that wait, that went, and that were given up; Directus does not list it. A mail waits while `next_try_at` holds a time. To
 * SQLite a `timestamptz` is a number like any other: times stand there in milliseconds, as Directus's own do.
 */
export const OUTBOX_OBJECTS: readonly DatabaseObject[] = [
	{
		kind: 'table',
		name: OUTBOX,
		columns: `key varchar(60) primary key, recipient varchar(36) not null, subject varchar(255) not null, body text not null,
			path varchar(255), created_at timestamptz not null, next_try_at timestamptz, attempts integer not null,
			sent_at timestamptz, last_error text`,
	},
	{ kind: 'index', name: 'doorstep_outbox_waiting', table: OUTBOX, columns: ['next_try_at', 'created_at'] },
];

/** Leaves letters for the sender, in the caller's transaction: what is rolled back is never mailed. */
export async function putIntoOutbox(trx: Knex, letters: readonly Letter[], now: Date): Promise<void> {
	const waiting = { created_at: now, next_try_at: now, attempts: 0 };
	await insertMany(
		trx,
		OUTBOX,
		letters.map((letter) => ({ ...letter, ...waiting })),
	);
}

/**
 * How long a mail rests after so many attempts, in milliseconds: a minute, doubled each time, an hour at most.
 *
 * @example pauseMs(3) // 240_000
 */
export function pauseMs(attempts: number): number {
	return Math.min(MINUTE_MS * 2 ** (attempts - 1), HOUR_MS);
}

/**
 * Takes the letter that has been due longest, for as long as sending it may last. So nothing is held in the database while a mail
 * server thinks, and no other instance sends the same meanwhile; if this one dies, another sends it when the time is over. What has
 * waited for a day is left to `tidyOutbox`.
 */
export async function takeDue(database: Knex): Promise<TakenLetter | undefined> {
	const dialect = dialectOf(database);
	return database.transaction(async (trx) => {
		const now = await databaseNow(trx);
		const due = trx(OUTBOX)
			.where('next_try_at', '<=', timeOf(database, now))
			.where('created_at', '>=', timeOf(database, earlier(now, GIVEN_UP_AFTER_MS)))
			.orderBy([{ column: 'next_try_at' }, { column: 'key' }])
			.first<TakenLetter | undefined>(...['key', 'recipient', 'subject', 'body', 'path', 'attempts']);
		if (dialect === 'postgres') due.forUpdate().skipLocked();
		const found = await due;
		if (found === undefined) return undefined;
		const attempts = found.attempts + 1;
		const next_try_at = new Date(now.getTime() + LEASE_MS);
		await trx(OUTBOX).where({ key: found.key }).update(toRow(dialect, { attempts, next_try_at }));
		return { ...found, attempts };
	});
}

export async function noteSent(database: Knex, { key }: Letter): Promise<void> {
	const sent = { sent_at: await databaseNow(database), next_try_at: null, last_error: null };
	await database(OUTBOX)
		.where({ key })
		.update(toRow(dialectOf(database), sent));
}

/** Says when it is tried again; not if it was given up meanwhile, or if this took so long that another has taken it. */
export async function noteFailed(database: Knex, { key, attempts }: TakenLetter, why: string): Promise<void> {
	const next_try_at = new Date((await databaseNow(database)).getTime() + pauseMs(attempts));
	await database(OUTBOX)
		.where({ key, attempts })
		.whereNotNull('next_try_at')
		.update(toRow(dialectOf(database), { next_try_at, last_error: why }));
}

/** Of somebody who is to have no mail any more. */
export async function removeLetter(database: Knex, { key }: Letter): Promise<void> {
	await database(OUTBOX).where({ key }).delete();
}

/** Of what must not be told any more, sent or not. @returns how many there were */
export async function removeLettersTo(trx: Knex, paths: readonly string[]): Promise<number> {
	return trx(OUTBOX).whereIn('path', paths).delete();
}

/** Changes what the letters to a place say that hold a text, or removes them where `reword` has nothing to say. @returns how many */
export async function rewordLetters(
	trx: Knex,
	{ path, holding }: { path: string; holding: string },
	reword: (body: string) => string | undefined,
): Promise<number> {
	const letters = await trx(OUTBOX)
		.where({ path })
		.whereLike('body', `%${holding}%`)
		.select<{ key: string; body: string }[]>('key', 'body');
	let changed = 0;
	for (const { key, body } of letters) {
		const said = reword(body);
		if (said === body) continue;
		changed += 1;
		await (said === undefined
			? trx(OUTBOX).where({ key }).delete()
			: trx(OUTBOX).where({ key }).update({ body: said }));
	}
	return changed;
}

/**
 * Gives up what has waited for a day, for nobody wants yesterday's reminders in a heap. What was tried in vain is kept for a month
 * with the reason, as is what was sent; what nobody tried is removed, so that little lies about where there is no mail.
 */
export async function tidyOutbox(database: Knex): Promise<void> {
	const now = await databaseNow(database);
	const olderThan = (ms: number) =>
		database(OUTBOX).where('created_at', '<', timeOf(database, earlier(now, ms)));
	await olderThan(GIVEN_UP_AFTER_MS).where({ attempts: 0 }).delete();
	await olderThan(GIVEN_UP_AFTER_MS).whereNotNull('next_try_at').update({ next_try_at: null });
	await olderThan(PURGED_AFTER_MS).delete();
}

/** How many mails wait to be sent. */
export async function unsentMail(database: Knex): Promise<number> {
	const [row] = await database(OUTBOX)
		.whereNotNull('next_try_at')
		.count<{ n: number | string }[]>({ n: '*' });
	return Number(row?.n ?? 0);
}

function earlier(now: Date, ms: number): Date {
	return new Date(now.getTime() - ms);
}

function timeOf(database: Knex, at: Date): Date | number {
	return dialectOf(database) === 'sqlite' ? at.getTime() : at;
}
