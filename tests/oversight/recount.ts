/** Every figure once more, plainly: rows in, loops, no SQL. Written from the words of the definitions, and knows nothing of their conditions. */
import {
	SATISFACTIONS,
	SOLVED,
	type Ledger,
	type Level,
	type Satisfaction,
	type Solved,
	type Status,
} from '../../extensions/cases/terms.js';
import type { Dimension, Figure, FigureName } from '../../extensions/oversight/figures.js';
import type { Scope } from '../../extensions/oversight/scope.js';
import { DAY_MS, HOUR_MS, localDateOf, type LocalDate } from '../../extensions/platform/local-time.js';
import { RHYTHMS, windowOf, type Rhythm, type Window } from '../../extensions/platform/windows.js';

export interface CountedCase {
	id: string;
	/** Where its household lives, and who answers for that. */
	village: string;
	answerer: string;
	ledger: Ledger;
	level: Level | null;
	holder: string | null;
	about: string | null;
	status: Status;
	received: Date;
	/** From when the time runs: receipt or before, moved on by the time that a reopened case had a result. */
	clock: Date;
	due: Date;
	resolved: Date | null;
	told: Date | null;
	breached: Date | null;
	steps: readonly CountedStep[];
	rungs: readonly CountedRung[];
}

export interface CountedStep {
	/** From 2: the first is the server's. */
	seq: number;
	kind: string;
	at: Date;
	/** The time of the result, as the step left it. */
	resolved: Date | null;
	solved: Solved | null;
	satisfaction: Satisfaction | null;
}

export interface CountedRung {
	name: string;
	raised: Date;
	acknowledged: Date | null;
}

export interface Recount {
	by: readonly Dimension[];
	period: Window;
	ledger: Ledger | null;
	scope: Scope;
	now: Date;
}

/** Something that a figure counts, and what it can be told apart by. */
interface Item {
	of: CountedCase;
	at?: Date;
	rung?: string;
	ageMs?: number;
	/** Null where it is not late. */
	lateMs?: number | null;
}

/** What makes up a figure: what counts, of what, by which answers; or how long each took. */
interface Made {
	value: Item[];
	of?: Item[];
	answers?: Record<string, Item[]>;
	took?: (Item & { ms: number })[];
}

/** Each combination of keys that says something, with its figures. */
export function recount(
	all: readonly CountedCase[],
	figures: readonly FigureName[],
	question: Recount,
): Map<string, Partial<Record<FigureName, Figure>>> {
	const cases = all.filter((each) => counts(each, question));
	const answer = new Map<string, Partial<Record<FigureName, Figure>>>();
	for (const name of figures) {
		const made = makeUp(name, cases, question);
		const items = [
			...made.value,
			...(made.of ?? []),
			...(made.took ?? []),
			...Object.values(made.answers ?? {}).flat(),
		];
		for (const key of new Set(items.map((item) => keyOf(item, question.by)))) {
			const figure = figureOf(made, (item) => keyOf(item, question.by) === key);
			answer.set(key, { ...answer.get(key), [name]: figure });
		}
	}
	return answer;
}

/** A figure of nothing. */
export function nothing(name: FigureName): Figure {
	return figureOf(
		makeUp(name, [], {
			by: [],
			period: { start: '2026-01-01', end: '2026-01-01' },
			ledger: null,
			scope: WHOLE,
			now: new Date(0),
		}),
		() => true,
	);
}

const WHOLE: Scope = { villages: null, answerers: null, complaints: { but: null }, byHolder: true };

function figureOf({ value, of, answers, took }: Made, belongs: (item: Item) => boolean): Figure {
	if (took !== undefined) {
		const sorted = took
			.filter(belongs)
			.map(({ ms }) => ms)
			.sort((a, b) => a - b);
		if (sorted.length === 0) return { value: null };
		const middle = sorted.length / 2;
		const median =
			sorted.length % 2 === 1 ? sorted[Math.floor(middle)]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
		return { value: Math.round(median / 60_000) };
	}
	const counted = value.filter(belongs).length;
	if (of === undefined) return { value: counted };
	const whole = of.filter(belongs).length;
	const rate = { value: whole === 0 ? null : counted, of: whole };
	if (answers === undefined) return rate;
	const counts = Object.entries(answers).map(([word, items]) => [word, items.filter(belongs).length]);
	return { ...rate, counts: Object.fromEntries(counts) as Record<string, number> };
}

