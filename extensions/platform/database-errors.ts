import { isDirectusError } from '@directus/errors';
import type { ErrorRequestHandler, NextFunction } from 'express';
import type { Platform } from './context.js';
import { refusalTo, type AccountableRequest } from './http.js';
import { PLATFORM_REFUSALS, type PlatformRefusal } from './refusals.js';

/** What our triggers and unique keys say, in our own codes; anything else stays as Directus puts it. */
export function refusalBehind(error: unknown): { code: PlatformRefusal; field?: string } | undefined {
	const { extensions } = error as { extensions?: { collection?: string | null; field?: string | null } };
	const code = codeIn(error);
	if (code !== undefined) return { code };
	if (!extensions?.collection?.startsWith('doorstep_')) return undefined;
	if ((error as { code?: string }).code !== 'RECORD_NOT_UNIQUE') return undefined;
	if (extensions.field === 'client_id') return { code: 'DOORSTEP_DUPLICATE', field: 'client_id' };
	if (extensions.collection === 'doorstep_case_steps') return { code: 'DOORSTEP_CHAIN' };
	// PostgreSQL names all columns of a key, SQLite the last one.
	const last = extensions.field?.split(', ').at(-1)?.replaceAll('"', '');
	return { code: 'DOORSTEP_TAKEN', ...(last && { field: last }) };
}

/**
 * Puts into words what our triggers refuse to code that asks the database itself: Directus's manual order of rows, deletions without
 * events, other extensions. Directus would answer with the statement.
 */
export function translateErrors(platform: Platform): ErrorRequestHandler {
	return (error: unknown, request, _response, next: NextFunction) => {
		const code = isDirectusError(error) ? undefined : codeIn(error);
		if (code === undefined) {
			next(error);
			return;
		}
		refusalTo(platform, request as AccountableRequest, code).then(next, next);
	};
}

/** Triggers say their code in the text of the error. */
function codeIn(error: unknown): PlatformRefusal | undefined {
	const { message } = Object(error) as { message?: unknown };
	const code = /DOORSTEP_[A-Z_]+/.exec(String(message))?.[0];
	return code !== undefined && Object.hasOwn(PLATFORM_REFUSALS, code) ? (code as PlatformRefusal) : undefined;
}
