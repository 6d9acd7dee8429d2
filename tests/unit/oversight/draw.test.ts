import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { draw, hashOfCandidates } from '../../../extensions/oversight/draw.js';

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

	test('every case is drawn, and none more often or less than a fair draw strays', () => {
		const times = new Map<string, number>();
		for (let seed = 0; seed < 2000; seed += 1)
			for (const { id } of draw(cases, `seed-${seed}`, 4)) times.set(id, (times.get(id) ?? 0) + 1);
		// 200 each on average; a fair draw strays no further than six times its standard deviation.
		const each = cases.map(({ id }) => times.get(id) ?? 0);
		expect(Math.min(...each)).toBeGreaterThan(200 - 80);
		expect(Math.max(...each)).toBeLessThan(200 + 80);
	});
});

describe('S6: what a list was drawn from', () => {
	test('the hash is SHA-256 over the sorted numbers, one a line, so that anybody can reckon it', () => {
		const lines = '2026-000001\n2026-000002\n2026-000010';
		const numbers = ['2026-000010', '2026-000001', '2026-000002'];
		expect(hashOfCandidates(numbers.map((number) => ({ number })))).toBe(
			createHash('sha256').update(lines).digest('hex'),
		);
	});

	test('the same candidates have the same hash in whatever order, any others have another', () => {
		fc.assert(
			fc.property(fc.shuffledSubarray(cases), (some) => {
				const same = some.length === cases.length;
				expect(hashOfCandidates(some) === hashOfCandidates(cases)).toBe(same);
			}),
		);
	});

	test('without one of its candidates a list may be another: this is what the hash is for', () => {
		const [first] = draw(cases, 'seed', 1);
		const fewer = cases.filter((each) => each !== first);
		expect(draw(fewer, 'seed', 1)).not.toEqual([first]);
		expect(hashOfCandidates(fewer)).not.toBe(hashOfCandidates(cases));
	});
});
