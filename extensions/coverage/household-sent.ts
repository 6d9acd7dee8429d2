import { z } from 'zod';
import { text } from '../platform/sent.js';

/** A spreadsheet gives codes and phones as numbers. */
const asText = (value: unknown): unknown =>
	typeof value === 'number' && Number.isSafeInteger(value) ? String(value) : value;
const word = (longest: number) =>
	z.preprocess(
		asText,
		text(longest)
			.trim()
			.regex(/^\P{Cc}*[\p{L}\p{N}]\P{Cc}*$/u),
	);
/** A CSV file gives numbers as text. */
const asNumber = (value: unknown): unknown =>
	typeof value === 'string' && /^\d{1,2}$/.test(value) ? Number(value) : value;
/** As people write numbers: `0477-8123456`, `+86 138 0000 0000`. */
const phone = z.preprocess(
	asText,
	text(20)
		.trim()
		.regex(/^\+?[\d -]*$/)
		.refine((value) => value === '' || /(\d[ -]*){3}/.test(value))
		.transform((value) => value || null),
);

/** As much as a note of a step. */
const LONGEST_TEXT = 20_000;

/** A household's file as people send it (L1); fields that a township has added go through as they are. */
export const householdSent = z.looseObject({
	code: word(40).optional(),
	head_name: word(60).optional(),
	// One that is no id would be answered with the database's own words.
	hamlet: z.uuid().optional(),
	cadre: z.uuid().optional(),
	// Set by an erasure alone, says a trigger, which has to be able to read them.
	erased_at: z.iso.datetime({ offset: true, local: true }).regex(/^20/).nullish(),
	erased_reason: text(32).nullish(),
	phone: phone.nullish(),
	people: z.preprocess(asNumber, z.int().min(1).max(99)).nullish(),
	kind: text(32).optional(),
	relief_reason: text(LONGEST_TEXT).nullish(),
	relief_measures: text(LONGEST_TEXT).nullish(),
	special_groups: z
		.array(text(64).regex(/^[^,]+$/))
		.max(50)
		.nullish(),
});

/** Fields of a household whose lists a township edits in the studio (L6). */
export const EDITED_LISTS = ['kind', 'special_groups'] as const;

/**
 * Values of a list that the studio does not offer; a list that somebody made free to fill in offers everything.
 *
 * @param offered the choices as they stand; undefined where there is none
 * @example notOffered(['disabled', 'other'], ['disabled']) // ['other']
 */
export function notOffered(sent: unknown, offered: readonly string[] | undefined): string[] {
	if (offered === undefined || sent === null || sent === undefined) return [];
	return valuesOf(sent).filter((value) => !offered.includes(value));
}

/** A list's values, whether it takes one or several. @example valuesOf('away') // ['away'] */
export function valuesOf(stored: unknown): string[] {
	return (Array.isArray(stored) ? stored : [stored]) as string[];
}
