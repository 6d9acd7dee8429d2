import type { Ledger } from '../terms.js';
import type { Notified, RungUnit } from '../ladder-rules.js';

/** A rung as the strip shows it. */
export interface Rung {
	/** Null for one that is not saved yet. */
	id: string | null;
	ledger: Ledger;
	service: string | null;
	rung: number | null;
	name: string | null;
	/** After the deadline in `unit`; negative before it; null until it is entered. */
	delay: number | null;
	unit: RungUnit;
	notify: readonly Notified[];
}

/** A rung that has its time. */
export type PlacedRung = Rung & { delay: number };

/** One place on the time line: the deadline, or a time before or after it, and the rungs that are due then. */
export interface Stop {
	side: 'before' | 'deadline' | 'after';
	delay: number;
	unit: RungUnit;
	rungs: PlacedRung[];
	/** How much room the line takes up to the next stop, 1 to 3, growing with the time between; 0 for the last. */
	room: number;
}

const MINUTES_A_DAY = 1440;

/**
 * The rungs of a ladder in the order of time, with the deadline among them even where no rung is due then. A working day counts as a
 * day here, for the case that would tell exactly is not known.
 */
export function stopsOf(rungs: readonly Rung[]): Stop[] {
	const stops = new Map<string, Stop>([['0', emptyStop(0, 'minutes')]]);
	for (const rung of rungs.filter(isPlaced)) {
		const key = rung.delay === 0 ? '0' : `${rung.unit} ${String(rung.delay)}`;
		const stop = stops.get(key) ?? emptyStop(rung.delay, rung.unit);
		stop.rungs.push(rung);
		stops.set(key, stop);
	}
	const inOrder = [...stops.values()].sort((a, b) => minutesOf(a) - minutesOf(b));
	return inOrder.map((stop, index) => {
		const next = inOrder[index + 1];
		stop.rungs.sort((a, b) => (a.rung ?? 0) - (b.rung ?? 0));
		return { ...stop, room: next === undefined ? 0 : roomFor(minutesOf(next) - minutesOf(stop)) };
	});
}

/** About how far from the deadline, in minutes. */
function minutesOf({ delay, unit }: Pick<Stop, 'delay' | 'unit'>): number {
	return unit === 'minutes' ? delay : delay * MINUTES_A_DAY;
}

/** An hour and less 1, a day about 2, a fortnight and more 3. */
function roomFor(minutes: number): number {
	const hours = Math.max(minutes, 60) / 60;
	return Math.min(3, 1 + Math.log10(hours) / 1.26);
}

function emptyStop(delay: number, unit: RungUnit): Stop {
	const side = delay === 0 ? 'deadline' : delay < 0 ? 'before' : 'after';
	return { side, delay, unit, rungs: [], room: 0 };
}

function isPlaced(rung: Rung): rung is PlacedRung {
	return rung.delay !== null && Number.isFinite(rung.delay);
}

/** A span of time in words: which words, and the numbers in them. */
export interface Span {
	words: 'minutes' | 'hour' | 'hours' | 'hours_minutes' | 'days' | 'working_day' | 'working_days';
	args: { days?: number; hours?: number; minutes?: number };
}

/**
 * How long before or after the deadline, in the largest unit that comes out even; 24 hours stay hours, as the rule of the errand has it.
 *
 * @example spanOf({ delay: -240, unit: 'minutes' }) // { words: 'hours', args: { hours: 4 } }
 * @example spanOf({ delay: 1, unit: 'working_days' }) // { words: 'working_day', args: { days: 1 } }
 */
export function spanOf({ delay, unit }: { delay: number; unit: RungUnit }): Span {
	const amount = Math.abs(delay);
	if (unit === 'working_days') {
		return { words: amount === 1 ? 'working_day' : 'working_days', args: { days: amount } };
	}
	const [days, hours, minutes] = [amount / MINUTES_A_DAY, Math.floor(amount / 60), amount % 60];
	if (days > 1 && Number.isInteger(days)) return { words: 'days', args: { days } };
	if (hours === 0) return { words: 'minutes', args: { minutes } };
	if (minutes > 0) return { words: 'hours_minutes', args: { hours, minutes } };
	return { words: hours === 1 ? 'hour' : 'hours', args: { hours } };
}
