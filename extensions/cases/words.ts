import { refusal } from '../platform/errors.js';
import { PLATFORM_REFUSALS } from '../platform/refusals.js';
import { fieldWords } from '../platform/snapshot.js';
import { inWords, type Labels, type Locale } from '../platform/words.js';
import type { Snapshot } from '../platform/snapshot.js';
import type { NotDone } from './outcome.js';
import { CASE_LABELS } from './labels.js';
import { CASE_REFUSALS } from './strings.js';

const REFUSALS = { ...PLATFORM_REFUSALS, ...CASE_REFUSALS };

/** A refusal in the words of the person who is refused: kinds, states and fields by the names that stand on screen. */
export function refusalOf(notDone: NotDone, collection: string, snapshot: Snapshot, locale: Locale): Error {
	const { code, field, args = {} } = notDone;
	const named = {
		...args,
		...(args['kind'] && { kind: wordFor('step', args['kind'], locale) }),
		...(args['status'] && { status: wordFor('status', args['status'], locale) }),
		...(field && { field: fieldWords(snapshot, collection, field, locale) }),
	};
	return refusal(REFUSALS, code, locale, { field, args: named });
}

/** The label of a choice. @example wordFor('status', 'open', 'zh-CN') // '办理中' */
export function wordFor(list: string, value: string, locale: Locale): string {
	const labels: Labels = CASE_LABELS;
	const pair = labels[`doorstep_${list}_${value}`];
	return pair === undefined ? value : inWords(pair, locale);
}
