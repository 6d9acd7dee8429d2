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
export type Fault =
	| { code: 'DOORSTEP_MALFORMED'; field?: undefined }
	| {
			code: 'DOORSTEP_SERVER_FIELD' | 'DOORSTEP_NO_SUCH_FIELD' | 'DOORSTEP_REQUIRED' | 'DOORSTEP_INVALID';
			field: string;
	  };

/** Whether something sent is a row at all, and no list, number or text. */
export function isRecord(sent: unknown): sent is Record<string, unknown> {
	return typeof sent === 'object' && sent !== null && !Array.isArray(sent);
}

/** Reads what was sent; unknown fields and those of the server are faults, not ignored, where the schema is strict. */
export function readSent<T>(
	schema: z.ZodType<T>,
	sent: unknown,
): { ok: true; value: T } | { ok: false; fault: Fault } {
	if (!isRecord(sent)) return { ok: false, fault: { code: 'DOORSTEP_MALFORMED' } };
	const result = schema.safeParse(sent);
	if (result.success) return { ok: true, value: result.data };
	const issues = result.error.issues;
	const unknownField = issues.find((issue) => issue.code === 'unrecognized_keys')?.keys[0];
	if (unknownField !== undefined)
		return { ok: false, fault: { code: 'DOORSTEP_SERVER_FIELD', field: unknownField } };
	const field = String(issues[0]?.path[0] ?? '');
	const given = sent[field];
	const missing = given === undefined || given === null || given === '';
	return { ok: false, fault: { code: missing ? 'DOORSTEP_REQUIRED' : 'DOORSTEP_INVALID', field } };
}

/**
 * The first field that a collection does not have. Directus drops such fields without a word where an administrator sends them.
 *
 * @param fields of the collection, those that administrators added among them
 */
export function strangeField(sent: object, fields: object): Fault | undefined {
	const field = Object.keys(sent).find((name) => !Object.hasOwn(fields, name));
	return field === undefined ? undefined : { code: 'DOORSTEP_NO_SUCH_FIELD', field };
}
