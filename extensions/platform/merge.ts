import { isDeepStrictEqual } from 'node:util';

export type Row = Readonly<Record<string, unknown>>;

/**
 * What an upgrade changes of something that we shipped before and people may have changed since: only what this version ships
 * otherwise than the last one, and only where it still stands as shipped (design, idea 6).
 *
 * @param before as shipped last; undefined when it is new in this version
 * @returns the properties to set; empty for none
 * @example threeWay({ icon: 'home' }, { icon: 'house' }, { icon: 'home' }) // { icon: 'house' }
 * @example threeWay({ icon: 'home' }, { icon: 'house' }, { icon: 'star' }) // {}
 */
export function threeWay(before: Row | undefined, now: Row, current: Row): Record<string, unknown> {
	if (before === undefined) return {};
	const keys = Object.keys(now).filter(
		(key) => !isDeepStrictEqual(before[key], now[key]) && isDeepStrictEqual(before[key], current[key]),
	);
	return Object.fromEntries(keys.map((key) => [key, now[key]]));
}
