import type { Knex } from 'knex';
import { addDays } from '../platform/local-time.js';
import { daysOf, windowsIn } from '../platform/windows.js';
import { inWords, type Locale } from '../platform/words.js';
import type { AskedFigures, AskedOverview } from './asked.js';
import { DEFINITIONS } from './definitions.js';
import { isRhythm, type PlainDimension } from './dimensions.js';
import {
	FIGURES,
	type Dimension,
	type Figure,
	type FigureName,
	type FigureRow,
	type Overview,
} from './figures.js';
import { namingOf, namingOfWindows, type Name, type Naming } from './names.js';
import type { Scope } from './scope.js';
import { isOfPeriod } from './sources.js';
import { count, nothingOf, type Counted } from './store.js';

/** Who is answered: over whose cases, when, and in which language. */
export interface Reader {
	scope: Scope;
	now: Date;
	locale: Locale;
}

/** All figures by name; those of a period also as they were in the one before it, which is as long. */
export async function overviewOf(
	knex: Knex,
	{ period, ledger }: AskedOverview,
	{ scope, now, locale }: Reader,
): Promise<Overview> {
	const before = { start: addDays(period.start, -daysOf(period)), end: addDays(period.start, -1) };
	const rows = await count(knex, {
		...{ figures: FIGURES, by: [], ledger, scope, now },
		...{ windows: [before, period], period: { start: before.start, end: period.end } },
	});
	const figureIn = (name: FigureName, window: number | null): Figure =>
		rows.find((row) => row.window === window && name in row.figures)?.figures[name] ?? nothingOf(name);
	const entries = FIGURES.map((name) => {
		const { label, definition, unit, source } = DEFINITIONS[name];
		const words = { label: inWords(label, locale), definition: inWords(definition, locale), unit };
		const figures = isOfPeriod(source)
			? { ...figureIn(name, 1), previous: figureIn(name, 0) }
			: figureIn(name, null);
		return [name, { ...figures, ...words }] as const;
	});
	return Object.fromEntries(entries) as Overview;
}

/** A row for each combination that occurs, in the order of the dimensions; what one source of rows lacks there is nothing. */
export async function figureRows(
	knex: Knex,
	{ figures, by, period, ledger }: AskedFigures,
	{ scope, now, locale }: Reader,
): Promise<FigureRow[]> {
	const plain = by.filter((dimension): dimension is PlainDimension => !isRhythm(dimension));
	const rhythm = by.find(isRhythm);
	const windows = rhythm === undefined ? null : windowsIn(rhythm, period);
	const counted = await count(knex, { figures, by: plain, windows, period, ledger, scope, now });
	const namings = new Map<Dimension, Naming>();
	for (const dimension of plain) namings.set(dimension, await namingOf(knex, dimension, locale));
	if (rhythm !== undefined) namings.set(rhythm, namingOfWindows(rhythm, windows ?? [], locale));
	const namesOf = (row: Counted): Name[] =>
		by.map((dimension) => {
			const value = isRhythm(dimension) ? row.window : (row.keys[plain.indexOf(dimension)] ?? null);
			return namings.get(dimension)?.(value) ?? { key: null, label: '', place: 0 };
		});

	const combinations = new Map<string, { names: Name[]; figures: FigureRow['figures'] }>();
	for (const row of counted) {
		const names = namesOf(row);
		const key = JSON.stringify(names.map((name) => name.key));
		const combination = combinations.get(key) ?? { names, figures: {} };
		combinations.set(key, { names, figures: { ...combination.figures, ...row.figures } });
	}
	const occurring = [...combinations.values()].filter(({ figures: known }) =>
		figures.some((name) => saysSomething(name, known[name])),
	);
	return occurring.sort(inOrder).map(({ names, figures: known }) => ({
		keys: Object.fromEntries(by.map((dimension, n) => [dimension, names[n]?.key ?? null])),
		labels: Object.fromEntries(by.map((dimension, n) => [dimension, names[n]?.label ?? ''])),
		figures: Object.fromEntries(figures.map((name) => [name, known[name] ?? nothingOf(name)])),
	}));
}

/** A rate of answers that count for neither side has something to show, too, and so has a median of no time at all. */
function saysSomething(name: FigureName, figure: Figure | undefined): boolean {
	if (figure === undefined) return false;
	if (DEFINITIONS[name].unit === 'minutes') return figure.value !== null;
	return [figure.value ?? 0, figure.of ?? 0, ...Object.values(figure.counts ?? {})].some(
		(number) => number > 0,
	);
}

function inOrder(a: { names: readonly Name[] }, b: { names: readonly Name[] }): number {
	for (const [n, name] of a.names.entries()) {
		const other = b.names[n];
		const order = name.place - (other?.place ?? 0) || name.label.localeCompare(other?.label ?? '');
		if (order !== 0) return order;
	}
	return 0;
}
