import type { Answer } from './request.js';

/** A refusal in short, for comparing: HTTP status, code and the field at fault. */
export interface InShort {
	status: number;
	code: string | undefined;
	field?: unknown;
}

/**
 * What a refusal says in short.
 *
 * @throws Error where the answer shows SQL, a path or a stack: no refusal may
 * @example inShort(await step(wang, id, 'resolve')) // { status: 400, code: 'DOORSTEP_MISSING', field: 'note' }
 */
export function inShort(answer: Answer<unknown>): InShort {
	const text = answer.raw.toString();
	if (answer.status >= 500 || INSIDES.test(text)) throw new Error(`${answer.status}: ${text}`);
	const [error] = answer.errors;
	const field = error?.extensions['field'];
	return { status: answer.status, code: error?.extensions.code, ...(field === undefined ? {} : { field }) };
}

/** SQL, file names, frames of a stack. */
const INSIDES =
	/\b(insert into|update [`"]|delete from|select [`"*])|SQLITE_|constraint failed|violates|node_modules|\.js:\d|\n\s+at |stack/i;
