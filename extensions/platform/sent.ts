import { z } from 'zod';

/**
 * Control characters, line and paragraph separators, marks of writing direction, which hide what a record says, and halves of
 * surrogate pairs, which databases store otherwise than they were hashed.
 */
const UNPRINTABLE = /(?![\t\n\r])\p{Cc}|[\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]|\p{Cs}/u;

/** Text that shows all it holds. */
export const text = (longest: number) =>
	z
		.string()
		.max(longest)
		.refine((value) => !UNPRINTABLE.test(value));

/** What is wrong with something sent, by the first field at fault. */
export interface Fault {
	code: 'DOORSTEP_SERVER_FIELD' | 'DOORSTEP_REQUIRED' | 'DOORSTEP_INVALID';
	field: string;
}

/** Reads what was sent; unknown fields and those of the server are faults, not ignored, where the schema is strict. */
export function readSent<T>(
	schema: z.ZodType<T>,
	sent: unknown,
): { ok: true; value: T } | { ok: false; fault: Fault } {
	const result = schema.safeParse(sent);
	if (result.success) return { ok: true, value: result.data };
	const issues = result.error.issues;
	const unknownField = issues.find((issue) => issue.code === 'unrecognized_keys')?.keys[0];
	if (unknownField !== undefined)
		return { ok: false, fault: { code: 'DOORSTEP_SERVER_FIELD', field: unknownField } };
	const field = String(issues[0]?.path[0] ?? '');
	const given = (sent as Record<string, unknown> | null)?.[field];
	const missing = given === undefined || given === null || given === '';
	return { ok: false, fault: { code: missing ? 'DOORSTEP_REQUIRED' : 'DOORSTEP_INVALID', field } };
}
