import type { LocalDate } from '../../platform/local-time.js';
import type { Rhythm } from '../../platform/windows.js';
import { FIGURES, type Figure, type FigureName, type FigureRow } from '../figures.js';
import { numberOf, type Unit } from '../studio/shown.js';

/** What shows over time whether a figure gets better. What is as of now has no past of its own: another figure tells of it. */
export const TREND_OF: Readonly<Record<FigureName, FigureName | null>> = {
	open_cases: 'received_cases',
	late_cases: 'became_late',
	due_soon_cases: null,
	awaiting_feedback: 'resolved_cases',
	unacknowledged_rungs: 'raised_rungs',
	received_cases: 'received_cases',
	resolved_cases: 'resolved_cases',
	closed_cases: 'closed_cases',
	became_late: 'became_late',
	reopened_cases: 'reopened_cases',
	response_rate: 'response_rate',
	within_24_hours_rate: 'within_24_hours_rate',
	on_time_rate: 'on_time_rate',
	solved_rate: 'solved_rate',
	satisfaction_rate: 'satisfaction_rate',
	solved_rate_verified: 'solved_rate_verified',
	satisfaction_rate_verified: 'satisfaction_rate_verified',
	raised_rungs: 'raised_rungs',
	acknowledged_rungs: 'acknowledged_rungs',
	acknowledge_minutes: 'acknowledge_minutes',
};

/** Figures that have a past of their own. */
export const OVER_TIME = FIGURES.filter((name) => TREND_OF[name] === name);

/** More of which is better, or worse; what is neither is not listed. */
const GOOD: Partial<Readonly<Record<FigureName, 'more' | 'less'>>> = {
	became_late: 'less',
	reopened_cases: 'less',
	response_rate: 'more',
	within_24_hours_rate: 'more',
	on_time_rate: 'more',
	solved_rate: 'more',
	satisfaction_rate: 'more',
	solved_rate_verified: 'more',
	satisfaction_rate_verified: 'more',
	acknowledged_rungs: 'more',
	acknowledge_minutes: 'less',
};

/** So many windows: a quarter of weeks, a year of months. */
export const WINDOWS_SHOWN = 12;

/** A figure against the same span of time before. */
export interface Change {
	/** In the figure's unit, percentage points for a rate; never negative. */
	by: number;
	direction: 'up' | 'down' | 'same';
	verdict: 'better' | 'worse' | 'neither';
}

/** How a figure has changed; null where one of the two has nothing to say. */
export function changeOf(
	name: FigureName,
	unit: Unit,
	now: Figure | undefined,
	before: Figure | undefined,
): Change | null {
	const [value, previous] = [numberOf(now, unit), numberOf(before, unit)];
	if (value === null || previous === null) return null;
	const by = Math.round(Math.abs(value - previous) * 10) / 10;
	if (by === 0) return { by, direction: 'same', verdict: 'neither' };
	const direction = value > previous ? 'up' : 'down';
	const good = GOOD[name];
	if (good === undefined) return { by, direction, verdict: 'neither' };
	return { by, direction, verdict: (good === 'more') === (direction === 'up') ? 'better' : 'worse' };
}

/** A window of a trend. */
export interface Point {
	start: LocalDate;
	figure: Figure | undefined;
	value: number | null;
}

/** A figure window by window, also of those of which no row came: nothing was counted there, and a rate has nothing to say. */
export function pointsOf(
	rows: readonly FigureRow[],
	name: FigureName,
	unit: Unit,
	rhythm: Rhythm,
	windows: readonly LocalDate[],
): Point[] {
	const byStart = new Map(rows.map(({ keys, figures }) => [keys[rhythm], figures[name]]));
	return windows.map((start) => {
		const figure = byStart.get(start);
		return { start, figure, value: figure === undefined && unit === 'count' ? 0 : numberOf(figure, unit) };
	});
}

/** The answers behind a rate, in the order in which they came. */
export interface Share {
	word: string;
	count: number;
	/** Of all answers, from 0 to 1. */
	part: number;
}

export function sharesOf(counts: Readonly<Record<string, number>> | undefined): Share[] {
	const all = Object.values(counts ?? {}).reduce((sum, count) => sum + count, 0);
	if (all === 0) return [];
	return Object.entries(counts ?? {}).map(([word, count]) => ({ word, count, part: count / all }));
}
