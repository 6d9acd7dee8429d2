import { createError } from '@directus/errors';
import type { Knex } from 'knex';
import { inWords, localeFrom, LOCALES, type Locale, type Pair } from './words.js';

/** The words of a refusal and the HTTP status that goes with it. */
export interface RefusalWords {
	status: number;
	words: Pair;
}
export type RefusalCatalogue = Readonly<Record<string, RefusalWords>>;

export interface RefusalDetails {
	/** The field at fault. */
	field?: string | undefined;
	args?: Readonly<Record<string, string>> | undefined;
}

/**
 * A refusal as Directus sends it: 4xx, a stable code beginning with `DOORSTEP_`, words in the user's language, and the field at
 * fault in `extensions.field`.
 */
export function refusal<Catalogue extends RefusalCatalogue>(
	catalogue: Catalogue,
	code: keyof Catalogue & string,
	locale: Locale,
	details: RefusalDetails = {},
): Error {
	return refusalSaying(catalogue, code, details, [locale]);
}

/** The same where nobody can say who asks: in both languages. */
export function refusalInBoth<Catalogue extends RefusalCatalogue>(
	catalogue: Catalogue,
	code: keyof Catalogue & string,
	details: RefusalDetails = {},
): Error {
	return refusalSaying(catalogue, code, details, LOCALES);
}

function refusalSaying(
	catalogue: RefusalCatalogue,
	code: string,
	{ field, args }: RefusalDetails,
	locales: readonly Locale[],
): Error {
	const { status, words } = catalogue[code] as RefusalWords;
	const named = { ...(field !== undefined && { field }), ...args };
	const message = locales.map((locale) => inWords(words, locale, named)).join(' ');
	const Refusal = createError<Record<string, string>>(code, message, status);
	return new Refusal(field === undefined ? {} : { field });
}

/** The language of a user, else of the project. */
export async function localeOf(knex: Knex, user: string | null | undefined): Promise<Locale> {
	const own = user
		? await knex('directus_users')
				.where({ id: user })
				.first<{ language: string | null } | undefined>('language')
		: undefined;
	if (own?.language) return localeFrom(own.language);
	const project = await knex('directus_settings').first<{ default_language: string | null } | undefined>(
		'default_language',
	);
	return localeFrom(project?.default_language);
}
