import { useI18n } from 'vue-i18n';
import type { RefusalCatalogue } from '../errors.js';
import { LOCALES, type Pair } from '../words.js';

const NOT_SAVED: Pair = ['未能保存', 'Not saved'];

/**
 * Gives Directus's own dialog, which tells of a refused save, a title for our codes; its words are the server's. To be called in the
 * set-up of a component that stands in the form.
 */
export function useRefusalTitles(catalogue: RefusalCatalogue): void {
	const words = useI18n({ useScope: 'global' });
	LOCALES.forEach((locale, index) => {
		const titles = Object.keys(catalogue).map((code) => [code, NOT_SAVED[index]]);
		words.mergeLocaleMessage(locale, { errors: Object.fromEntries(titles) as Record<string, string> });
	});
}
