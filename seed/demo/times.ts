import { DAY_MS, HOUR_MS, LOCAL_OFFSET_MS } from '../../extensions/platform/local-time.js';
import type { Random } from './random.js';

export const MINUTE_MS = 60_000;

/** The hours in which people call and cadres are about. */
const DAYTIME = { from: 7.5 * HOUR_MS, to: 21 * HOUR_MS };
const TRIES = 40;

/** @example hoursAfter(received, 24) */
export function hoursAfter(at: Date, hours: number): Date {
	return new Date(at.getTime() + Math.round(hours * HOUR_MS));
}

/** @example isDaytime(new Date('2026-11-10T21:30+08:00')) // false */
export function isDaytime(at: Date): boolean {
	const sinceMidnight = (at.getTime() + LOCAL_OFFSET_MS) % DAY_MS;
	return sinceMidnight >= DAYTIME.from && sinceMidnight < DAYTIME.to;
}

/** When the next day's daytime begins. */
export function nextMorning(at: Date): Date {
	const sinceMidnight = (at.getTime() + LOCAL_OFFSET_MS) % DAY_MS;
	const midnight = at.getTime() - sinceMidnight;
	return new Date(midnight + DAYTIME.from + (sinceMidnight < DAYTIME.from ? 0 : DAY_MS));
}

/** Some instant between two others, by day if that can be; the first of them where they stand in the wrong order. */
export function daytimeBetween(random: Random, from: Date, to: Date): Date {
	const span = to.getTime() - from.getTime();
	if (span <= 0) return from;
	let found = from;
	for (let tries = 0; tries < TRIES; tries += 1) {
		found = new Date(from.getTime() + Math.floor(random.next() * span));
		if (isDaytime(found)) return found;
	}
	return found;
}
