import { createHash } from 'node:crypto';

/** A case that can be drawn. */
export interface Drawable {
	id: string;
	number: string;
}

/**
 * The cases that a seed draws (S6): in the order of a hash of seed and number, so that nobody can choose, and everybody can draw the same again.
 *
 * @example draw([{ id: 'a', number: '2026-000001' }], '5e1f', 20) // [{ id: 'a', number: '2026-000001' }]
 */
export function draw<Case extends Drawable>(cases: readonly Case[], seed: string, size: number): Case[] {
	return cases
		.map((each) => ({ each, lot: lotOf(seed, each.number) }))
		.sort((a, b) => (a.lot < b.lot ? -1 : 1))
		.slice(0, size)
		.map(({ each }) => each);
}

function lotOf(seed: string, number: string): string {
	return createHash('sha256').update(`${seed}:${number}`).digest('hex');
}
