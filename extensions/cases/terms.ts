/**
 * The words of a case (F1-F5, F8, M1-M2) as values: what may stand in a column, in the order in which people see it.
 * The schema's choices, the checks and the triggers are held against these lists by tests.
 */
export const LEDGERS = ['immediate', 'proxy', 'reported'] as const;
export const STATUSES = ['open', 'resolved', 'closed', 'withdrawn'] as const;
export const LEVELS = ['team', 'village', 'township', 'department'] as const;
export const NATURES = ['request', 'question', 'opinion', 'dispute'] as const;
export const SOURCES = ['visit', 'phone', 'hotline', 'card', 'screening', 'check'] as const;
export const SOLVED = ['yes', 'partly', 'no', 'explained'] as const;
export const SATISFACTIONS = ['satisfied', 'mostly', 'not', 'unsaid'] as const;
export const CHANNELS = ['visit', 'phone', 'message'] as const;

export type Ledger = (typeof LEDGERS)[number];
export type Status = (typeof STATUSES)[number];
export type Level = (typeof LEVELS)[number];
export type Nature = (typeof NATURES)[number];
export type Source = (typeof SOURCES)[number];
export type Solved = (typeof SOLVED)[number];
export type Satisfaction = (typeof SATISFACTIONS)[number];
export type Channel = (typeof CHANNELS)[number];

/** Key of a row in `doorstep_cadres`. */
export type CadreId = string;

/** What the steps of a case add up to. Every step carries the state after it; the case row is a copy of the newest. */
export interface CaseState {
	status: Status;
	ledger: Ledger;
	/** How far a reported case has been carried upward (F4); null in the other ledgers. */
	level: Level | null;
	/** The cadre who has to act; null when only the supervision group or nobody can. */
	holder: CadreId | null;
	/** A department outside the town that has to answer (F8). */
	department: string | null;
	due_at: Date;
	/** The deadline before any extension. */
	first_due_at: Date;
	taken_at: Date | null;
	/** When a leader or meeting gave holder and deadline (F4). */
	decided_at: Date | null;
	/** Hours asked for by `ask_time` and not yet answered. */
	asked_hours: number | null;
	resolved_at: Date | null;
	told_at: Date | null;
	/** What the household was told and answered (the cadre's word). */
	told: Solved | null;
	closed_at: Date | null;
	/** From 1; each reopening adds one. */
	cycle: number;
	/** From when the clock counts: receipt or an earlier `happened_at`, moved on by each pause from `resolve` to `reopen`. */
	clock_from: Date;
	/** The deadline that was missed first; once set, never cleared. */
	breached_at: Date | null;
}

/** What a person sends with a step. */
export interface StepSent {
	kind: string;
	note?: string | null;
	ledger?: Ledger | null;
	level?: Level | null;
	holder?: CadreId | null;
	department?: string | null;
	due_at?: Date | null;
	hours?: number | null;
	solved?: Solved | null;
	satisfaction?: Satisfaction | null;
	channel?: Channel | null;
	happened_at?: Date | null;
	client_id?: string | null;
}
