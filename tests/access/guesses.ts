/** Asking without being shown: a filter that only a foreign row meets tells of it as much as its words would. */
import type { Client } from '../harness/request.js';
import type { Asker } from './people.js';
import { lineFor } from './table.js';
import { pathOf, pathsTo, type Model, type Way } from './model.js';
import { given, LINES, mayAny, type Secret } from './expectation.js';
import { oddFor } from './tokens.js';

/** One way of asking for words in a field, on the spot or along relations. */
export interface Guess {
	/** The collection that is asked. */
	from: string;
	/** Where the field stands. */
	collection: string;
	field: string;
	path: readonly Way[];
	way: 'list' | 'none' | 'count';
}

/** Along so many relations; only for the first field of each line of the table, as others beside it are read by the same rule. */
const DEPTH = 3;
/** To where rows of the matrix hang on one another; a picture of an official is no file of a case. */
const HANGING = /^doorstep_|^directus_(users|files)$/;
const hangs = ({ from, to, field }: Way) =>
	HANGING.test(from) && from !== 'directus_users' && HANGING.test(to) && field !== 'photo';

/** Relations that nobody has declared the other way round; Directus goes back along them all the same, by `$FOLLOW`. */
const BACKWARDS = [
	...['household', 'about_cadre', 'holder'].map((field) => ['doorstep_cases', field] as const),
	...([
		['doorstep_case_steps', 'case_id'],
		['doorstep_escalations', 'case_id'],
	] as const),
	...(['cadre', 'hamlet'] as const).map((field) => ['doorstep_households', field] as const),
	...([
		['doorstep_assignments', 'household'],
		['doorstep_cadres', 'user'],
	] as const),
	...([
		['directus_files', 'doorstep_case'],
		['directus_notifications', 'recipient'],
	] as const),
] as const;

function backTo({ ways }: Model, to: string): { from: string; path: Way[] }[] {
	return ways
		.filter(({ from, field }) => BACKWARDS.some(([of, by]) => from === to && of === from && by === field))
		.map(({ from, field, to: back }) => ({
			from: back,
			path: [{ from: back, field: `$FOLLOW(${from},${field})`, to: from, many: false }],
		}));
}

/** Every way to ask for a field that holds tokens, by all relation paths; lists are asked with `_none` too. */
export function guessesOf(
	model: Model,
	fields: readonly (readonly [collection: string, field: string])[],
): Guess[] {
	const begun = new Set<string>();
	return fields.flatMap(([collection, field]) => {
		const at = { collection, field };
		const line = `${collection} ${lineFor(LINES, collection, 'read', field).fields.join()}`;
		const depth = begun.has(line) ? 0 : DEPTH;
		begun.add(line);
		const ways = model.ways.filter(hangs);
		const paths =
			depth === 0 ? [] : [...pathsTo({ ...model, ways }, collection, depth), ...backTo(model, collection)];
		return [
			{ ...at, from: collection, path: [], way: 'list' as const },
			{ ...at, from: collection, path: [], way: 'count' as const },
			...paths.map(({ from, path }): Guess => ({ ...at, from, path, way: 'list' })),
			...paths
				.filter(({ path }) => path[0]?.many === true)
				.map(({ from, path }): Guess => ({ ...at, from, path, way: 'none' })),
		];
	});
}

/** A filter for these words, over `_some` where the way leads over a list, so that every spelling is tried somewhere. */
export function filterFor({ path, field, way }: Guess, words: readonly string[]): object {
	const many = way === 'none' ? '_none' : '_some';
	return [...path]
		.reverse()
		.reduce<object>((inner, step) => ({ [step.field]: step.many ? { [many]: inner } : inner }), {
			[field]: { _in: words },
		});
}

/** What the answer tells: its status, and the rows that it names or counts. */
export async function told(client: Client, guess: Guess, words: readonly string[]): Promise<string> {
	const filter = encodeURIComponent(JSON.stringify(filterFor(guess, words)));
	const what = guess.way === 'count' ? 'aggregate[count]=*' : 'limit=-1&fields=id&sort=id';
	const answer = await client.request('GET', `${pathOf(guess.from)}?${what}&filter=${filter}`);
	return `${answer.status} ${answer.status === 200 ? answer.raw.toString() : ''}`;
}

/** Words of the field that the table keeps from this person, at every distance; as many odd ones to compare with. */
export function wordsToGuess(
	secrets: Iterable<Secret>,
	me: Asker,
	{ collection, field }: Guess,
): { foreign: string[]; odd: string[] } {
	const foreign = [...secrets]
		.filter((secret) => secret.field === field && secret.row.collection === collection && !given(me, secret))
		.map((secret) => secret.token);
	return { foreign, odd: foreign.map(oddFor) };
}

/** Collections that somebody reads nothing of are closed to every question; one field of each is enough to see it. */
export function worthAsking(me: Asker, guesses: readonly Guess[]): Guess[] {
	return guesses.filter((guess) => guess.path.length === 0 || mayAny(me, 'read', guess.from));
}
