import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { draw } from '../../../extensions/oversight/draw.js';

const cases = Array.from({ length: 40 }, (_, n) => ({
	id: `id-${n}`,
	number: `2026-${String(n).padStart(6, '0')}`,
}));
const aSeed = fc.string({ minLength: 1, maxLength: 32 });

describe('S6: the draw', () => {
	test('the same seed draws the same, whatever order the cases come in', () => {
		fc.assert(
			fc.property(aSeed, fc.shuffledSubarray(cases, { minLength: cases.length }), (seed, shuffled) => {
				expect(draw(shuffled, seed, 7)).toEqual(draw(cases, seed, 7));
			}),
		);
	});

	test('nobody is drawn twice, and no more than there are', () => {
		fc.assert(
			fc.property(aSeed, fc.integer({ min: 1, max: 60 }), (seed, size) => {
				const drawn = draw(cases, seed, size);
				expect(new Set(drawn).size).toBe(Math.min(size, cases.length));
			}),
		);
	});

	test('a larger draw begins with the smaller one', () => {
		fc.assert(
			fc.property(aSeed, (seed) => {
				expect(draw(cases, seed, 20).slice(0, 5)).toEqual(draw(cases, seed, 5));
			}),
		);
	});

	test('every case is drawn about as often as any other', () => {
		const times = new Map<string, number>();
		for (let seed = 0; seed < 2000; seed += 1)
			for (const { id } of draw(cases, `seed-${seed}`, 4)) times.set(id, (times.get(id) ?? 0) + 1);
		// 200 each on average; a fair draw strays no further than six times its standard deviation.
		expect(Math.min(...times.values())).toBeGreaterThan(200 - 80);
		expect(Math.max(...times.values())).toBeLessThan(200 + 80);
	});
});
