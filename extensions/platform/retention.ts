import type { Platform } from './context.js';

/** So long the law wants logs to be kept: half a year. */
const DAYS_TO_KEEP = 180;

const DIRECTUS_DEFAULT = '90d';
const DAY_MS = 86_400_000;
/** How Directus's settings write a span of time, shortest unit first, by what its names begin with. */
const UNITS: readonly (readonly [names: RegExp, ms: number])[] = [
	[/^(|ms|msecs?|milliseconds?)$/, 1],
	[/^(s|secs?|seconds?)$/, 1000],
	[/^(m|mins?|minutes?)$/, 60_000],
	[/^(h|hrs?|hours?)$/, 3_600_000],
	[/^(d|days?)$/, DAY_MS],
	[/^(w|weeks?)$/, 7 * DAY_MS],
	[/^(y|yrs?|years?)$/, 365.25 * DAY_MS],
];

/**
 * For how many days Directus keeps its activity, and so the traces of who read what; null where it deletes none.
 *
 * @example activityDays({ RETENTION_ENABLED: true, ACTIVITY_RETENTION: '26w' }) // 182
 */
export function activityDays(env: Platform['env']): number | null {
	if (!['true', '1'].includes(String(env['RETENTION_ENABLED']))) return null;
	const { ACTIVITY_RETENTION: span = DIRECTUS_DEFAULT } = env as { ACTIVITY_RETENTION?: string | number };
	const [, amount, unit = ''] = /^(-?\d*\.?\d+) *([a-z]*)$/i.exec(String(span)) ?? [];
	const ms = UNITS.find(([names]) => names.test(unit.toLowerCase()))?.[1];
	// Directus deletes nothing by a span that it cannot read.
	return amount === undefined || ms === undefined ? null : Math.floor((Number(amount) * ms) / DAY_MS);
}

/** Whether traces go before the law allows. */
export function tracesGoEarly(env: Platform['env']): boolean {
	const days = activityDays(env);
	return days !== null && days < DAYS_TO_KEEP;
}
