import type { RequestHandler } from 'express';
import { seenByCaller } from '../platform/access.js';
import type { EventContext, Platform } from '../platform/context.js';
import { localeOf, refusal } from '../platform/errors.js';
import { eventOf, handledBefore, type AccountableRequest } from '../platform/http.js';
import { installationOf } from '../platform/installation.js';
import { refused, type Done, type NotDone } from './outcome.js';
import { CASE_REFUSALS } from './strings.js';

/** The column of Directus's files that says whose case they belong to; whoever sees the case sees its files, and nobody else. */
const CASE_OF_FILE = 'doorstep_case';

/**
 * Hands files over to a case, in the step's transaction: from then on they are seen with the case. Only files that the caller has
 * uploaded and that belong to no case yet; an administrator may hand over any.
 *
 * @returns false where one of them is missing, somebody else's or attached already
 */
export async function attachFiles(
	files: readonly string[],
	caseId: string,
	{ database, accountability }: EventContext,
): Promise<boolean> {
	if (files.length === 0) return true;
	const free = database('directus_files').whereIn('id', files).whereNull(CASE_OF_FILE);
	if (accountability !== null && !accountability.admin) free.where({ uploaded_by: accountability.user });
	return (await free.update({ [CASE_OF_FILE]: caseId })) === files.length;
}

/** A file gets to a case by a step alone. */
export function guardFile(sent: unknown): Done | NotDone {
	const payload = sent as Record<string, unknown>;
	return CASE_OF_FILE in payload ? refused('DOORSTEP_SERVER_FIELD', CASE_OF_FILE) : { done: true, payload };
}

/** What a step has shown stays; an administrator may erase it at a household's request. */
export async function keepAttached(
	keys: readonly string[],
	{ database, accountability }: EventContext,
): Promise<NotDone | undefined> {
	if (accountability === null || accountability.admin) return undefined;
	const attached = await database('directus_files')
		.whereIn('id', keys)
		.whereNotNull(CASE_OF_FILE)
		.first<object | undefined>('id');
	return attached === undefined ? undefined : refused('DOORSTEP_APPEND_ONLY');
}

/**
 * In front of Directus's own route for files: a case's file is opened by who sees the case, also where another policy of the platform
 * lets everybody open files, as those of a web site.
 */
export function guardAssets(platform: Platform): RequestHandler {
	const { database } = platform;
	return handledBefore(platform, async (request: AccountableRequest) => {
		// An address may carry a file's name behind its id.
		const [id = ''] = /^[0-9a-f-]{36}/i.exec(request.path.slice(1)) ?? [];
		if (id === '' || installationOf(database).state === 'not_installed') return;
		const file = await database('directus_files')
			.where({ id })
			.first<Record<string, string | null> | undefined>(CASE_OF_FILE);
		const caseId = file?.[CASE_OF_FILE] ?? null;
		if (caseId === null) return;
		const event = await eventOf(platform, request);
		if (await seenByCaller('doorstep_cases', [caseId], event, platform)) return;
		throw refusal(CASE_REFUSALS, 'DOORSTEP_FORBIDDEN', await localeOf(database, event.accountability?.user));
	});
}
