/** The audit of many steps: how long it takes, and how much memory, which is not to grow with them. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { writeLarge } from '../harness/large.js';
import type { Bench } from './bench.js';
import type { Audited } from './audit-alone.js';
import { connected, NAMES, onCopy } from './copy.js';
import { tableIn } from './measure.js';
import { writeHistories } from './histories.js';
import type { DatabaseSettings } from '../harness/database.js';

/** About five steps a case, as in the demo. */
const CASES = [20_000, 70_000];
const AUDITS = 3;
const COLUMNS = [
	'database',
	'cases',
	'steps',
	'seconds (each of three)',
	'seconds for 100,000 steps',
	'memory at its most, MB',
	'more than before, MB',
	'heap at its most, MB',
];

export const benchAudit: Bench = async (templates, print) => {
	print(
		"An audit of the whole database, in a process of its own; cases in slices of 1,000. Memory is that process's (resident set).\n",
	);
	const row = tableIn(print, COLUMNS);
	for (const template of templates) {
		for (const cases of CASES) {
			await onCopy(template, async (stopped) => {
				await connected(stopped, async (knex) => {
					await writeLarge(knex, { cases: 0, allOpen: true });
					await writeHistories(knex, cases);
				});
				const { report, seconds, memory } = await auditAlone(stopped.database);
				if (!report.ok || report.cases !== cases)
					throw new Error(
						`The audit is not as it should be: ${report.cases} cases, ${JSON.stringify(report.faults.slice(0, 3))}`,
					);
				const fastest = Math.min(...seconds);
				row(
					...[NAMES[template.kind], cases.toLocaleString('en'), report.steps.toLocaleString('en')],
					...[
						seconds.map((each) => each.toFixed(1)).join(', '),
						((fastest / report.steps) * 100_000).toFixed(1),
					],
					...[memory.most, memory.most - memory.before, memory.heap].map((bytes) =>
						(bytes / 2 ** 20).toFixed(0),
					),
				);
			});
		}
	}
};

/** In a process of its own, for what was written before leaves memory behind. */
async function auditAlone(database: DatabaseSettings): Promise<Audited> {
	const script = fileURLToPath(new URL('audit-alone.ts', import.meta.url));
	const child = spawn(
		process.execPath,
		['--expose-gc', '--import', 'tsx', script, JSON.stringify(database), String(AUDITS)],
		{
			stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
		},
	);
	const answered = once(child, 'message') as Promise<[Audited]>;
	const ended = once(child, 'exit').then(([code]) => {
		throw new Error(`The audit ended with ${String(code)}.`);
	});
	const [audited] = await Promise.race([answered, ended]);
	child.kill();
	await ended.catch(() => undefined);
	return audited;
}