function counts(each: CountedCase, { ledger, scope }: Recount): boolean {
	if (ledger !== null && each.ledger !== ledger) return false;
	if (each.about !== null && (scope.complaints === false || scope.complaints.but === each.about))
		return false;
	if (scope.villages !== null && !scope.villages.includes(each.village)) return false;
	const { answerers } = scope;
	return answerers === null || answerers.includes(each.answerer) || answerers.includes(each.holder ?? '');
}

function makeUp(name: FigureName, cases: readonly CountedCase[], { by, period, now }: Recount): Made {
	const inPeriod = (at: Date): boolean => localDateOf(at) >= period.start && localDateOf(at) <= period.end;
	const rhythm = by.find((dimension): dimension is Rhythm =>
		(RHYTHMS as readonly string[]).includes(dimension),
	);
	const open = cases.filter(({ status }) => status === 'open');
	const kept = cases.filter(({ status }) => status !== 'withdrawn');
	const asOfNow = (of: CountedCase): Item => ({
		...{ of, ageMs: now.getTime() - of.received.getTime() },
		lateMs: of.status === 'open' && of.due < now ? now.getTime() - of.due.getTime() : null,
	});
	const received = (list: readonly CountedCase[]): Item[] =>
		list.filter((each) => inPeriod(each.received)).map((of) => ({ of, at: of.received }));
	const withStep = (kind: string): (Item & { step: CountedStep })[] =>
		kept.flatMap((of) => lastSteps(of, kind, inPeriod, rhythm));
	const answered = (
		kind: string,
		field: 'solved' | 'satisfaction',
		good: readonly string[],
		left: string,
	): Made => {
		const items = withStep(kind);
		const words = field === 'solved' ? SOLVED : SATISFACTIONS;
		const saying = (...answers: string[]): Item[] =>
			items.filter(({ step }) => answers.includes(step[field] ?? ''));
		return {
			value: saying(...good),
			of: saying(...words.filter((word) => word !== left)),
			answers: Object.fromEntries(words.map((word) => [word, saying(word)])),
		};
	};
	const rungs = kept.flatMap((of) =>
		of.rungs
			.filter(({ raised }) => inPeriod(raised))
			.map((rung) => ({ of, rung: rung.name, at: rung.raised, ...rung })),
	);
	const missed = (each: CountedCase): Date | null =>
		each.breached ?? (each.status === 'open' && each.due < now ? each.due : null);
	const dayAfter = (at: Date): Date => new Date(at.getTime() + DAY_MS);

	switch (name) {
		case 'open_cases':
			return { value: open.map(asOfNow) };
		case 'late_cases':
			return { value: open.filter(({ due }) => due < now).map(asOfNow) };
		case 'due_soon_cases':
			return {
				value: open
					.filter(({ due }) => due >= now && due.getTime() <= now.getTime() + 4 * HOUR_MS)
					.map(asOfNow),
			};
		case 'awaiting_feedback':
			return {
				value: cases.filter(({ status, told }) => status === 'resolved' && told === null).map(asOfNow),
			};
		case 'unacknowledged_rungs':
			return {
				value: open.flatMap((of) =>
					of.rungs
						.filter(({ acknowledged }) => acknowledged === null)
						.map((rung) => ({ of, rung: rung.name })),
				),
			};
		case 'received_cases':
			return { value: received(cases) };
		case 'resolved_cases':
			return { value: withStep('resolve') };
		case 'closed_cases':
			return { value: withStep('close') };
		case 'reopened_cases':
			return { value: withStep('reopen') };
		case 'became_late':
			return {
				value: kept.flatMap((of) => {
					const at = missed(of);
					if (at === null || !inPeriod(at)) return [];
					const results = of.steps.flatMap(({ kind, resolved }) =>
						kind === 'resolve' && resolved !== null && resolved > at ? [resolved.getTime()] : [],
					);
					return [
						{
							of,
							at,
							lateMs: Math.min(...results, results.length === 0 ? now.getTime() : Infinity) - at.getTime(),
						},
					];
				}),
			};
		case 'response_rate': {
			const first = ({ steps }: CountedCase): Date | undefined => steps.find(({ seq }) => seq === 2)?.at;
			const of = kept.filter((each) => first(each) !== undefined || dayAfter(each.received) < now);
			return {
				of: received(of),
				value: received(of.filter((each) => (first(each) ?? now) <= dayAfter(each.received))),
			};
		}
		case 'within_24_hours_rate': {
			const of = kept.filter(
				(each) => each.ledger === 'proxy' && (each.resolved !== null || dayAfter(each.clock) < now),
			);
			return {
				of: received(of),
				value: received(of.filter((each) => each.resolved !== null && each.resolved <= dayAfter(each.clock))),
			};
		}
		case 'on_time_rate': {
			const of = kept.filter((each) => each.resolved !== null || missed(each) !== null);
			return { of: received(of), value: received(of.filter((each) => missed(each) === null)) };
		}
		case 'solved_rate':
			return answered('tell', 'solved', ['yes'], 'explained');
		case 'solved_rate_verified':
			return answered('verify', 'solved', ['yes'], 'explained');
		case 'satisfaction_rate':
			return answered('tell', 'satisfaction', ['satisfied', 'mostly'], 'unsaid');
		case 'satisfaction_rate_verified':
			return answered('verify', 'satisfaction', ['satisfied', 'mostly'], 'unsaid');
		case 'raised_rungs':
			return { value: rungs };
		case 'acknowledged_rungs':
			return { of: rungs, value: rungs.filter(({ acknowledged }) => acknowledged !== null) };
		case 'acknowledge_minutes':
			return {
				value: [],
				took: rungs.flatMap((rung) =>
					rung.acknowledged === null
						? []
						: [{ ...rung, ms: rung.acknowledged.getTime() - rung.raised.getTime() }],
				),
			};
	}
}

