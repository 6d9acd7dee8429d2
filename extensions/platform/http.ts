import type { NextFunction, Request, RequestHandler, Response } from 'express';
import type { Accountability, EventContext, Platform } from './context.js';
import { localeOf, refusal } from './errors.js';
import { PLATFORM_REFUSALS, type PlatformRefusal } from './refusals.js';
import { readable } from './unavailable.js';

/** A request as Directus hands it to a route of ours. */
export type AccountableRequest = Request & { accountability?: Accountability };

/** A route whose failures go to Directus's error handler, which answers in Directus's form and never with a stack. */
export function handled(
	platform: Platform,
	work: (request: AccountableRequest, response: Response) => Promise<void>,
): RequestHandler {
	return (request, response, next: NextFunction) => {
		work(request as AccountableRequest, response).catch((error: unknown) => {
			next(answerable(platform, error));
		});
	};
}

/** The same for what stands in front of a route of Directus's: where it does not throw, that route goes on. */
export function handledBefore(
	platform: Platform,
	work: (request: AccountableRequest) => Promise<void>,
): RequestHandler {
	return (request, _response, next: NextFunction) => {
		work(request as AccountableRequest).then(
			() => next(),
			(error: unknown) => {
				next(answerable(platform, error));
			},
		);
	};
}

/** What went wrong, for the log, and what of it the caller is told. */
function answerable({ logger }: Platform, error: unknown): unknown {
	const told = readable(error);
	if (told === error) logger.debug(error);
	else logger.error(error);
	return told;
}

/** Who asks by HTTP, in the form in which filters know them. */
export async function eventOf(platform: Platform, request: AccountableRequest): Promise<EventContext> {
	const { database } = platform;
	return { database, schema: await platform.getSchema(), accountability: request.accountability ?? NOBODY };
}

/** Directus sets an accountability on every request; without one nothing may be read as if by Directus itself. */
const NOBODY: Accountability = { user: null, admin: false, role: null, roles: [], app: false, ip: null };

/** @throws DOORSTEP_ADMIN_ONLY */
export async function administratorOnly(platform: Platform, request: AccountableRequest): Promise<void> {
	if (request.accountability?.admin !== true) throw await refusalTo(platform, request, 'DOORSTEP_ADMIN_ONLY');
}

export async function refusalTo(
	platform: Platform,
	request: AccountableRequest,
	code: PlatformRefusal,
): Promise<Error> {
	return refusal(PLATFORM_REFUSALS, code, await localeOf(platform.database, request.accountability?.user));
}

/** A part of a path as Directus's routes read it; one that is not well encoded stays as it is. */
export function decoded(part: string): string {
	try {
		return decodeURIComponent(part);
	} catch {
		return part;
	}
}
