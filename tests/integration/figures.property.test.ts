import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import type { Knex } from 'knex';
import { afterAll, expect, test } from 'vitest';
import { LEDGERS, LEVELS, SATISFACTIONS, SOLVED, STATUSES } from '../../extensions/cases/terms.js';
import { figureRows } from '../../extensions/oversight/answers.js';
import { readFigures } from '../../extensions/oversight/asked.js';
import { isRhythm, tellsApart } from '../../extensions/oversight/dimensions.js';
import { DIMENSIONS, FIGURES, type FigureName } from '../../extensions/oversight/figures.js';
import type { Scope } from '../../extensions/oversight/scope.js';
import { rowsOf } from '../../extensions/platform/dialect.js';
import { insertMany } from '../../extensions/platform/insert.js';
import {
	addDays,
	DAY_MS,
	HOUR_MS,
	localDateOf,
	startOfLocalDay,
} from '../../extensions/platform/local-time.js';
import { triggersOff } from '../bench/bulk.js';
import { openCopy } from '../harness/township.js';
import { nothing, recount, type CountedCase } from '../oversight/recount.js';

const { knex, drop } = await openCopy('township');
afterAll(drop);

const NOW = new Date('2026-11-25T02:30:00.000Z');
const TODAY = localDateOf(NOW);

interface Place {
	household: string;
	village: string;
	cadre: string;
}
const places = await rowsOf<Place>(
	knex,
	`select h.id as household, x.village, h.cadre from doorstep_households h
		join doorstep_hamlets x on x.id = h.hamlet order by h.code`,
);
const villages = [...new Set(places.map(({ village }) => village))];
const cadres = (
	await rowsOf<{ id: string }>(knex, 'select id from doorstep_cadres order by name limit 6')
).map(({ id }) => id);
const answerers = [...new Set(places.map(({ cadre }) => cadre))].slice(0, 2);

/** Half of the times lie where something changes: at midnights, deadlines, a day or four hours from now, and a millisecond beside. */
const EDGES = [
	0,
	-DAY_MS,
	4 * HOUR_MS,
	-3 * DAY_MS,
	...[0, -7, -29, -30].map((days) => startOfLocalDay(addDays(TODAY, days)).getTime() - NOW.getTime()),
];
const edge = fc
	.tuple(fc.constantFrom(...EDGES), fc.constantFrom(-1, 0, 1))
	.map(([at, beside]) => at + beside);
const time = (most: number): fc.Arbitrary<Date> =>
	fc
		.oneof(
			edge,
			fc.integer({ min: -45 * 24, max: 72 }).map((hours) => hours * HOUR_MS),
		)
		.map((from) => new Date(NOW.getTime() + Math.min(from, most)));
