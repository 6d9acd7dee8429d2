import { expect } from 'vitest';
import type { Answer } from '../harness/request.js';

/** What only a database or a stack says. */
const INNARDS =
	/\b(select|insert into|update|delete from)\b.*\b(from|values|set|where)\b|SQLITE_|node_modules|\bat .*:\d+:\d+|\.m?js:\d+/i;

/** A refusal that somebody can read: no SQL, no stack, and not a word of the driver's. */
export function expectNoInnards(answers: readonly Answer<unknown>[]): void {
	const shown = answers
		.filter(({ raw }) => INNARDS.test(raw.toString()))
		.map(({ status, raw }) => `${status} ${raw.toString().slice(0, 500)}`);
	expect([...new Set(shown)].slice(0, 5)).toEqual([]);
}
