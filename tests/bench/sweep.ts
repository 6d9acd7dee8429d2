/** The sweep beside the least that SQL has to do for it, beside Directus's own way, and beside itself on ten times as many cases. */
import type { Knex } from 'knex';
import { sweep } from '../../extensions/cases/sweep.js';
import { dialectOf, toRow } from '../../extensions/platform/dialect.js';
import { writeLarge } from '../harness/large.js';
import { clientOf, type Client } from '../harness/request.js';
import type { StoppedInstance, Template } from '../harness/template.js';
import type { Bench } from './bench.js';
import { memoryOfCases, triggersOff, writeOpenCases, type OpenCases } from './bulk.js';
import { connected, NAMES, onCopy, running } from './copy.js';
import { shown, sideBySide, tableIn } from './measure.js';
import { copyRows, makePlain, PLAIN } from './plain.js';
import { bareSweep } from './sweep-bare.js';

const MANY: OpenCases = { cases: 100_000, due: 10_000 };
const FEW: OpenCases = { cases: 100_000, due: 1000 };
const FEW_OF_MILLION: OpenCases = { cases: 1_000_000, due: 1000 };
/** On a busy machine Directus takes more than a minute over ten thousand rows. */
const MOST_PATIENCE_MS = 900_000;
const COLUMNS = ['due', 'open', 'what', 'milliseconds', 'ratio'];

export const benchSweep: Bench = async (templates, print) => {
	print(
		'Median (and 95th percentile), in turn, each time from the same rows. "The sweep" raises rungs with their recipients,',
	);
	print(
		'moves the cases, writes notices and mails, and says when it was. "Two statements" insert the rungs and move the cases,',
	);
	print(
		'in one transaction, and tell nobody. "updateMany" is PATCH /items with all keys on a collection with equal columns,',
	);
	print(
		'as an administrator, with revisions: it sets the same three columns, raises no rung and tells nobody.',
	);
	for (const template of templates) {
		print(`\n### ${NAMES[template.kind]}: sweep\n`);
		const row = tableIn(print, COLUMNS);
		await besideSql(template, row);
		await besideItself(template, row);
	}
};

type Row = ReturnType<typeof tableIn>;

async function besideSql(template: Template, row: Row): Promise<void> {
	await onFilled(template, MANY, async (stopped, knex) => {
		const reset = await memoryOfCases(knex);
		await expectRaised(knex, MANY.due, reset);
		let putBack = async () => {};
		const times = await sideBySide(
			{
				ours: { before: reset, act: () => sweep(knex) },
				bare: { before: reset, act: () => bareSweep(knex) },
				unguarded: {
					before: async () => {
						await reset();
						putBack = await triggersOff(knex);
					},
					act: () => bareSweep(knex),
					after: () => putBack(),
				},
			},
			{ warmUp: 1, measured: 9 },
		);
		const ratio = (than: keyof typeof times) => (times.ours.median / times[than].median).toFixed(2);
		row(...sizeOf(MANY), 'the sweep', shown(times.ours), '1');
		row(...sizeOf(MANY), 'two statements', shown(times.bare), `${ratio('bare')} × as long takes the sweep`);
		row(
			...sizeOf(MANY),
			'two statements, our triggers off',
			shown(times.unguarded),
			`${ratio('unguarded')} ×`,
		);
		await besideDirectus(template, stopped, knex, reset, row);
	});
}

async function besideDirectus(
	template: Template,
	stopped: StoppedInstance,
	knex: Knex,
	reset: () => Promise<void>,
	row: Row,
): Promise<void> {
	await reset();
	await running(template, stopped, async ({ admin }) => {
		const patient = clientOf(admin.url, admin.token, MOST_PATIENCE_MS);
		await makePlain(admin);
		await copyRows(knex, 'doorstep_cases');
		const keys = await knex('bench_before').pluck<string[]>('id');
		const { ours, directus } = await sideBySide(
			{
				ours: { before: reset, act: () => sweep(knex) },
				directus: { before: () => resetPlain(knex), act: () => updateMany(patient, keys) },
			},
			{ warmUp: 0, measured: 3 },
		);
		row(...sizeOf(MANY), 'the sweep, again', shown(ours), '1');
		row(
			...sizeOf(MANY),
			'updateMany',
			shown(directus),
			`${(directus.median / ours.median).toFixed(0)} × as long as the sweep`,
		);
	});
}

/** One row is answered; without a limit Directus would read all of them once more. */
async function updateMany(admin: Client, keys: readonly string[]): Promise<void> {
	const now = Date.now();
	await admin.ok('PATCH', `/items/${PLAIN.doorstep_cases}?fields=id&limit=1`, {
		keys,
		data: { rung: 2, next_rung_at: new Date(now + 14_400_000), breached_at: new Date(now) },
	});
}

async function resetPlain(knex: Knex): Promise<void> {
	await knex(PLAIN.doorstep_cases)
		.update(toRow(dialectOf(knex), { rung: 1, breached_at: null }))
		.whereNotNull('breached_at');
}

async function besideItself(template: Template, row: Row): Promise<void> {
	await onFilled(template, FEW, (_small, few) =>
		onFilled(template, FEW_OF_MILLION, async (_stopped, million) => {
			const [resetFew, resetMillion] = [await memoryOfCases(few), await memoryOfCases(million)];
			await expectRaised(few, FEW.due, resetFew);
			await expectRaised(million, FEW_OF_MILLION.due, resetMillion);
			const times = await sideBySide(
				{
					few: { before: resetFew, act: () => sweep(few) },
					million: { before: resetMillion, act: () => sweep(million) },
				},
				{ warmUp: 1, measured: 9 },
			);
			const ratio = (times.million.median / times.few.median).toFixed(2);
			row(...sizeOf(FEW), 'the sweep', shown(times.few), '1');
			row(...sizeOf(FEW_OF_MILLION), 'the sweep', shown(times.million), `${ratio} × as long as of 100,000`);
		}),
	);
}

/** A bench that raised nothing would be fast. */
async function expectRaised(knex: Knex, due: number, reset: () => Promise<void>): Promise<void> {
	const { raised } = await sweep(knex);
	if (raised !== due) throw new Error(`${raised} rungs were raised, not ${due}.`);
	await reset();
	await bareSweep(knex);
	const now = dialectOf(knex) === 'postgres' ? new Date() : Date.now();
	const left = await knex('doorstep_cases').where('next_rung_at', '<=', now).limit(1).select('id');
	if (left.length > 0) throw new Error('The two statements leave cases that are due.');
}

async function onFilled(
	template: Template,
	size: OpenCases,
	work: (stopped: StoppedInstance, knex: Knex) => Promise<void>,
): Promise<void> {
	await onCopy(template, (stopped) =>
		connected(stopped, async (knex) => {
			await writeLarge(knex, { cases: 0, allOpen: true });
			await writeOpenCases(knex, size);
			await work(stopped, knex);
		}),
	);
}

function sizeOf({ cases, due }: OpenCases): [string, string] {
	return [due.toLocaleString('en'), cases.toLocaleString('en')];
}
