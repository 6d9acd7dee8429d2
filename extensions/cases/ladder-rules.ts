import type { Ledger } from './terms.js';

/** The words of a rung as values, in the order in which people see them; the schema's choices are held against these by tests. */
export const RUNG_UNITS = ['minutes', 'working_days'] as const;
export const NOTIFIED = ['cadre', 'team_leader', 'town_leader', 'in_charge', 'supervisor'] as const;

export type RungUnit = (typeof RUNG_UNITS)[number];
export type Notified = (typeof NOTIFIED)[number];

/** What of a rung decides which cases it is for, and when it is due. */
export interface RungPlace {
	ledger: Ledger;
	/** Whose own ladder it belongs to; null for the ledger's. */
	service: string | null;
	rung: number;
	/** After the deadline in `unit`; negative before it. */
	delay: number;
	unit: RungUnit;
}

/** As far as a rung may lie from the deadline, either way: about a year. */
export const FARTHEST = { minutes: 525_600, working_days: 250 } as const satisfies Record<RungUnit, number>;

/** @example isPlausible({ delay: -4, unit: 'working_days' }) // true */
export function isPlausible({ delay, unit }: Pick<RungPlace, 'delay' | 'unit'>): boolean {
	return Math.abs(delay) <= FARTHEST[unit];
}
