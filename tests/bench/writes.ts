/** Recording a case and adding a step, beside the same row put into a plain collection with equal columns. */
import { randomUUID } from 'node:crypto';
import { writeLarge, type Large } from '../harness/large.js';
import type { Client } from '../harness/request.js';
import type { Bench } from './bench.js';
import { connected, NAMES, onCopy, running } from './copy.js';
import { tableIn, underLoad, type Act, type Load, type Print } from './measure.js';
import { makePlain, PLAIN } from './plain.js';
import { processorMsOf } from './processor.js';
import { statementsOf, TRACING, type Statements } from './statements.js';

const CONNECTIONS = [1, 10];
const TURNS = { requests: 40, warmUp: 40, turns: 8 };
const TRACED = 20;
/** Steps go to so many cases in turn, so that ten connections seldom wait for one case. */
const CASES_IN_HAND = 40;
const WRITES = ['case', 'step'] as const;
const COLUMNS = [
	'written',
	'connections',
	'where',
	'p50 ms',
	'p99 ms',
	'requests a second',
	'Directus, processor ms',
	'p50 ratio',
	'requests ratio',
	'processor ratio',
];
/** Kinds of statement that a request spends the most time on. */
const SHOWN_KINDS = 14;

export const benchWrites: Bench = async (templates, print) => {
	print(
		'A cadre records a proxy case for a household of theirs, and adds notes to cases; beside it the same rows, with all columns',
	);
	print(
		'given, put into collections of equal columns, keys and permissions, which no extension looks at. By HTTP, in turn, connections kept.',
	);
	for (const template of templates) {
		await onCopy(template, async (stopped) => {
			const large = await connected(stopped, (knex) => writeLarge(knex, { cases: 0, allOpen: true }));
			print(`\n### ${NAMES[template.kind]}: writes\n`);
			await running(template, stopped, async ({ instance, admin, logInAs }) => {
				await makePlain(admin);
				const meter = () => processorMsOf(instance.pid);
				await measure(await writersOf(large, admin, logInAs), meter, print);
			});
			print(`\n#### ${NAMES[template.kind]}: statements a request, one connection, Directus logging each\n`);
			await running(
				template,
				stopped,
				async ({ instance, admin, logInAs }) => {
					const writers = await writersOf(large, admin, logInAs);
					for (const written of WRITES) {
						const ours = await statementsOf(instance, writers[written].ours, TRACED);
						const plain = await statementsOf(instance, writers[written].plain, TRACED);
						printStatements(written, { ours, plain }, print);
					}
				},
				TRACING,
			);
		});
	}
};

type Pair<T> = Record<'ours' | 'plain', T>;
type Writers = Record<(typeof WRITES)[number], Pair<Act>>;

async function measure(writers: Writers, meter: () => number, print: Print): Promise<void> {
	const row = tableIn(print, COLUMNS);
	for (const written of WRITES) {
		for (const connections of CONNECTIONS) {
			const { ours, plain } = await underLoad(writers[written], { ...TURNS, connections }, meter);
			const cells = ({ p50, p99, perSecond, processorMs }: Load) =>
				[p50, p99, perSecond, processorMs].map((figure) => figure.toFixed(1));
			row(written, String(connections), 'plain', ...cells(plain), '1', '1', '1');
			row(
				...[written, String(connections), 'Doorstep', ...cells(ours)],
				...[(ours.p50 / plain.p50).toFixed(2), (plain.perSecond / ours.perSecond).toFixed(2)],
				(ours.processorMs / plain.processorMs).toFixed(2),
			);
		}
	}
}

function printStatements(written: string, { ours, plain }: Pair<Statements>, print: Print): void {
	const row = tableIn(print, [written, 'plain: statements', 'ms', 'Doorstep: statements', 'ms']);
	const cells = (of: { count: number; ms: number } | undefined) =>
		of === undefined ? ['', ''] : [of.count.toFixed(1), of.ms.toFixed(2)];
	row('all', ...cells(plain), ...cells(ours));
	const kinds = [...ours.byKind.keys()].slice(0, SHOWN_KINDS);
	for (const kind of kinds) row(kind, ...cells(plain.byKind.get(kind)), ...cells(ours.byKind.get(kind)));
	print('');
}

type Row = Record<string, unknown>;

/** The plain rows are copies of what ours became, so that the same is written. */
async function writersOf(
	{ people }: Large,
	admin: Client,
	logInAs: (email: string) => Promise<Client>,
): Promise<Writers> {
	const cadre = await logInAs(people.cadre.email);
	const households = await cadre.ok<{ id: string }[]>('GET', '/items/doorstep_households?fields=id&limit=60');
	const [service] = await cadre.ok<{ id: string }[]>(
		'GET',
		'/items/doorstep_services?filter[ledger][_eq]=proxy&limit=1',
	);
	const inTurn = turning(households.map(({ id }) => id));
	const newCase = () => ({
		...{ household: inTurn(), ledger: 'proxy', service: service?.id, title: '新生儿落户' },
		...{ detail: '孩子上月出生，材料已备齐，请代为办理。', client_id: randomUUID() },
	});
	const newStep = () => ({ kind: 'note', note: '已到派出所递交材料，等候通知。', client_id: randomUUID() });

	const cases = Array.from({ length: CASES_IN_HAND }, () =>
		cadre.ok<Row>('POST', '/items/doorstep_cases', newCase()),
	);
	const inHand = await Promise.all(cases);
	const { steps: _steps, escalations: _escalations, ...caseRow } = inHand[0] ?? {};
	const plainCase = () => ({ ...caseRow, ...newCase(), id: randomUUID(), number: randomUUID().slice(0, 20) });
	const plainInHand = inHand.map(() => plainCase());
	for (const row of plainInHand) await cadre.ok('POST', `/items/${PLAIN.doorstep_cases}`, row);

	const nextCase = turning(inHand.map(({ id }) => id));
	const sent = await cadre.ok<{ id: string }>('POST', '/items/doorstep_case_steps', {
		case_id: nextCase(),
		...newStep(),
	});
	const stepRow = await admin.ok<Row>('GET', `/items/doorstep_case_steps/${sent.id}`);
	const nextPlain = turning(plainInHand.map(({ id }) => id));
	const plainStep = () => ({ ...stepRow, ...newStep(), id: randomUUID(), case_id: nextPlain() });
	const post =
		(collection: string, row: () => object): Act =>
		() =>
			cadre.ok('POST', `/items/${collection}`, row());
	return {
		case: { ours: post('doorstep_cases', newCase), plain: post(PLAIN.doorstep_cases, plainCase) },
		step: {
			ours: post('doorstep_case_steps', () => ({ case_id: nextCase(), ...newStep() })),
			plain: post(PLAIN.doorstep_case_steps, plainStep),
		},
	};
}

/** @returns gives the next one at each call, and after the last the first */
function turning<T>(list: readonly T[]): () => T {
	let at = 0;
	return () => list[at++ % list.length]!;
}
