import { describe, expect, test } from 'vitest';
import { batched } from '../../../extensions/cases/light/batches.js';

interface Row {
	id: string;
}

/** A lookup over these rows, and the requests that it made. */
function over(ids: string[], options: { keepMs?: number; most?: number; now?: () => number } = {}) {
	const requests: string[][] = [];
	let offline = false;
	const ask = (wanted: string[]): Promise<Row[]> => {
		requests.push(wanted);
		if (offline) return Promise.reject(new Error('offline'));
		return Promise.resolve(ids.filter((id) => wanted.includes(id)).map((id) => ({ id })));
	};
	return {
		lookup: batched<Row>(ask, ({ id }) => id, options),
		requests,
		goOffline: (gone: boolean) => (offline = gone),
	};
}

describe('the light in a table of Directus’s own', () => {
	test('all cells of a page ask together, and each case once', async () => {
		const { lookup, requests } = over(['a', 'b']);
		expect(await Promise.all(['a', 'b', 'a'].map(lookup))).toEqual([{ id: 'a' }, { id: 'b' }, { id: 'a' }]);
		expect(requests).toEqual([['a', 'b']]);
	});

	test('a case that is not there, or not to be seen, is nothing', async () => {
		const { lookup } = over(['a']);
		expect(await lookup('x')).toBeUndefined();
	});

	test('an answer is kept for a moment, then asked for again', async () => {
		let now = 0;
		const { lookup, requests } = over(['a'], { keepMs: 1000, now: () => now });
		await lookup('a');
		now = 999;
		await lookup('a');
		expect(requests).toHaveLength(1);
		now = 1000;
		await lookup('a');
		expect(requests).toHaveLength(2);
	});

	test('many are asked for in several requests', async () => {
		const { lookup, requests } = over(['a', 'b', 'c'], { most: 2 });
		expect(await Promise.all(['a', 'b', 'c'].map(lookup))).toHaveLength(3);
		expect(requests).toEqual([['a', 'b'], ['c']]);
	});

	test('what failed is asked for again', async () => {
		const { lookup, requests, goOffline } = over(['a']);
		goOffline(true);
		await expect(lookup('a')).rejects.toThrow('offline');
		goOffline(false);
		expect(await lookup('a')).toEqual({ id: 'a' });
		expect(requests).toHaveLength(2);
	});
});
