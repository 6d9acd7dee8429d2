import type { NextFunction, Request, RequestHandler, Response } from 'express';
import type { Accountability, Platform } from './context.js';
import { localeOf, refusal } from './errors.js';
import { PLATFORM_REFUSALS, type PlatformRefusal } from './refusals.js';

/** A request as Directus hands it to a route of ours. */
export type AccountableRequest = Request & { accountability?: Accountability };

/** A route whose failures go to Directus's error handler, which answers in Directus's form and never with a stack. */
export function handled(
	platform: Platform,
	work: (request: AccountableRequest, response: Response) => Promise<void>,
): RequestHandler {
	return (request, response, next: NextFunction) => {
		work(request as AccountableRequest, response).catch((error: unknown) => {
			platform.logger.debug(error);
			next(error);
		});
	};
}

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
