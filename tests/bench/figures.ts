/** What a town leader's dashboard asks, one by one and all at once, beside the statements of the same questions without anything around them. */
import type { Knex } from 'knex';
import { sweep } from '../../extensions/cases/sweep.js';
import { readFigures, readOverview, type AskedFigures } from '../../extensions/oversight/asked.js';
import { isRhythm, type PlainDimension } from '../../extensions/oversight/dimensions.js';
import { DEFINITIONS } from '../../extensions/oversight/definitions.js';
import { FIGURES } from '../../extensions/oversight/figures.js';
import type { Scope } from '../../extensions/oversight/scope.js';
import { statementOf, type Question } from '../../extensions/oversight/store.js';
import { groupBy } from '../../extensions/platform/group-by.js';
import { addDays } from '../../extensions/platform/local-time.js';
import { daysOf, windowsIn } from '../../extensions/platform/windows.js';
import { writeLarge, type Large } from '../harness/large.js';
import type { Client } from '../harness/request.js';
import type { Bench } from './bench.js';
import { tidied, withoutTriggers } from './bulk.js';
import { connected, NAMES, onCopy, running } from './copy.js';
import { writeHistories } from './histories.js';
import { shown, sideBySide, tableIn, type Act } from './measure.js';

/** Written by the rules; copies of them make up the rest. */
const BY_THE_RULES = 10_000;
const SIZES = {
	sqlite: [{ name: 'the demo’s size', cases: 2000, copies: 0 }],
	postgres: [
		{ name: 'a township', cases: BY_THE_RULES, copies: 10 },
		{ name: 'ten townships’ cases', cases: BY_THE_RULES, copies: 109 },
	],
} as const;

/** As the panels of the shipped dashboard ask. */
const ASKED: Readonly<Record<string, Record<string, string>>> = {
	'rates by week': {
		figures: 'response_rate,within_24_hours_rate,on_time_rate,solved_rate,satisfaction_rate',
		by: 'week',
	},
	'how late': { figures: 'became_late', by: 'lateness' },
	'age by level and holder': { figures: 'open_cases', by: 'level,age', ledger: 'reported' },
	'villages and ledgers': { figures: 'received_cases', by: 'village,ledger' },
	'villages and half months': { figures: 'became_late', by: 'village,half_month' },
	'the ladder': { figures: 'raised_rungs,acknowledged_rungs,acknowledge_minutes', by: 'rung' },
	'villages compared': {
		figures: 'open_cases,late_cases,on_time_rate,solved_rate,satisfaction_rate_verified',
		by: 'village',
	},
};
const COLUMNS = ['request', 'its statements alone', 'by HTTP', 'ratio'];
const TOWNSHIP: Scope = { villages: null, answerers: null, complaints: false, byHolder: true };

export const benchFigures: Bench = async (templates, print) => {
	print('Median (and 95th percentile) in milliseconds, as a town leader, over the last thirty days.');
	for (const template of templates) {
		for (const { name, cases, copies } of SIZES[template.kind]) {
			await onCopy(template, async (stopped) => {
				const [{ people }, all] = await connected(stopped, (knex) => write(knex, cases, copies));
				print(`\n### ${NAMES[template.kind]}: ${name}, ${all.toLocaleString('en')} cases\n`);
				await running(template, stopped, async ({ logInAs }) => {
					const leader = await logInAs(people.townLeader.email);
					await connected(stopped, (knex) => compare(knex, leader, tableIn(print, COLUMNS)));
				});
			});
		}
	}
};

