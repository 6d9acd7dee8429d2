import type { Knex } from 'knex';
import { databaseNow } from '../platform/clock.js';
import type { Platform } from '../platform/context.js';
import { rowsOf } from '../platform/dialect.js';
import { ADMINISTRATORS_SQL } from '../platform/hats.js';
import { faultsOf, installationOf, readMeta } from '../platform/installation.js';
import { mailSeconds, mailSetUp } from '../platform/mail.js';
import type { Snapshot } from '../platform/snapshot.js';
import { inWords, type Locale } from '../platform/words.js';
import { sweepIsOverdue } from './health.js';
import { localMinuteOf, type Notice } from './notices.js';
import { putIntoInboxes } from './notify.js';
import { NEVER, WATCH_WORDS } from './strings.js';
import { LAST_SWEEP } from './sweep.js';

/** What administrators have to know of the platform itself. */
export type Condition = keyof typeof WATCH_WORDS;

/** What is the matter in detail, for the words. */
type Detail = (locale: Locale) => string;

/** Absent where it cannot be told now; null where all is well. */
type Sight = Partial<Record<Condition, Detail | null>>;

/** So many faults are named; the rest is in `health`. */
const NAMED = 10;

/**
 * Gives a task that looks after the platform and tells every administrator what is wrong, once until it has gone away. Each process
 * acts on changes that it sees itself; which of several tells, and whether that was done before a restart, a row in `doorstep_meta`
 * decides. So instances with different settings do not tell by turns.
 */
export function watchOf(platform: Platform, snapshot: Snapshot): () => Promise<void> {
	const { database } = platform;
	const seen = new Map<Condition, boolean>();
	return async () => {
		if (installationOf(database).state === 'not_installed') return;
		// Without a memory it would tell the same again and again; it comes back with what else can be mended.
		if (!(await database.schema.hasTable('doorstep_meta'))) return;
		for (const [condition, detail] of Object.entries(await sightOf(platform, snapshot))) {
			const is = condition as Condition;
			if (seen.get(is) === (detail !== null)) continue;
			await (detail === null ? forget(database, is) : tellOnce(database, is, detail));
			seen.set(is, detail !== null);
		}
	};
}

async function sightOf(platform: Platform, snapshot: Snapshot): Promise<Sight> {
	const { database, env } = platform;
	// What this process found last may be mended by now, from another instance.
	const faults = installationOf(database).state === 'broken' ? await faultsOf(database, snapshot) : [];
	const sight: Sight = { broken: faults.length === 0 ? null : () => faults.slice(0, NAMED).join(', ') };
	const overdue = await sweepIsOverdue(platform);
	if (overdue !== undefined) sight.sweep_overdue = overdue ? await lastSweepIn(database) : null;
	if (mailSeconds(env) > 0) sight.no_mail = mailSetUp(env) ? null : () => '';
	return sight;
}

async function lastSweepIn(database: Knex): Promise<Detail> {
	const last = await readMeta(database, LAST_SWEEP);
	return (locale) => (last === undefined ? inWords(NEVER, locale) : localMinuteOf(new Date(last)));
}

/** Writes without Directus's services: it has to work while writes to our collections are refused. */
async function tellOnce(database: Knex, condition: Condition, detail: Detail): Promise<void> {
	await database.transaction(async (trx) => {
		const now = await databaseNow(trx);
		const mine = await rowsOf(
			trx,
			'insert into doorstep_meta (key, value) values (?, ?) on conflict (key) do nothing returning key',
			[keyOf(condition), now.toISOString()],
		);
		if (mine.length === 0) return;
		const administrators = await rowsOf<{ person: string }>(trx, ADMINISTRATORS_SQL);
		const users = administrators.map(({ person }) => person);
		await putIntoInboxes(trx, users, now, (_user, locale) => watchNotice(condition, detail(locale), locale));
	});
}

async function forget(database: Knex, condition: Condition): Promise<void> {
	await database('doorstep_meta')
		.where({ key: keyOf(condition) })
		.delete();
}

export function watchNotice(condition: Condition, what: string, locale: Locale): Notice {
	const { subject, message } = WATCH_WORDS[condition];
	return {
		subject: inWords(subject, locale),
		message: inWords(message, locale, { what }),
		collection: null,
		item: null,
	};
}

function keyOf(condition: Condition): string {
	return `told_${condition}`;
}