/** The last step of a kind in the period, or in each window of it. */
function lastSteps(
	of: CountedCase,
	kind: string,
	inPeriod: (at: Date) => boolean,
	rhythm: Rhythm | undefined,
): (Item & { step: CountedStep })[] {
	const last = new Map<LocalDate, CountedStep>();
	for (const step of of.steps.toSorted((a, b) => a.seq - b.seq)) {
		if (step.kind !== kind || !inPeriod(step.at)) continue;
		last.set(rhythm === undefined ? '' : windowOf(rhythm, localDateOf(step.at)).start, step);
	}
	return [...last.values()].map((step) => ({ of, at: step.at, step }));
}

function keyOf(item: Item, by: readonly Dimension[]): string {
	return JSON.stringify(by.map((dimension) => keyIn(item, dimension)));
}

function keyIn({ of, at, rung, ageMs, lateMs }: Item, dimension: Dimension): string | null {
	switch (dimension) {
		case 'village':
			return of.village;
		case 'ledger':
			return of.ledger;
		case 'level':
			return of.level;
		case 'holder':
			return of.holder;
		case 'rung':
			return rung ?? null;
		case 'month':
		case 'half_month':
		case 'week':
			return at === undefined ? null : windowOf(dimension, localDateOf(at)).start;
		case 'age':
			return under(ageMs, { day: 1, days_3: 3, days_7: 7, days_15: 15, days_30: 30 });
		case 'lateness':
			return under(lateMs, { hours_4: 1 / 6, day: 1, days_3: 3, days_7: 7 });
	}
}

function under(ms: number | null | undefined, days: Record<string, number>): string | null {
	if (ms === null || ms === undefined) return null;
	return Object.entries(days).find(([, most]) => ms < most * DAY_MS)?.[0] ?? 'longer';
}