const past = time(0);
const orNull = <T>(some: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(some, { nil: null, freq: 2 });

/** Left out more often than not. */
const rarely = <T>(some: fc.Arbitrary<T>): fc.Arbitrary<T | null> =>
	fc.oneof({ weight: 2, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: some });
/** A time that stands to another one as a rule looks at it, to the millisecond, or any. */
type Near = { from: 'received' | 'clock' | 'due' | 'breached' | null; beside: number; at: Date };
const near: fc.Arbitrary<Near> = fc.record({
	from: fc.constantFrom('received', 'clock', 'due', 'breached', null),
	beside: fc.constantFrom(-1, 0, 1),
	at: past,
});

const aStep = fc.record({
	kind: fc.constantFrom('take', 'note', 'resolve', 'tell', 'tell', 'verify', 'close', 'reopen'),
	at: near,
	resolved: orNull(near),
	solved: fc.constantFrom(...SOLVED),
	satisfaction: fc.constantFrom(...SATISFACTIONS),
});
const aRung = fc.record({
	name: fc.constantFrom('催办', '督办', '不在规则里的'),
	raised: past,
	minutes: orNull(fc.integer({ min: 0, max: 3000 })),
});
const aCase: fc.Arbitrary<CountedCase & { household: string }> = fc
	.record({
		place: fc.constantFrom(...places.slice(0, 8), ...places.slice(-8)),
		ledger: fc.constantFrom(...LEDGERS),
		level: orNull(fc.constantFrom(...LEVELS)),
		holder: orNull(fc.constantFrom(...cadres)),
		about: fc.option(fc.constantFrom(...cadres.slice(0, 2)), { nil: null, freq: 6 }),
		status: fc.constantFrom(...STATUSES),
		received: past,
		clock: past,
		due: fc.oneof(time(Infinity), fc.constantFrom(NOW, new Date(NOW.getTime() + 4 * HOUR_MS))),
		resolved: near,
		told: orNull(past),
		breached: rarely(past),
		steps: fc.array(aStep, { maxLength: 5 }),
		rungs: fc.array(aRung, { maxLength: 3 }),
	})
	.map(({ place, resolved, steps, rungs, ...row }) => {
		const settled = row.status === 'resolved' || row.status === 'closed';
		return {
			...{ ...row, id: randomUUID(), household: place.household },
			...{ village: place.village, answerer: place.cadre },
			resolved: settled ? timeBy(row, resolved) : null,
			steps: steps.map((step, n) => ({
				...{ ...step, seq: n + 2, at: timeBy(row, step.at) },
				resolved: step.resolved && timeBy(row, step.resolved),
			})),
			rungs: rungs.map(({ minutes, ...rung }) => ({
				...rung,
				acknowledged: minutes === null ? null : new Date(rung.raised.getTime() + minutes * 60_000),
			})),
		};
	});

/** A day after receipt or after the clock began, at the deadline, or when it was missed: there it is decided whether something was in time. */
function timeBy(
	row: Record<'received' | 'clock' | 'due', Date> & { breached: Date | null },
	{ from, beside, at }: Near,
): Date {
	const base = from === null ? null : row[from];
	if (base === null) return at;
	return new Date(base.getTime() + (from === 'received' || from === 'clock' ? DAY_MS : 0) + beside);
}

const aScope: fc.Arbitrary<Scope> = fc.record({
	villages: rarely(fc.subarray(villages)),
	answerers: rarely(fc.constant(answerers)),
	complaints: fc.constantFrom<Scope['complaints']>(false, { but: null }, { but: cadres[0]! }),
	byHolder: fc.constant(true),
});
/** What may be asked at once: one window at most, and figures that can be told apart so. */
const asked = fc
	.record({ by: fc.subarray([...DIMENSIONS], { maxLength: 2 }), turned: fc.boolean() })
	.filter(({ by }) => by.filter(isRhythm).length < 2)
	.map(({ by, turned }) => (turned ? by.toReversed() : by))
	.map((by) => ({ by, figures: FIGURES.filter((figure) => by.every((each) => tellsApart(each, figure))) }))
	.filter(({ figures }) => figures.length > 0);
const aPeriod = fc
	.tuple(fc.constantFrom(0, -1, -3, -7), fc.constantFrom(0, 6, 22, 29))
	.map(([end, days]) => ({ to: addDays(TODAY, end), from: addDays(TODAY, end - days) }));

test('F6, S6, S7: every figure, told apart in any way, is what one gets by going through all cases one by one', async () => {
	await fc.assert(
		fc.asyncProperty(
			fc.array(aCase, { minLength: 10, maxLength: 40, size: 'max' }),
			fc.array(
				fc.record({
					question: asked,
					period: aPeriod,
					ledger: rarely(fc.constantFrom(...LEDGERS)),
					scope: aScope,
				}),
				{ minLength: 6, maxLength: 6 },
			),
			async (cases, questions) => {
				await whileWritten(cases, async (trx) => {
					for (const { question, period, ledger, scope } of questions) {
						const { by, figures } = question;
						const query = {
							...period,
							figures: figures.join(','),
							...(by.length > 0 && { by: by.join(',') }),
							...(ledger !== null && { ledger }),
						};
						const read = readFigures(query, NOW);
						if (!read.ok) throw new Error(JSON.stringify(read.fault));
						const rows = await figureRows(trx, read.value, { scope, now: NOW, locale: 'zh-CN' });
						const found = new Map(
							rows.map((row) => [JSON.stringify(by.map((each) => row.keys[each])), row.figures]),
						);
						const expected = recount(cases, figures, {
							by,
							period: read.value.period,
							ledger,
							scope,
							now: NOW,
						});
						expect(found).toEqual(completed(expected, figures));
					}
				});
			},
		),
		{ numRuns: Number(process.env['DOORSTEP_FIGURES_RUNS'] ?? 40) },
	);
});

/** Where one figure says something, the others of its row say that there is nothing. */
function completed(
	expected: ReturnType<typeof recount>,
	figures: readonly FigureName[],
): ReturnType<typeof recount> {
	return new Map(
		[...expected].map(([key, known]) => [
			key,
			Object.fromEntries(figures.map((name) => [name, known[name] ?? nothing(name)])),
		]),
	);
}

/** Writes the cases alone into the database, without the triggers that would ask for chains, and takes everything back. */
async function whileWritten(
	cases: readonly (CountedCase & { household: string })[],
	work: (trx: Knex) => Promise<void>,
): Promise<void> {
	const trx = await knex.transaction();
	try {
		await triggersOff(trx);
		for (const table of ['doorstep_escalations', 'doorstep_case_steps', 'doorstep_cases'])
			await trx(table).delete();
		await insertMany(trx, 'doorstep_cases', cases.map(caseRow));
		await insertMany(trx, 'doorstep_case_steps', cases.flatMap(stepRows));
		await insertMany(trx, 'doorstep_escalations', cases.flatMap(rungRows));
		await work(trx);
	} finally {
		await trx.rollback();
	}
}

function stateOf(each: CountedCase): object {
	return {
		...{ status: each.status, ledger: each.ledger, level: each.level, holder: each.holder, cycle: 1 },
		...{ due_at: each.due, first_due_at: each.due, clock_from: each.clock },
		...{ told_at: each.told, breached_at: each.breached },
	};
}

function caseRow(each: CountedCase & { household: string }, n: number): object {
	return {
		...{
			...stateOf(each),
			id: each.id,
			number: `2026-${n}`,
			household: each.household,
			cadre: each.answerer,
			title: '事项',
		},
		...{ nature: 'request', source: 'visit', about_cadre: each.about, received_at: each.received },
		...{
			resolved_at: each.resolved,
			rung: 0,
			rung_base: 0,
			seq: 1,
			head_hash: 'none',
		},
	};
}

function stepRows(each: CountedCase): object[] {
	return each.steps.map(({ seq, kind, at, resolved, solved, satisfaction }) => ({
		...{ ...stateOf(each), id: randomUUID(), case_id: each.id, seq, kind, at, resolved_at: resolved },
		...{ solved, satisfaction, hash: 'none', body_hash: 'none' },
	}));
}

function rungRows(each: CountedCase): object[] {
	return each.rungs.map(({ name, raised, acknowledged }, n) => ({
		...{ id: randomUUID(), case_id: each.id, cycle: 1, rung: n + 1, name, due_at: raised, raised_at: raised },
		...{ recipients: [], acknowledged_at: acknowledged },
	}));
}
