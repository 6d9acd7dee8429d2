import { useI18n } from 'vue-i18n';
import { inWords, localeFrom, type Labels, type Locale } from '../words.js';

/** Words of ours in the language of whoever looks at the studio, and the studio's own labels by key. */
export interface Words<Key extends string> {
	/** @param args what stands for `{name}` in the words */
	say: (key: Key, args?: Readonly<Record<string, string | number>>) => string;
	/** A label that administrators may have reworded. @example label('doorstep_status_open') // '办理中' */
	label: (key: string) => string;
	locale: () => Locale;
}

/**
 * The words of a component; to be called in its set-up.
 *
 * @example const { say } = useWords(PROGRESS_WORDS); say('late_by', { time: '2 小时' })
 */
export function useWords<L extends Labels>(labels: L): Words<keyof L & string> {
	const { locale, t } = useI18n();
	const current = (): Locale => localeFrom(locale.value);
	return {
		locale: current,
		label: (key) => t(key),
		say: (key, args = {}) => {
			const pair = labels[key];
			if (pair === undefined) throw new RangeError(`no words for ${key}`);
			const texts = Object.entries(args).map(([name, value]) => [name, String(value)]);
			return inWords(pair, current(), Object.fromEntries(texts) as Record<string, string>);
		},
	};
}
