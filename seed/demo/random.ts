/** A small seeded generator: the same seed gives the same township, everywhere. */
export interface Random {
	/** From 0 up to, not including, 1. */
	next: () => number;
	/** A whole number, both ends included. */
	between: (low: number, high: number) => number;
	chance: (share: number) => boolean;
	pick: <T>(from: readonly T[]) => T;
	/** Picks by weight; weights need not add up to one. */
	weighted: <T>(from: readonly (readonly [T, number])[]) => T;
	shuffled: <T>(from: readonly T[]) => T[];
	/** Lower-case hexadecimal digits. */
	hex: (digits: number) => string;
}

/** mulberry32, seeded with a hash of `seed` (FNV-1a). */
export function randomOf(seed: string): Random {
	let state = 0x811c9dc5;
	for (const char of seed) state = Math.imul(state ^ (char.codePointAt(0) ?? 0), 0x01000193);

	const next = (): number => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
	};
	const between = (low: number, high: number): number => low + Math.floor(next() * (high - low + 1));
	const pick = <T>(from: readonly T[]): T => itemAt(from, between(0, from.length - 1));

	return {
		next,
		between,
		pick,
		chance: (share) => next() < share,
		weighted: <T>(from: readonly (readonly [T, number])[]) => {
			let left = next() * from.reduce((sum, [, weight]) => sum + weight, 0);
			const found = from.find(([, weight]) => (left -= weight) < 0);
			return (found ?? itemAt(from, from.length - 1))[0];
		},
		shuffled: <T>(from: readonly T[]) => {
			const out = [...from];
			for (let last = out.length - 1; last > 0; last -= 1) {
				const other = between(0, last);
				const kept = itemAt(out, last);
				out[last] = itemAt(out, other);
				out[other] = kept;
			}
			return out;
		},
		hex: (digits) => Array.from({ length: digits }, () => between(0, 15).toString(16)).join(''),
	};
}

/** The item at an index that must exist. */
export function itemAt<T>(from: readonly T[], index: number): T {
	if (index < 0 || index >= from.length) throw new RangeError(`no item ${index} of ${from.length}`);
	return from[index] as T;
}
