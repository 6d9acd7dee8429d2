import { LOCAL_OFFSET_MS } from '../platform/local-time.js';
import { ERASED } from '../platform/erasure.js';
import { inWords, type Locale } from '../platform/words.js';
import { NOTICE_WORDS } from './strings.js';
import { wordFor } from './words.js';

/** A rung that a sweep has just raised, as a notice names it. */
export interface RaisedRung {
	caseId: string;
	name: string;
	number: string;
	title: string;
	dueAt: Date;
}

/** A Directus notification as far as its words and its target go. */
export interface Notice {
	subject: string;
	message: string;
	collection: string | null;
	item: string | null;
}

/** So many cases are named; a notice that lists hundreds is not read. */
export const NAMED = 20;
const SUBJECT_LENGTH = 255;

/**
 * One notice for all the rungs that concern a person; a single one leads straight to its case.
 *
 * @param rungs at least those that are named
 * @param count of all of them
 */
export function noticeOf(rungs: readonly RaisedRung[], locale: Locale, count = rungs.length): Notice {
	const lines = rungs.slice(0, NAMED).map((rung) => inWords(NOTICE_WORDS.line, locale, argsOf(rung)));
	if (count > NAMED) lines.push(inWords(NOTICE_WORDS.more, locale, { count: String(count - NAMED) }));
	const [only] = rungs;
	const single = count === 1 && only !== undefined;
	const subject = single
		? inWords(NOTICE_WORDS.one, locale, argsOf(only))
		: inWords(NOTICE_WORDS.many, locale, { count: String(count) });
	return {
		subject: subject.slice(0, SUBJECT_LENGTH),
		message: lines.join('\n\n'),
		collection: 'doorstep_cases',
		item: single ? only.caseId : null,
	};
}

/** A notice of a step to whoever has to act next. What was said stays in the step alone, where it can be erased. */
export function stepNotice(
	{ caseId, number, title }: Pick<RaisedRung, 'caseId' | 'number' | 'title'>,
	step: { kind: string; actor: string | null },
	locale: Locale,
): Notice {
	const kind = wordFor('step', step.kind, locale);
	return {
		subject: inWords(NOTICE_WORDS.step, locale, { kind, number, title }).slice(0, SUBJECT_LENGTH),
		message: inWords(NOTICE_WORDS.stepBy, locale, { actor: step.actor ?? '', title }),
		collection: 'doorstep_cases',
		item: caseId,
	};
}

/**
 * A notice of many rungs in which these cases have lost their titles; undefined where it names one in a way that is not ours.
 *
 * @example withoutTitles('【催办】2026-000001 修路，办结时限 2026-11-11 09:00', ['2026-000001'])
 * // '【催办】2026-000001 已删除，办结时限 2026-11-11 09:00'
 */
export function withoutTitles(message: string, numbers: readonly string[]): string | undefined {
	let reworded = message;
	for (const number of numbers) {
		if (!reworded.includes(`${number} `)) continue;
		const lines = NOTICE_WORDS.line.map((line) => titleIn(line, number));
		const line = lines.find((pattern) => reworded.search(pattern) >= 0);
		if (line === undefined) return undefined;
		reworded = reworded.replace(line, `$1${ERASED}$2`);
	}
	return reworded;
}

/** Finds the title in a line of a notice, whatever it holds: between the case's number and the deadline at the line's end. */
function titleIn(line: string, number: string): RegExp {
	const [, after = ''] = line.split('{title}');
	const due = after.replace('{due}', String.raw`\d{4}-\d\d-\d\d \d\d:\d\d`);
	return new RegExp(String.raw`(${number} )[\s\S]*?(${due}(?=\n\n|$))`, 'g');
}

function argsOf(rung: RaisedRung): Record<string, string> {
	return {
		name: rung.name,
		number: rung.number,
		title: rung.title,
		due: localMinuteOf(rung.dueAt),
	};
}

/**
 * An instant as people here read it.
 *
 * @example localMinuteOf(new Date('2026-11-10T01:00:00Z')) // '2026-11-10 09:00'
 */
export function localMinuteOf(at: Date): string {
	const local = new Date(at.getTime() + LOCAL_OFFSET_MS).toISOString();
	return local.slice(0, 16).replace('T', ' ');
}
