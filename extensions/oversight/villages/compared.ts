import type { Figure, FigureName, FigureRow } from '../figures.js';
import { numberOf } from '../studio/shown.js';
import type { Named } from '../studio/named.js';

/** What is compared where nothing is chosen. */
export const FIGURES_COMPARED = [
	'open_cases',
	'late_cases',
	'on_time_rate',
	'satisfaction_rate',
] as const satisfies readonly FigureName[];

/** What is asked: also what was received and what is open, so that villages stand there in which there was nothing else to count. */
export function askedFor(compared: readonly FigureName[]): FigureName[] {
	return [...new Set<FigureName>([...compared, 'received_cases', 'open_cases'])];
}

/** A village with its figures, in the order of the figures. */
export interface Compared {
	village: string;
	cells: {
		name: FigureName;
		figure: Figure | undefined;
		number: number | null;
		/** Of the longest bar of its column, from 0 to 1; shares of a hundred. */
		length: number;
	}[];
}

/** The villages as the rows have them: in their own order, none of them first by what it has done. */
export function comparedOf(
	rows: readonly FigureRow[],
	named: readonly Pick<Named, 'name' | 'unit'>[],
): Compared[] {
	const most = new Map(
		named.map(({ name, unit }) => [
			name,
			unit === 'share' ? 100 : Math.max(1, ...rows.map(({ figures }) => numberOf(figures[name], unit) ?? 0)),
		]),
	);
	return rows.map(({ labels, figures }) => ({
		village: labels.village ?? '',
		cells: named.map(({ name, unit }) => {
			const figure = figures[name] ?? (unit === 'count' ? { value: 0 } : undefined);
			const number = numberOf(figure, unit);
			return { name, figure, number, length: (number ?? 0) / (most.get(name) ?? 1) };
		}),
	}));
}
