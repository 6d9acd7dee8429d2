/** zh-CN and en-US, in this order. */
export type Pair = readonly [zh: string, en: string];
export type Labels = Readonly<Record<string, Pair>>;

export const LOCALES = ['zh-CN', 'en-US'] as const;
export type Locale = (typeof LOCALES)[number];

/**
 * The language to speak: Chinese unless somebody set another one.
 *
 * @example localeFrom('en-GB') // 'en-US'
 */
export function localeFrom(language: string | null | undefined): Locale {
	return language && !language.startsWith('zh') ? 'en-US' : 'zh-CN';
}

/** The words for a locale, with `{name}` filled in. */
export function inWords(pair: Pair, locale: Locale, args: Readonly<Record<string, string>> = {}): string {
	const text = pair[LOCALES.indexOf(locale)] ?? pair[0];
	return text.replace(/\{(\w+)\}/g, (whole, name: string) => args[name] ?? whole);
}
