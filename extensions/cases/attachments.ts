import type { RequestHandler } from 'express';
import { idsSeenByCaller } from '../platform/access.js';
import type { EventContext, Platform } from '../platform/context.js';
import { dialectOf } from '../platform/dialect.js';
import { localeOf, refusal } from '../platform/errors.js';
import { eventOf, handledBefore, type AccountableRequest } from '../platform/http.js';
import { installationOf } from '../platform/installation.js';
import { PLATFORM_REFUSALS } from '../platform/refusals.js';
import { CASE_OF_FILE } from './files-database.js';
import { refused, type NotDone } from './outcome.js';

/**
 * Whether these files may go with a step: uploaded by the caller, and with no case yet. They are locked until the transaction ends,
 * and the step's trigger hands them over.
 */
export async function mayAttach(
	files: readonly string[],
	{ database, accountability }: EventContext,
): Promise<boolean> {
	if (files.length === 0) return true;
	const free = database('directus_files').whereIn('id', files).whereNull(CASE_OF_FILE).orderBy('id');
	if (accountability !== null) free.where({ uploaded_by: accountability.user });
	if (dialectOf(database) === 'postgres') free.forUpdate();
	return (await free.select('id')).length === files.length;
}

/** What a step has shown stays; an administrator may erase it at a household's request. */
export async function keepAttached(
	keys: readonly string[],
	{ database, accountability }: EventContext,
	platform: Platform,
): Promise<NotDone | undefined> {
	if (accountability === null || accountability.admin || standsAside(platform)) return undefined;
	const attached = await database('directus_files')
		.whereIn('id', keys)
		.whereNotNull(CASE_OF_FILE)
		.first<object | undefined>('id');
	return attached === undefined ? undefined : refused('DOORSTEP_FILE_KEPT');
}

/** Of these files those that belong to a case which the caller does not see. */
async function hiddenFrom(
	ids: readonly string[],
	event: EventContext,
	platform: Platform,
): Promise<ReadonlySet<string>> {
	const files = await event
		.database('directus_files')
		.whereIn('id', ids)
		.whereNotNull(CASE_OF_FILE)
		.select<{ id: string; doorstep_case: string }[]>('id', CASE_OF_FILE);
	if (files.length === 0) return new Set();
	const cases = [...new Set(files.map((file) => file.doorstep_case))];
	const seen = new Set(await idsSeenByCaller('doorstep_cases', cases, event, platform));
	return new Set(files.filter((file) => !seen.has(file.doorstep_case)).map((file) => file.id));
}

/** Our column may be gone, or not there yet after an upgrade: then we are broken, and the platform's files are opened as ever. */
function standsAside({ database }: Platform): boolean {
	const { state, faults } = installationOf(database);
	return state === 'not_installed' || faults.includes(`directus_files.${CASE_OF_FILE}`);
}

/**
 * Takes files of cases that the caller does not see out of what Directus has read, also for its archives of several files: another
 * policy of the platform may let everybody read files, as those of a web site.
 */
export async function withoutHidden<Row>(
	rows: readonly Row[],
	event: EventContext,
	platform: Platform,
): Promise<Row[]> {
	const idOf = (row: Row): string | undefined => (row as { id?: string } | null)?.id;
	const isAdmin = event.accountability === null || event.accountability.admin;
	const ids = rows.flatMap((row) => idOf(row) ?? []);
	if (isAdmin || ids.length === 0 || standsAside(platform)) return [...rows];
	const hidden = await hiddenFrom(ids, event, platform);
	return rows.filter((row) => !hidden.has(idOf(row) ?? ''));
}

/** In front of Directus's route for a single file, which it opens without reading a list. */
export function guardAssets(platform: Platform): RequestHandler {
	const { database } = platform;
	return handledBefore(platform, async (request: AccountableRequest) => {
		const id = fileIn(request.path);
		if (id === undefined || request.accountability?.admin === true || standsAside(platform)) return;
		const event = await eventOf(platform, request);
		if ((await hiddenFrom([id], event, platform)).size === 0) return;
		throw refusal(
			PLATFORM_REFUSALS,
			'DOORSTEP_FORBIDDEN',
			await localeOf(database, event.accountability?.user),
		);
	});
}

/** The id in a path, as Directus reads it: decoded, and perhaps with a file's name behind it. */
function fileIn(path: string): string | undefined {
	const [, first = ''] = path.split('/');
	try {
		return /^[0-9a-f-]{36}/i.exec(decodeURIComponent(first))?.[0].toLowerCase();
	} catch {
		// Not well encoded: Directus finds no file by it either.
		return undefined;
	}
}
