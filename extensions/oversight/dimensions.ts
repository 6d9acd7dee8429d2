import { LEDGERS, LEVELS } from '../cases/terms.js';
import { wordFor } from '../cases/words.js';
import type { Dialect } from '../platform/dialect.js';
import { RHYTHMS, type Rhythm, type Window } from '../platform/windows.js';
import { inWords, type Locale } from '../platform/words.js';
import { bucketKeys, BUCKETS } from './buckets.js';
import { DEFINITIONS } from './definitions.js';
import type { Dimension, FigureName } from './figures.js';
import { SOURCES, type Source } from './sources.js';
import { bucketSql } from './sql.js';
import { BUCKET_WORDS, WINDOW_WORDS } from './strings.js';

function durationSql(dimension: keyof typeof BUCKETS, dialect: Dialect, ms: string): string {
	const bounds = BUCKETS[dimension].slice(0, -1).map(([, upTo]) => String(upTo));
	return `case when ${ms} is not null then ${bucketSql(dialect, ms, bounds)} end`;
}

/** How rows of a source are told apart; undefined where they cannot be. Windows are the store's, which knows the period. */
type KeySql = (source: Source, dialect: Dialect) => string | undefined;

/** A dimension that has no window: what its keys are in SQL, the rows of its own that they name, and its words. */
interface DimensionRule {
	key: KeySql;
	/** Needs where the household lives, as `x`. */
	placed?: true;
	/** The rows that the keys are of, as `id` and `name` in their order. */
	rows?: string;
	/** The keys in their order, where the data model or the code names them all; SQL then gives one of them, or its place. */
	keys?: readonly string[];
	word?: (key: string, locale: Locale) => string;
}

export type PlainDimension = Exclude<Dimension, Rhythm>;

export const RULES: Readonly<Record<PlainDimension, DimensionRule>> = {
	village: {
		key: () => 'x.village',
		placed: true,
		rows: 'select id, name from doorstep_villages order by sort is null, sort, name',
	},
	ledger: { key: () => 'c.ledger', keys: LEDGERS, word: (key, locale) => wordFor('ledger', key, locale) },
	level: { key: () => 'c.level', keys: LEVELS, word: (key, locale) => wordFor('level', key, locale) },
	holder: {
		key: () => 'c.holder',
		rows: "select id, name from doorstep_cadres order by coalesce(pinyin, ''), name",
	},
	// By name: rungs of the same name stand at several numbers where a deadline was set anew.
	rung: {
		key: ({ rung }) => rung,
		rows: `select r.name as id, r.name from (select coalesce(name, '第' || rung || '级督办') as name, rung
			from doorstep_escalation_rules) r group by r.name order by min(r.rung)`,
	},
	age: {
		key: ({ ageMs }, dialect) => ageMs && durationSql('age', dialect, ageMs(dialect)),
		keys: bucketKeys('age'),
		word: (key, locale) => bucketWord('age', key, locale),
	},
	lateness: {
		key: ({ lateMs }, dialect) => lateMs && durationSql('lateness', dialect, lateMs(dialect)),
		keys: bucketKeys('lateness'),
		word: (key, locale) => bucketWord('lateness', key, locale),
	},
};

export function isRhythm(dimension: Dimension): dimension is Rhythm {
	return (RHYTHMS as readonly Dimension[]).includes(dimension);
}

/** Whether a figure can be told apart so: how late only late ones are, and what is as of now has no windows. */
export function tellsApart(dimension: Dimension, figure: FigureName): boolean {
	const source: Source = SOURCES[DEFINITIONS[figure].source];
	if (isRhythm(dimension)) return source.at !== undefined;
	return RULES[dimension].key(source, 'postgres') !== undefined;
}

function bucketWord(dimension: keyof typeof BUCKETS, key: string, locale: Locale): string {
	return inWords(BUCKET_WORDS[`${dimension}_${key}` as keyof typeof BUCKET_WORDS], locale);
}

/** How a window is called. @example windowWord('month', { start: '2026-11-01', … }, 'zh-CN') // '2026年11月' */
export function windowWord(rhythm: Rhythm, { start }: Window, locale: Locale): string {
	const [year = '', month = '', day = ''] = start.split('-');
	const words = {
		month: WINDOW_WORDS.month,
		half_month: day === '01' ? WINDOW_WORDS.half_month_1 : WINDOW_WORDS.half_month_16,
		week: WINDOW_WORDS.week,
	};
	const number = (part: string): string => (locale === 'zh-CN' ? String(Number(part)) : part);
	return inWords(words[rhythm], locale, { year, month: number(month), day: number(day) });
}
