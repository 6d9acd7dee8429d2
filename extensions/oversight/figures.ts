/** F6, S6, S7: every figure that panels, `overview` and reports show, by name. What one counts is defined once, in its row of the table in definitions.ts. */
export const FIGURES = [
	'open_cases',
	'late_cases',
	'due_soon_cases',
	'awaiting_feedback',
	'unacknowledged_rungs',
	'received_cases',
	'resolved_cases',
	'closed_cases',
	'became_late',
	'reopened_cases',
	'response_rate',
	'within_24_hours_rate',
	'on_time_rate',
	'solved_rate',
	'satisfaction_rate',
	'solved_rate_verified',
	'satisfaction_rate_verified',
	'raised_rungs',
	'acknowledged_rungs',
	'acknowledge_minutes',
] as const;
export type FigureName = (typeof FIGURES)[number];

/** By what figures can be told apart, two at most at once. */
export const DIMENSIONS = [
	'village',
	'ledger',
	'level',
	'holder',
	'rung',
	'month',
	'half_month',
	'week',
	'age',
	'lateness',
] as const;
export type Dimension = (typeof DIMENSIONS)[number];

/**
 * One figure. A rate is `value` of `of`, both counts; a duration is in minutes; a count has no `of`. Null where there is nothing to say (a rate of
 * nothing, a median of nothing).
 */
export interface Figure {
	value: number | null;
	of?: number;
	/** What stands behind a rate, by answer: `yes`, `partly`, `no`, `explained`; `satisfied`, `mostly`, `not`, `unsaid`. */
	counts?: Record<string, number>;
}

/** `GET /doorstep/overview`: each figure with its definition in the reader's language. */
export type Overview = Record<
	FigureName,
	Figure & { label: string; definition: string; unit: 'count' | 'share' | 'minutes'; previous?: Figure }
>;

/** `GET /doorstep/figures?figures=…&by=…&from=…&to=…&village=…&ledger=…`: a row for each combination that occurs, in the dimension's own order and never in that of a figure. */
export interface FigureRow {
	/** The key in each dimension, null where a case has none: an id, a word of the data model, or a local day at which a window begins. */
	keys: Partial<Record<Dimension, string | null>>;
	/** What people read for it. */
	labels: Partial<Record<Dimension, string>>;
	figures: Partial<Record<FigureName, Figure>>;
}

/** `GET /doorstep/deadlines?village=…&ledger=…&limit=…`: the cases that the caller may read whose deadline has passed or does within four hours, and those with a rung that nobody has acknowledged; the latest first. */
export interface DeadlineBoard {
	/** ISO 8601, UTC. */
	as_of: string;
	late: number;
	due_soon: number;
	unacknowledged: number;
	/** Open cases by the name of the last rung that was raised, and the highest place of that name on their ladders. */
	by_rung: { rung: number; name: string; cases: number }[];
	rows: DeadlineRow[];
}

/** How many cases a board shows where nothing is said, and at most. */
export const USUAL_ROWS = 50;
export const MOST_ROWS = 200;

export interface DeadlineRow {
	id: string;
	number: string;
	title: string;
	village: string;
	holder: string | null;
	ledger: string;
	due_at: string;
	state: 'late' | 'soon' | 'in_time';
	rung: { rung: number; name: string } | null;
	unacknowledged: boolean;
}
