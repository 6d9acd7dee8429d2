import type { Knex } from 'knex';
import { databaseNow } from '../platform/clock.js';
import type { Platform } from '../platform/context.js';
import { rowsOf } from '../platform/dialect.js';
import { ADMINISTRATORS_SQL } from '../platform/hats.js';
import { faultsOf, installationOf, readMeta, writeMeta } from '../platform/installation.js';
import { mailSeconds, mailSetUp } from '../platform/mail.js';
import { activityDays, tracesGoEarly } from '../platform/retention.js';
import type { Snapshot } from '../platform/snapshot.js';
import { inWords, type Locale } from '../platform/words.js';
import { faultsInWords, lastAudit } from './audit-routine.js';
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

const DEFAULT_SECONDS = 60;
/** So many faults are named; the rest is in `health`. */
const NAMED = 10;
/** A process that sees a condition come waits for no other whose last look at it is so many looks ago. */
const LOOKS_MISSED = 10;
/** A process that finds a condition at its first look takes it for the one that was told of, if that was seen so long ago at most. */
const REMEMBERED_MS = 24 * 3_600_000;

/** Seconds between two looks at the platform (`DOORSTEP_WATCH_SECONDS`); 0 tells administrators nothing. */
export function watchSeconds(env: Platform['env']): number {
	const given = Number(env['DOORSTEP_WATCH_SECONDS'] ?? DEFAULT_SECONDS);
	return Number.isFinite(given) && given >= 0 ? given : DEFAULT_SECONDS;
}

/**
 * Gives a task that looks after the platform and tells every administrator what is wrong, once until it has gone away.
 *
 * What was told is a row in `doorstep_meta`, with the time at which any process saw it last. It keeps others, and those that are
 * restarted, from telling the same. Whoever saw the condition come and go removes it; who never saw it does not, for instances may
 * have different settings. A process that ends with the condition leaves the row behind: once nobody renews it, it counts no more.
 */
export function watchOf(platform: Platform, snapshot: Snapshot): () => Promise<void> {
	const { database, env } = platform;
	const seen = new Map<Condition, boolean>();
	const goneAfterMs = watchSeconds(env) * 1000 * LOOKS_MISSED;
	return async () => {
		if (installationOf(database).state === 'not_installed') return;
		// Without a memory it would tell the same again and again; it comes back with what else can be mended.
		if (!(await database.schema.hasTable('doorstep_meta'))) return;
		for (const [condition, detail] of Object.entries(await sightOf(platform, snapshot))) {
			const is = condition as Condition;
			const before = seen.get(is);
			if (detail === null) {
				if (before === true) await forget(database, is);
			} else if (before === true) {
				await renew(database, is);
			} else {
				await tellOnce(database, is, detail, before === false ? goneAfterMs : REMEMBERED_MS);
			}
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
	if (faults.length === 0) {
		const found = await lastAudit(platform);
		if (found !== null) sight.audit_faults = found.ok ? null : () => faultsInWords(found);
	}
	if (mailSeconds(env) > 0) sight.no_mail = mailSetUp(env) ? null : () => '';
	sight.traces_go_early = tracesGoEarly(env) ? () => String(activityDays(env)) : null;
	return sight;
}

async function lastSweepIn(database: Knex): Promise<Detail> {
	const last = await readMeta(database, LAST_SWEEP);
	return (locale) => (last === undefined ? inWords(NEVER, locale) : localMinuteOf(new Date(last)));
}

/**
 * Tells unless somebody saw it in the last so many milliseconds. Writes without Directus's services: it has to work while writes to
 * our collections are refused.
 */
async function tellOnce(
	database: Knex,
	condition: Condition,
	detail: Detail,
	withinMs: number,
): Promise<void> {
	await database.transaction(async (trx) => {
		const now = await databaseNow(trx);
		// Of several at once, the others wait for the first and then find its row. ISO times sort as text.
		const mine = await rowsOf(
			trx,
			`insert into doorstep_meta (key, value) values (?, ?)
				on conflict (key) do update set value = excluded.value where doorstep_meta.value < ? returning key`,
			[keyOf(condition), now.toISOString(), new Date(now.getTime() - withinMs).toISOString()],
		);
		if (mine.length === 0) return;
		const administrators = await rowsOf<{ person: string }>(trx, ADMINISTRATORS_SQL);
		const users = administrators.map(({ person }) => person);
		await putIntoInboxes(trx, users, now, (_user, locale) => watchNotice(condition, detail(locale), locale));
	});
}

async function renew(database: Knex, condition: Condition): Promise<void> {
	await writeMeta(database, keyOf(condition), (await databaseNow(database)).toISOString());
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
