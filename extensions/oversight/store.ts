import type { Knex } from 'knex';
import type { Ledger } from '../cases/terms.js';
import { dialectOf, fromJson, rowsOf, toRow, type Dialect } from '../platform/dialect.js';
import { groupBy } from '../platform/group-by.js';
import type { Window } from '../platform/windows.js';
import { DEFINITIONS, type Definition, type SourceName } from './definitions.js';
import { RULES, type PlainDimension } from './dimensions.js';
import type { Figure, FigureName } from './figures.js';
import type { Scope } from './scope.js';
import { scopeSql } from './scope-sql.js';
import { SOURCES, type Source } from './sources.js';
import { DAY_SQL, millisecondsSql, timesOf, windowSql } from './sql.js';

/** What is counted: which figures, over whose cases, when, and told apart by what. */
export interface Question {
	figures: readonly FigureName[];
	by: readonly PlainDimension[];
	/** Told apart by these windows, too, which follow on one another; figures as of now are not. */
	windows: readonly Window[] | null;
	period: Window;
	ledger: Ledger | null;
	scope: Scope;
	now: Date;
}

/** The figures of one combination of keys. */
export interface Counted {
	/** In the order of `by`. A bucket is a number: its place. */
	keys: (string | number | null)[];
	/** Its place among the windows; null where nothing is told apart so. */
	window: number | null;
	figures: Partial<Record<FigureName, Figure>>;
}

/** Counts with one statement for each source of rows, all figures of it in one pass. */
export async function count(knex: Knex, question: Question): Promise<Counted[]> {
	const bySource = groupBy(question.figures, (name) => DEFINITIONS[name].source);
	const parts = await Promise.all(
		[...bySource].map(([source, figures]) => countOver(knex, source, { ...question, figures })),
	);
	return parts.flat();
}

/** The statement that answers a question over one source of rows, and its bindings. */
export function statementOf(
	knex: Knex,
	name: SourceName,
	{ figures, by, windows, period, ledger, scope, now }: Question,
): { sql: string; bindings: Record<string, unknown> } {
	const dialect = dialectOf(knex);
	const source: Source = SOURCES[name];
	const window = windows !== null && source.at !== undefined ? windowSql(dialect, source.at, windows) : null;
	const keys = by.map((dimension) => RULES[dimension].key(source, dialect) ?? 'null');
	const selected = [
		...keys.map((key, place) => `${key} as k${place}`),
		...(window === null ? [] : [`${window} as w`]),
		...figures.flatMap((figure, place) => columnsOf(DEFINITIONS[figure], place, dialect)),
	];
	const grouped = keys.length + (window === null ? 0 : 1);
	const whose = scopeSql(scope, ledger);
	const sql = `select ${selected.join(',\n\t')}
		from ${source.from(window)}${by.some((dimension) => RULES[dimension].placed) ? PLACE : ''}
		where ${[source.where, source.within ?? 'true', whose.where].join(' and ')}
		${grouped === 0 ? '' : `group by ${Array.from({ length: grouped }, (_, place) => place + 1).join(', ')}`}`;
	const times = toRow(dialect, timesOf(now, period));
	return { sql, bindings: { ...times, day: knex.raw(DAY_SQL[dialect]), ...whose.bindings } };
}

const PLACE = ` join doorstep_households h on h.id = c.household join doorstep_hamlets x on x.id = h.hamlet`;

async function countOver(knex: Knex, name: SourceName, question: Question): Promise<Counted[]> {
	const { sql, bindings } = statementOf(knex, name, question);
	const rows = await rowsOf<Record<string, unknown>>(knex, sql, bindings);
	return rows.map((row) => ({
		keys: question.by.map((_, place) => row[`k${place}`] as string | number | null),
		window: 'w' in row ? Number(row['w']) : null,
		figures: Object.fromEntries(
			question.figures.map((figure, place) => [figure, figureIn(row, DEFINITIONS[figure], place)]),
		),
	}));
}

/** The columns of one figure, called by its place. */
function columnsOf(definition: Definition, place: number, dialect: Dialect): string[] {
	const counted = (condition: string, name: string): string =>
		`count(*) filter (where ${condition}) as ${name}`;
	switch (definition.unit) {
		case 'count':
			return [counted(definition.value, `v${place}`)];
		case 'share': {
			const { value, of, answers } = definition;
			const each = (answers?.words ?? []).map((word, at) =>
				counted(`${answers?.of ?? ''} and ${answers?.column ?? ''} = '${word}'`, `a${place}_${at}`),
			);
			return [counted(value, `v${place}`), counted(of, `o${place}`), ...each];
		}
		case 'minutes': {
			const list = dialect === 'postgres' ? 'json_agg' : 'json_group_array';
			const { from, to, of } = definition;
			return [`${list}(${millisecondsSql(dialect, from, to)}) filter (where ${of}) as v${place}`];
		}
	}
}

function figureIn(row: Record<string, unknown>, definition: Definition, place: number): Figure {
	const counted = (column: string): number => Number(row[column] ?? 0);
	switch (definition.unit) {
		case 'count':
			return { value: counted(`v${place}`) };
		case 'share': {
			const of = counted(`o${place}`);
			const words = definition.answers?.words;
			const counts = words?.map((word, at): [string, number] => [word, counted(`a${place}_${at}`)]);
			const rate = { value: of === 0 ? null : counted(`v${place}`), of };
			return counts === undefined ? rate : { ...rate, counts: Object.fromEntries(counts) };
		}
		case 'minutes':
			return { value: medianMinutes((fromJson(row[`v${place}`] ?? null) ?? []) as number[]) };
	}
}

/** A figure over no rows. */
export function nothingOf(figure: FigureName): Figure {
	return figureIn({}, DEFINITIONS[figure], 0);
}

/**
 * The median of durations, in whole minutes.
 *
 * @param durations milliseconds
 * @example medianMinutes([60_000, 180_000]) // 2
 */
export function medianMinutes(durations: readonly number[]): number | null {
	const sorted = durations.toSorted((a, b) => a - b);
	const [low, high] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]];
	return low === undefined || high === undefined ? null : Math.round((low + high) / 2 / 60_000);
}
