import type { Knex } from 'knex';
import type { Platform } from './context.js';
import { dialectOf } from './dialect.js';
import { installationOf } from './installation.js';
import { pinyinOf, type Named } from './pinyin.js';
import { repeat } from './repeat.js';

/** A collection whose rows are found by the pinyin of a name, in a column `pinyin` that is the server's. */
export interface PinyinColumn {
	collection: string;
	/** The field that holds the name. */
	name: string;
	named: Named;
}

type Sent = Record<string, unknown>;
type Register = (event: string, handler: (sent: Sent) => Sent) => void;

/** How often it is looked for rows that came past Directus; also brings rows of before an upgrade up to date. */
const LOOK_SECONDS = 60;
/** Few enough that nobody waits for the lock. */
const ROWS_A_BATCH = 100;

/** Sets the pinyin whenever a name is sent. */
export function registerPinyin(filter: Register, columns: readonly PinyinColumn[]): void {
	for (const column of columns) {
		for (const event of ['items.create', 'items.update'])
			filter(`${column.collection}.${event}`, (sent) => withPinyin(sent, column));
	}
}

/** What was sent with the pinyin that belongs to its name; a sent pinyin is nobody's to choose. */
export function withPinyin({ pinyin: _sent, ...sent }: Sent, { name, named }: PinyinColumn): Sent {
	const given = sent[name];
	if (typeof given !== 'string' && typeof given !== 'number') return sent;
	return { ...sent, pinyin: pinyinOf(String(given), named) };
}

/** Fills in where pinyin is missing: now, and for rows that come later by an import or an upgrade past Directus. */
export function startFillingPinyin(platform: Platform, columns: readonly PinyinColumn[]): void {
	const { database, logger } = platform;
	const fill = async (): Promise<void> => {
		if (installationOf(database).state !== 'ready') return;
		for (const column of columns) await fillPinyin(database, column);
	};
	const failed = (error: unknown): void => {
		logger.error(error, 'Doorstep could not fill in pinyin; it tries again');
	};
	fill().catch(failed);
	repeat(LOOK_SECONDS, fill, failed);
}

/** Gives rows without pinyin theirs, a batch a transaction, so that several instances share the work and none waits for another. */
async function fillPinyin(database: Knex, column: PinyinColumn): Promise<void> {
	let filled: number;
	do {
		filled = await database.transaction((trx) => fillBatch(trx, column));
	} while (filled > 0);
}

/** @returns how many rows it filled in */
async function fillBatch(trx: Knex, { collection, name, named }: PinyinColumn): Promise<number> {
	const lacking = trx(collection)
		.whereNull('pinyin')
		.whereNotNull(name)
		.orderBy('id')
		.limit(ROWS_A_BATCH)
		.select<{ id: string; name: string }[]>('id', { name });
	if (dialectOf(trx) === 'postgres') lacking.forNoKeyUpdate().skipLocked();
	const rows = await lacking;
	if (rows.length === 0) return 0;
	const cases = rows.map(() => 'when ? then ?').join(' ');
	const bindings = rows.flatMap((row) => [row.id, pinyinOf(row.name, named)]);
	const ids = rows.map((row) => row.id);
	await trx(collection)
		.whereIn('id', ids)
		.update({ pinyin: trx.raw(`case id ${cases} end`, bindings) });
	return rows.length;
}
