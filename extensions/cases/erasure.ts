import type { Knex } from 'knex';
import type { Platform } from '../platform/context.js';
import { dialectOf } from '../platform/dialect.js';
import { emptyFields, ERASED, eraseRevisions, type Counts, type Erasure } from '../platform/erasure.js';
import { installationOf } from '../platform/installation.js';
import { rewordLetters } from '../platform/outbox.js';
import { repeat } from '../platform/repeat.js';
import { BODY_COLUMNS } from './chain.js';
import { CASE_OF_FILE } from './files-database.js';
import { withoutTitles } from './notices.js';

const CASES = 'doorstep_cases';
const STEPS = 'doorstep_case_steps';
const FILES = 'directus_files';
const NOTICES = 'directus_notifications';
/** What a file's row tells besides where its contents lie. */
const NO_WORDS = {
	filename_download: ERASED,
	...{ title: null, description: null, location: null, tags: null, metadata: null, embed: null },
	tus_data: null,
};
const FINISH_SECONDS = 60;

/**
 * Of a household's cases go title, detail, what was said in their steps, and their files; ledger, times, answers and every hash stay,
 * so that figures and chains are what they were.
 */
export const CASE_ERASURE: Erasure = {
	begin: async (trx, household) => {
		const cases = trx(CASES).where({ household }).orderBy('id').select<{ status: string }[]>('id', 'status');
		// In the one order in which cases are locked; a step that is under way is waited for, and erased with the others.
		if (dialectOf(trx) === 'postgres') cases.forNoKeyUpdate();
		return (await cases).filter(({ status }) => status === 'open' || status === 'resolved').length;
	},
	erase: async (trx, household, added) => {
		const cases = await trx(CASES)
			.where({ household })
			.select<{ id: string; number: string }[]>('id', 'number');
		const ofThese = trx(CASES).where({ household }).select('id');
		const steps = await trx(STEPS)
			.whereIn('case_id', ofThese.clone())
			.select<{ id: string; files: string | null }[]>('id', 'files');
		const attached = await trx(FILES).whereIn(CASE_OF_FILE, ofThese.clone()).pluck<string[]>('id');
		const titles = await trx(CASES)
			.where({ household })
			.where((worded) => void worded.whereNot({ title: ERASED }).orWhereNotNull('detail'))
			.update({ title: ERASED, detail: null });
		const said = await trx(STEPS)
			.whereIn('case_id', ofThese.clone())
			.where((worded) => {
				for (const column of BODY_COLUMNS) void worded.orWhereNotNull(column);
			})
			.count<{ n: number | string }[]>({ n: '*' });
		const nothing = Object.fromEntries(BODY_COLUMNS.map((column) => [column, null]));
		// The salt goes from every step: with it a body could be guessed by its hash.
		await trx(STEPS)
			.whereIn('case_id', ofThese.clone())
			.whereNotNull('salt')
			.update({ ...nothing, salt: null });
		await trx(FILES).whereIn(CASE_OF_FILE, ofThese.clone()).update(NO_WORDS);
		const others = [
			await emptyFields(trx(CASES).where({ household }), added(CASES).emptied),
			await emptyFields(trx(STEPS).whereIn('case_id', ofThese), added(STEPS).emptied),
		];
		const named = await eraseMentions(
			trx,
			cases.map(({ number }) => number),
		);
		const shown = steps.flatMap(({ files }) => files?.split(',') ?? []);
		return {
			counts: {
				...{ cases: titles, steps: Number(said[0]?.n ?? 0), ...named },
				added: others.reduce((sum, count) => sum + count, 0),
				added_left: added(CASES).left.length + added(STEPS).left.length,
			},
			items: new Map([
				[CASES, cases.map(({ id }) => id)],
				[STEPS, steps.map(({ id }) => id)],
				[FILES, [...new Set([...attached, ...shown])]],
			]),
		};
	},
	finish: (household, platform) => removeErasedFiles(platform, household),
};

/** Notices and mails of many cases at once stay for the sake of the others, and lose these titles. */
async function eraseMentions(trx: Knex, numbers: readonly string[]): Promise<Counts> {
	const reword = (text: string): string | undefined => withoutTitles(text, numbers);
	const reworded = new Set<number>();
	let mails = 0;
	for (const number of numbers) {
		const naming = await trx(NOTICES)
			.where({ collection: CASES, item: null })
			.whereLike('message', `%${number} %`)
			.select<{ id: number; message: string }[]>('id', 'message');
		for (const { id, message } of naming) {
			const text = reword(message);
			if (text === message) continue;
			await (text === undefined
				? trx(NOTICES).where({ id }).delete()
				: trx(NOTICES).where({ id }).update({ message: text }));
			reworded.add(id);
		}
		mails += await rewordLetters(trx, { path: `content/${CASES}`, holding: `${number} ` }, reword);
	}
	const revisions = await eraseRevisions(
		trx,
		[...reworded].map((id) => [NOTICES, String(id)] as const),
	);
	return { notices: reworded.size, mails, revisions };
}

/**
 * Removes the files of erased households, of one or of all. Storage knows no rollback: each file's row goes in a transaction of its
 * own that ends when the contents are gone, so that after a failure the row still says what is left to do.
 */
async function removeErasedFiles(platform: Platform, household?: string): Promise<Counts> {
	const { database, services, logger } = platform;
	const schema = await platform.getSchema();
	const left = database(FILES)
		.join(`${CASES} as c`, 'c.id', `${FILES}.${CASE_OF_FILE}`)
		.join('doorstep_households as h', 'h.id', 'c.household')
		.whereNotNull('h.erased_at')
		.select<{ id: string }[]>(`${FILES}.id`);
	if (household !== undefined) void left.where('h.id', household);
	const counts = { files: 0, files_left: 0 };
	for (const { id } of await left) {
		try {
			await database.transaction((knex) => new services.FilesService({ knex, schema }).deleteMany([id]));
			counts.files += 1;
		} catch (error) {
			logger.error(error, `Doorstep could not remove the erased file ${id}; it tries again`);
			counts.files_left += 1;
		}
	}
	return counts;
}

/** Makes up for files whose storage did not answer, or whose server was stopped, when their household was erased. */
export function startRemovingErasedFiles(platform: Platform): void {
	const { database, logger } = platform;
	repeat(
		FINISH_SECONDS,
		async () => {
			if (installationOf(database).state === 'ready') await removeErasedFiles(platform);
		},
		(error) => {
			logger.error(error, 'Doorstep could not look for erased files; it tries again');
		},
	);
}
