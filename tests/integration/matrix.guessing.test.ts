import fc from 'fast-check';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { each, faultOf } from '../access/answers.js';
import { given, mayAny, secretsOf } from '../access/expectation.js';
import { guessesOf, told, wordsToGuess, worthAsking, type Guess } from '../access/guesses.js';
import { readModel } from '../access/model.js';
import { plain } from '../access/people.js';
import { randomQueries, requestOf, SLOT } from '../access/random-queries.js';
import { buildMatrix, NOT_SORTED, writtenFields } from '../access/rows.js';
import { oddFor, tokensIn } from '../access/tokens.js';
import { startProvisioned } from '../harness/township.js';

vi.setConfig({ testTimeout: 600_000 });
const township = await startProvisioned();
afterAll(() => township.stop());
const matrix = await buildMatrix(township);
const model = await readModel(township.admin);
const secrets = [...secretsOf(matrix).values()].filter(({ field }) => !NOT_SORTED.includes(field));
const nobody = matrix.people.visitor;
const asked = guessesOf(model, writtenFields(matrix.rows));
/** What an administrator hears: an answer that tells a foreign word from an odd one, none, or a refusal by Directus itself. */
const heard = await each(asked, async (guess): Promise<'tells' | 'nothing' | 'refused'> => {
	const { foreign, odd } = wordsToGuess(secrets, nobody, guess);
	const found = await told(township.admin, guess, foreign);
	if (!found.startsWith('200')) return 'refused';
	return found === (await told(township.admin, guess, odd)) ? 'nothing' : 'tells';
});
const guesses = asked.filter((_guess, n) => heard[n] === 'tells');
const inWords = ({ from, path, field, way }: Guess): string =>
	`${from} ${path.map((step) => step.field).join('.')} ${field} ${way}`;

describe('Access: guessing', () => {
	test('an administrator finds rows by every one of these questions, so that none is a broken one', () => {
		const deaf = asked.filter((_guess, n) => heard[n] === 'nothing').map(inWords);
		expect(deaf).toEqual([]);
	});

	test('what Directus refuses everybody to ask is a list below another row, and nothing else', () => {
		const refused = asked.filter((_guess, n) => heard[n] === 'refused');
		const listBelow = ({ path }: Guess) => path.slice(1).some(({ many }) => many);
		expect(refused.filter((guess) => !listBelow(guess)).map(inWords)).toEqual([]);
	});

	test.each(Object.values(matrix.people).filter(({ name }) => !plain(name)))(
		'$name learns nothing by asking for words that the table keeps from them',
		async (me) => {
			const learnt = await each(worthAsking(me, guesses), async (guess) => {
				const { foreign, odd } = wordsToGuess(secrets, me, guess);
				if (foreign.length === 0) return [];
				const answer = await told(me.client, guess, foreign);
				if (!answer.startsWith('200') || answer === '200 {"data":[]}') return [];
				const other = await told(me.client, guess, odd);
				return answer === other ? [] : [`${inWords(guess)}: ${answer.slice(0, 100)}`];
			});
			expect(learnt.flat()).toEqual([]);
		},
	);
});

describe('Access: queries at random', () => {
	let answered = 0;
	let sent = 0;
	const runs = Number(process.env['DOORSTEP_RANDOM_QUERIES'] ?? 25);

	test.each(Object.values(matrix.people).filter(({ name }) => !plain(name)))(
		'$name is shown nothing foreign, and the same whether a foreign word is asked for or an odd one',
		async (me) => {
			const foreign = secrets.filter((secret) => !given(me, secret));
			const words = new Set(foreign.map(({ token: word }) => word));
			// What is closed altogether is asked for less often than that of which this person sees some rows.
			const partly = foreign.filter(({ row, field }) => mayAny(me, 'read', row.collection, field));
			const queries = fc.oneof(
				{ weight: 1, arbitrary: randomQueries(model, foreign) },
				{
					weight: partly.length === 0 ? 0 : 4,
					arbitrary: randomQueries(model, [...partly, ...foreign.slice(0, 1)]),
				},
			);
			const property = fc.asyncProperty(queries, async (query) => {
				const ask = async (word: string) => {
					const { method, path, body } = requestOf(query, word);
					const answer = await me.client.request(method, path, body);
					return { answer, text: answer.raw.toString().replaceAll(word, SLOT) };
				};
				const [asked, odd] = await Promise.all([ask(query.secret.token), ask(oddFor(query.secret.token))]);
				answered += odd.answer.status === 200 ? 1 : 0;
				// GraphQL has no better word for a filter that this person's schema does not know.
				if (query.by !== 'GraphQL') expect(faultOf(asked.answer)).toBeUndefined();
				expect([...tokensIn(asked.text)].filter((word) => words.has(word))).toEqual([]);
				expect([asked.answer.status, asked.text]).toEqual([odd.answer.status, odd.text]);
			});
			await fc.assert(property, { numRuns: runs });
			sent += runs;
		},
	);

	test('many of them are answered, so that they are questions and no noise', () => {
		expect(answered / sent).toBeGreaterThan(0.2);
	});
});