async function compare(knex: Knex, leader: Client, row: ReturnType<typeof tableIn>): Promise<void> {
	const now = new Date();
	const overview = read(readOverview({}, now));
	const before = {
		start: addDays(overview.period.start, -daysOf(overview.period)),
		end: addDays(overview.period.start, -1),
	};
	const base = { scope: TOWNSHIP, now };
	const requests: [name: string, path: string, questions: Question | undefined][] = [
		[
			...(['overview', '/doorstep/overview'] as const),
			{
				...{ ...base, figures: FIGURES, by: [], ledger: null, windows: [before, overview.period] },
				period: { start: before.start, end: overview.period.end },
			},
		],
		['deadlines', '/doorstep/deadlines', undefined],
		...Object.entries(ASKED).map(([name, query]): [string, string, Question] => [
			name,
			`/doorstep/figures?${new URLSearchParams(query).toString()}`,
			{ ...base, ...questionOf(read(readFigures(query, now))) },
		]),
	];
	for (const [name, path, question] of requests) {
		const byHttp = () => leader.ok('GET', path);
		if (question === undefined) {
			const { http } = await sideBySide({ http: byHttp });
			row(name, '', shown(http), '');
			continue;
		}
		const { bare, http } = await sideBySide({ bare: statementsOf(knex, question), http: byHttp });
		row(name, shown(bare), shown(http), (http.median / bare.median).toFixed(2));
	}
	const { together } = await sideBySide({
		together: () => Promise.all(requests.map(([, path]) => leader.ok('GET', path))),
	});
	row('all of them at once', '', shown(together), '');
}

/** One for each source of rows, at once, as the route asks them. */
function statementsOf(knex: Knex, question: Question): Act {
	const bySource = groupBy(question.figures, (name) => DEFINITIONS[name].source);
	return () =>
		Promise.all(
			[...bySource].map(([source, figures]) => {
				const { sql, bindings } = statementOf(knex, source, { ...question, figures });
				return knex.raw(sql, bindings as Knex.ValueDict);
			}),
		);
}

function questionOf({ figures, by, period, ledger }: AskedFigures): Omit<Question, 'scope' | 'now'> {
	const rhythm = by.find(isRhythm);
	return {
		...{ figures, period, ledger, windows: rhythm === undefined ? null : windowsIn(rhythm, period) },
		by: by.filter((dimension): dimension is PlainDimension => !isRhythm(dimension)),
	};
}

function read<T>(asked: { ok: true; value: T } | { ok: false }): T {
	if (!asked.ok) throw new Error('The question is none.');
	return asked.value;
}

/** @returns the township, and how many cases it has */
async function write(knex: Knex, cases: number, copies: number): Promise<[Large, number]> {
	const large = await writeLarge(knex, { cases: 0, allOpen: true });
	await writeHistories(knex, cases);
	await sweep(knex);
	if (copies > 0) await withoutTriggers(knex, (trx) => multiply(trx, copies));
	await tidied(knex);
	const [counted] = await knex('doorstep_cases').count<{ n: number | string }[]>({ n: '*' });
	return [large, Number(counted?.n)];
}

/** So far do ten weeks of histories reach: copies stand before them, ten times as far back. */
const SPAN_DAYS = 70;
const SPANS = 10;

/** What is finished of these histories over again, of the same households, in earlier times, under ids and numbers of its own. PostgreSQL alone. */
async function multiply(trx: Knex, copies: number): Promise<void> {
	await trx.raw(
		`create temporary table finished on commit drop as select id from doorstep_cases where status in ('closed', 'withdrawn')`,
	);
	const another = (column: string): string => `md5(${column}::text || n)::uuid`;
	const tables: Readonly<Record<string, { of: string; values: Record<string, string> }>> = {
		doorstep_cases: {
			of: 'id',
			values: { id: another('r.id'), number: "r.number || '-' || n", client_id: 'null' },
		},
		doorstep_case_steps: {
			of: 'case_id',
			values: { id: another('r.id'), case_id: another('r.case_id'), client_id: 'null' },
		},
		doorstep_escalations: { of: 'case_id', values: { id: another('r.id'), case_id: another('r.case_id') } },
	};
	for (const [table, { of, values }] of Object.entries(tables)) {
		const columns = Object.entries(await trx(table).columnInfo());
		const valueOf = (column: string, type: string): string =>
			values[column] ??
			(type.startsWith('timestamp')
				? `r."${column}" - (n % ${SPANS} + 1) * interval '${SPAN_DAYS} days'`
				: `r."${column}"`);
		await trx.raw(
			`insert into ${table} (${columns.map(([column]) => `"${column}"`).join(', ')})
				select ${columns.map(([column, { type }]) => valueOf(column, type)).join(', ')}
				from ${table} r join finished f on f.id = r.${of} cross join generate_series(1, ${copies}) n`,
		);
	}
}
