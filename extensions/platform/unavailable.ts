import { refusalInBoth } from './errors.js';
import { PLATFORM_REFUSALS } from './refusals.js';

/**
 * What says that the database is away, goes down, has no room or takes no writes: classes of PostgreSQL's codes, what SQLite and
 * sockets say. Conflicts between transactions are none of it: Directus tries these again.
 */
const CODES =
	/^(08|53|58)...$|^57P0[1-3]$|^25(006|P03)$|^SQLITE_(FULL|IOERR|CANTOPEN|READONLY)|^(ECONN\w+|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENOTFOUND|EAI_AGAIN)$/;

/** Of what has no code: the PostgreSQL driver when a connection breaks, knex when none is to be had. */
const WORDS = /^Connection terminated|Timeout acquiring a connection|not queryable/;

/** Whether it is the database that cannot be used now, through no fault of whoever asked. */
export function isUnavailable(error: unknown): boolean {
	const { code, severity, message } = (error ?? {}) as Record<string, unknown>;
	// PostgreSQL lets nobody in, or has thrown somebody out.
	if (severity === 'FATAL') return true;
	if (typeof code === 'string' && CODES.test(code)) return true;
	return typeof message === 'string' && WORDS.test(message);
}

/** The refusal for a database that cannot be used, in both languages, for nobody's can be looked up; any other error as it is. */
export function readable(error: unknown): unknown {
	return isUnavailable(error) ? refusalInBoth(PLATFORM_REFUSALS, 'DOORSTEP_DATABASE_UNAVAILABLE') : error;
}
