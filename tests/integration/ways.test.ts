import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { ROOT } from '../../seed/prepare.mjs';
import { each, faultOf } from '../access/answers.js';
import { isMute, tryOut, type Attempt } from '../access/attempts.js';
import { dump, missingFrom } from '../access/dump.js';
import { withCustomCode } from '../harness/custom-code.js';
import type { Answer } from '../harness/request.js';
import { startProvisioned } from '../harness/township.js';
import { buildWorld } from '../harness/world.js';
import { HATS, makeHats, type Hat } from '../ways/hats.js';
import { allowed } from '../ways/allowed.js';
import { byHat, inTable, readTable, writtenTable, type Line } from '../ways/table.js';
import { makeTargets } from '../ways/targets.js';
import { triesOf, type Try } from '../ways/tries.js';

vi.setConfig({ testTimeout: 600_000 });
const township = await startProvisioned({
	env: { IMPORT_MAX_CONCURRENCY: '100000', ...(await withCustomCode()) },
});
afterAll(() => township.stop());
const world = await buildWorld(township);
const targets = await makeTargets(township, world);
const hats = await makeHats(township, world, targets.theCase);
const tries = triesOf(targets);
const before = await dump(township);

const inWords = (hat: Hat, on: string, { way, method, path, body }: Attempt) =>
	`${hat}, ${on}, ${way}: ${method} ${path} ${typeof body === 'function' ? '' : JSON.stringify(body ?? '').slice(0, 200)}`;

/** How an answer ends, in the words of the table. A Flow answers 200 and gives what its operation said. */
function endOf(answer: Answer<unknown>, attempt: Attempt): string {
	const [error] = answer.errors;
	if (isMute(answer, attempt)) return 'no such mutation';
	if (error !== undefined) return inTable(error.extensions.code);
	if (!attempt.way.startsWith('Flow')) return 'done';
	const said = JSON.parse(answer.raw.toString() || 'null') as { code?: unknown } | null;
	if (typeof said?.code !== 'string') return 'done';
	return TRIGGERS.includes(said.code) ? 'trigger' : inTable(said.code);
}
/** Of a deletion without events Directus hands on what the database says as it is, and to a Flow no more than this. */
const TRIGGERS = ['SQLITE_CONSTRAINT', 'DS001'];

const found: Line[] = [];
const insides: string[] = [];

describe('Idea 1: there is no way around the steps', () => {
	test.each(HATS)('each way ends for the hat "%s" as the table says', async (hat) => {
		const client = hats[hat];
		const asked = tries.flatMap((tried) => tried.attempts.map((attempt) => ({ tried, attempt })));
		const answers = await each(asked, ({ attempt }) => tryOut(client, attempt), 4);
		const ends = new Map<Try, Set<string>>(tries.map((tried) => [tried, new Set()]));
		asked.forEach(({ tried, attempt }, n) => {
			ends.get(tried)!.add(endOf(answers[n]!, attempt));
			const fault = isMute(answers[n]!, attempt) ? undefined : faultOf(answers[n]!);
			if (fault !== undefined) insides.push(`${inWords(hat, tried.on, attempt)}: ${fault}`);
		});
		const table = readTable();
		tries.forEach((tried, n) => {
			found[n] ??= { on: tried.on, way: tried.way, ends: byHat(() => '') };
			found[n].ends[hat] = [...ends.get(tried)!].sort().join(', ');
		});
		const column = (lines: readonly Line[]) =>
			lines.map(({ on, way, ends }) => `${on} | ${way}: ${ends[hat]}`);
		expect(column(found)).toEqual(column(table));
	});

	test('the database is as it was', async () => {
		const after = await dump(township);
		expect({ gone: missingFrom(before, after), come: missingFrom(after, before) }).toEqual({
			gone: [],
			come: [],
		});
	});

	test('not one of these ways leads anywhere, says the table', () => {
		const open = readTable().filter(({ ends }) =>
			Object.values(ends).some((end) => end === '' || end.includes('done')),
		);
		expect(open).toEqual([]);
	});

	test('no answer shows SQL or a stack', () => {
		expect(insides).toEqual([]);
	});

	test('each of these ways leads somewhere: with something that is allowed it works', async () => {
		const deaf: string[] = [];
		for (const { way, attempts } of allowed(targets)) {
			for (const attempt of attempts) {
				const answer = await tryOut(township.admin, attempt);
				const end = endOf(answer, attempt);
				if (!end.startsWith('done')) deaf.push(`${way}: ${inWords('administrator', '', attempt)}: ${end}`);
			}
		}
		expect(deaf).toEqual([]);
		const ways = new Set(allowed(targets).map(({ way }) => way));
		expect(tries.filter(({ way }) => !ways.has(way)).map(({ way }) => way)).toEqual([]);
	});
});

/** For people who compare the whole table with what was found. */
afterAll(async () => {
	await mkdir(join(ROOT, '.cache'), { recursive: true });
	await writeFile(join(ROOT, '.cache', `ways.${township.database}.md`), writtenTable(found));
});
