import { afterAll, describe, expect, test, vi } from 'vitest';
import { each, faultOf } from '../access/answers.js';
import { isMute, isRefused, tryOut, worksFor, type Attempt } from '../access/attempts.js';
import { dump, missingFrom } from '../access/dump.js';
import { movesOf } from '../access/moves.js';
import { plain } from '../access/people.js';
import { buildMatrix } from '../access/rows.js';
import { startProvisioned } from '../harness/township.js';

vi.setConfig({ testTimeout: 600_000 });
const township = await startProvisioned({ env: { IMPORT_MAX_CONCURRENCY: '100000' } });
afterAll(() => township.stop());
const matrix = await buildMatrix(township);
const askers = Object.values(matrix.people).filter(({ name }) => !plain(name));
const before = await dump(township);
const inWords = ({ way, method, path, body }: Attempt) =>
	`${way} ${method} ${path} ${typeof body === 'function' ? '' : JSON.stringify(body ?? '').slice(0, 250)}`;

describe('Access: nobody moves a row to somebody else, and nobody raises themselves', () => {
	test.each(askers)('$name is refused every such move', async (me) => {
		const tried = movesOf(matrix, me).flatMap(({ what, attempts }) =>
			attempts.map((attempt) => ({ what, attempt })),
		);
		const done = await each(tried, async ({ what, attempt }) => {
			const answer = await tryOut(me.client, attempt);
			const fault = isMute(answer, attempt) ? undefined : faultOf(answer);
			if (fault !== undefined) return [`${what}: ${inWords(attempt)}: ${fault}`];
			const nothingFound = attempt.way.endsWith('by query') && answer.status === 204;
			return isRefused(answer) || nothingFound
				? []
				: [`${what}: ${inWords(attempt)}: ${answer.status} ${answer.raw.toString().slice(0, 200)}`];
		});
		expect(done.flat()).toEqual([]);
	});

	test('and the database is as it was', async () => {
		const after = await dump(township);
		expect({ gone: missingFrom(before, after), come: missingFrom(after, before) }).toEqual({
			gone: [],
			come: [],
		});
	});

	test('an administrator may do each of these, or is held by a rule that holds for everybody', async () => {
		const broken: string[] = [];
		for (const { what, attempts } of movesOf(matrix, matrix.people.stranger)) {
			const [attempt] = attempts;
			if (attempt === undefined) continue;
			const answer = await tryOut(township.admin, attempt);
			if (!worksFor(answer))
				broken.push(`${what}: ${inWords(attempt)}: ${answer.status} ${answer.raw.toString().slice(0, 200)}`);
		}
		expect(broken).toEqual([]);
	});
});
