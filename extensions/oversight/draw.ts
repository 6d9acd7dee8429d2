import { createHash } from 'node:crypto';

/** A case that can be drawn. */
export interface Drawable {
	id: string;
	number: string;
}

/**
 * The cases that a seed draws (S6): in the order of a hash of seed and number, so that nobody can choose. The same seed draws the same list
 * from the same candidates; whether they are the same, their hash shows.
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

/**
 * What a list was drawn from: SHA-256 over the sorted numbers, one a line. Cases that are taken up again, withdrawn or erased after a draw are
 * no candidates any more, so that a draw done again may have others.
 */
export function hashOfCandidates(cases: readonly Pick<Drawable, 'number'>[]): string {
	const numbers = cases.map(({ number }) => number).sort();
	return createHash('sha256').update(numbers.join('\n')).digest('hex');
}

function lotOf(seed: string, number: string): string {
	return createHash('sha256').update(`${seed}:${number}`).digest('hex');
}
