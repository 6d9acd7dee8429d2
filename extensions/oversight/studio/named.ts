import type { Pair } from '../../platform/words.js';
import { DEFINITIONS } from '../definitions.js';
import { cellsOf, type Unit } from './shown.js';
import type { Figure, FigureName } from '../figures.js';
import type { Cell } from './table.js';

/** A figure with all that a panel says of it; its name may have been reworded by an administrator. */
export interface Named {
	name: FigureName;
	label: string;
	definition: Pair;
	unit: Unit;
}

/** @param label the studio's word for a key */
export function namedFigure(name: FigureName, label: (key: string) => string): Named {
	const { definition, unit } = DEFINITIONS[name];
	return { name, label: label(`doorstep_figure_${name}`), definition, unit };
}

type Say = (
	key: 'share' | 'share_value' | 'share_of' | 'minutes',
	args: Readonly<Record<string, string>>,
) => string;

/** The heads of the columns that a figure takes in a table: a rate brings the counts behind it. */
export function headsOf({ label, unit }: Named, say: Say): string[] {
	if (unit === 'count') return [label];
	const heads = unit === 'share' ? (['share', 'share_value', 'share_of'] as const) : (['minutes'] as const);
	return heads.map((key) => say(key, { figure: label }));
}

/** The cells of some figures in a row, under their heads. */
export function cellsOfAll(
	named: readonly Named[],
	figures: Partial<Record<FigureName, Figure>> | undefined,
): Cell[] {
	return named.flatMap(({ name, unit }) => cellsOf(figures?.[name], unit));
}
