import type { Knex } from 'knex';
import { z } from 'zod';
import { databaseNow } from '../platform/clock.js';
import type { EventContext, Platform } from '../platform/context.js';
import { dialectOf, toDate, toRow } from '../platform/dialect.js';
import { addedFieldsOf, emptyFields, ERASED, eraseTraces, sumOf, type Counts } from '../platform/erasure.js';
import { installationOf } from '../platform/installation.js';
import type { PlatformRefusal } from '../platform/refusals.js';
import { readSent } from '../platform/sent.js';
import { packagedSnapshot } from '../platform/shipped.js';
import { EMPTIED_FIELDS, ERASE_REASONS } from './personal.js';

const HOUSEHOLDS = 'doorstep_households';

const eraseSent = z.strictObject({ code: z.string().trim().min(1), reason: z.enum(ERASE_REASONS) });
type EraseSent = z.infer<typeof eraseSent>;

interface NotErased {
	done: false;
	code: PlatformRefusal;
	field?: string | undefined;
	args?: Record<string, string>;
}

/** How an erasure ended. */
interface Erased {
	/** When it was done first, and for which reason. */
	erased_at: string;
	reason: string;
	/** How much of what went this time. */
	counts: Counts;
}

/**
 * Erases the personal data of a household on request (PIPL article 47) and keeps what figures and chains need: its place, its
 * cadres, its cases with their times and answers, every step with its hash. All of it happens or nothing; only the contents of
 * files follow after, and are tried again until they are gone. A second time it takes what has come since.
 */
export async function eraseHousehold(
	id: string,
	sent: unknown,
	event: EventContext,
	platform: Platform,
): Promise<{ done: true; erased: Erased } | NotErased> {
	const read = readSent(eraseSent, sent ?? {});
	if (!read.ok) return { done: false, ...read.fault };
	const parsed = z.uuid().toLowerCase().safeParse(id);
	if (!parsed.success) return { done: false, code: 'DOORSTEP_FORBIDDEN' };
	const household = parsed.data;
	const { erasures } = installationOf(platform.database);
	const outcome = await platform.database.transaction((trx) =>
		eraseRows(trx, household, read.value, { ...event, database: trx }, platform),
	);
	if (!outcome.done) return outcome;
	const after: Counts[] = [];
	for (const { finish } of erasures) if (finish !== undefined) after.push(await finish(household, platform));
	await forgetAnswers(platform);
	const counts = sumOf([outcome.erased.counts, ...after]);
	return { done: true, erased: { ...outcome.erased, counts } };
}

async function eraseRows(
	trx: Knex,
	id: string,
	{ code, reason }: EraseSent,
	{ accountability, schema }: EventContext,
	platform: Platform,
): Promise<{ done: true; erased: Erased } | NotErased> {
	const { erasures } = installationOf(platform.database);
	const household = await lockHousehold(trx, id);
	if (household === undefined) return { done: false, code: 'DOORSTEP_FORBIDDEN' };
	if (household.code !== code) return { done: false, code: 'DOORSTEP_OTHER_HOUSEHOLD', field: 'code' };
	let running = 0;
	for (const room of erasures) running += await room.begin(trx, id);
	if (running > 0) return { done: false, code: 'DOORSTEP_CASES_RUNNING', args: { count: String(running) } };

	const now = await databaseNow(trx);
	const isNew = household.erased_at === null;
	if (isNew) await emptyHousehold(trx, id, reason, now);
	const added = addedFieldsOf(schema ?? (await platform.getSchema()), packagedSnapshot());
	const { emptied, left } = added(HOUSEHOLDS);
	const others = await emptyFields(trx(HOUSEHOLDS).where({ id }), emptied);
	const counts: Counts[] = [{ households: isNew ? 1 : 0, added: others, added_left: left.length }];
	const items = new Map<string, readonly string[]>([[HOUSEHOLDS, [id]]]);
	for (const room of erasures) {
		const part = await room.erase(trx, id, added);
		counts.push(part.counts);
		for (const [collection, ids] of part.items) items.set(collection, ids);
	}
	counts.push(await eraseTraces(trx, items));
	const sum = sumOf(counts);
	const { added_left: _stays, ...gone } = sum;
	if (Object.values(gone).some((count) => count > 0)) await noteErasure(trx, id, accountability, now);
	const erased_at = isNew ? now : toDate(household.erased_at);
	const why = household.erased_reason ?? reason;
	return { done: true, erased: { erased_at: erased_at.toISOString(), reason: why, counts: sum } };
}

/**
 * What Directus has answered before and kept (`CACHE_ENABLED`) may tell of the household too. Where the cache cannot be reached, nor
 * can what it keeps, and the erasure has happened all the same.
 */
async function forgetAnswers({ services, getSchema, logger }: Platform): Promise<void> {
	const options = { schema: await getSchema(), accountability: { admin: true } };
	try {
		await new services.UtilsService(options).clearCache({ system: false });
	} catch (error) {
		logger.error(
			error,
			'Doorstep could not clear the cache after an erasure; what it holds goes when it expires',
		);
	}
}

interface HouseholdRow {
	code: string;
	erased_at: unknown;
	erased_reason: string | null;
}

/** Before its cases, as a handover does: a new case that is under way is waited for, and a later one finds it erased. */
async function lockHousehold(trx: Knex, id: string): Promise<HouseholdRow | undefined> {
	const row = trx(HOUSEHOLDS)
		.where({ id })
		.first<HouseholdRow | undefined>('code', 'erased_at', 'erased_reason');
	if (dialectOf(trx) === 'postgres') row.forNoKeyUpdate();
	return row;
}

async function emptyHousehold(trx: Knex, id: string, reason: string, now: Date): Promise<void> {
	const nothing = Object.fromEntries(EMPTIED_FIELDS.map((field) => [field, null]));
	const row = { ...nothing, head_name: ERASED, pinyin: '', erased_at: now, erased_reason: reason };
	await trx(HOUSEHOLDS)
		.where({ id })
		.update(toRow(dialectOf(trx), row));
}

/** Who erased whose data and when, where Directus shows what everybody did. */
async function noteErasure(
	trx: Knex,
	item: string,
	accountability: EventContext['accountability'],
	now: Date,
): Promise<void> {
	const done = { action: 'erase', collection: HOUSEHOLDS, item, timestamp: now };
	const by = { user: accountability?.user ?? null, ip: accountability?.ip ?? null };
	await trx('directus_activity').insert(toRow(dialectOf(trx), { ...done, ...by }));
}
