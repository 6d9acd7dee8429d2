import { DAY_MS, HOUR_MS } from '../platform/local-time.js';
import type { Dimension } from './figures.js';

/** Durations in buckets: each up to its milliseconds, the last without an end. */
type Buckets = readonly (readonly [key: string, upTo: number])[];

const AGES: Buckets = [
	['day', DAY_MS],
	['days_3', 3 * DAY_MS],
	['days_7', 7 * DAY_MS],
	['days_15', 15 * DAY_MS],
	['days_30', 30 * DAY_MS],
	['longer', Infinity],
];
const LATENESSES: Buckets = [
	['hours_4', 4 * HOUR_MS],
	['day', DAY_MS],
	['days_3', 3 * DAY_MS],
	['days_7', 7 * DAY_MS],
	['longer', Infinity],
];

export const BUCKETS = { age: AGES, lateness: LATENESSES } as const satisfies Partial<
	Record<Dimension, Buckets>
>;

/** The keys of a dimension in their order. */
export function bucketKeys(dimension: keyof typeof BUCKETS): readonly string[] {
	return BUCKETS[dimension].map(([key]) => key);
}
