import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { threeWay } from '../../../extensions/platform/merge.js';

describe('what an upgrade changes of something that people may have changed', () => {
	test('our change follows where nobody changed it', () => {
		expect(threeWay({ icon: 'home' }, { icon: 'house' }, { icon: 'home' })).toEqual({ icon: 'house' });
	});

	test('an administrator’s change survives ours', () => {
		expect(threeWay({ icon: 'home' }, { icon: 'house' }, { icon: 'star' })).toEqual({});
	});

	test('what we did not change is left alone', () => {
		expect(threeWay({ icon: 'home' }, { icon: 'home' }, { icon: 'star' })).toEqual({});
		expect(threeWay({ icon: 'home' }, { icon: 'home' }, { icon: 'home' })).toEqual({});
	});

	test('what is new in this version is written whole, so there is nothing to merge', () => {
		expect(threeWay(undefined, { icon: 'home' }, { icon: 'star' })).toEqual({});
	});

	test('a property that is new in this version is set where nothing stands', () => {
		expect(threeWay({}, { note: 'new' }, {})).toEqual({ note: 'new' });
		expect(threeWay({}, { note: 'new' }, { note: 'theirs' })).toEqual({});
	});

	test('a property that we no longer ship is not taken away', () => {
		expect(threeWay({ note: 'old' }, {}, { note: 'old' })).toEqual({});
	});

	test('lists and objects are compared by what they hold', () => {
		const before = { choices: [{ text: 'A', value: 'a' }] };
		const now = { choices: [...before.choices, { text: 'B', value: 'b' }] };
		expect(threeWay(before, now, structuredClone(before))).toEqual(now);
		expect(threeWay(before, now, { choices: [{ value: 'a', text: 'Own' }] })).toEqual({});
	});

	test('each property by itself: one is the administrator’s, the other follows', () => {
		const before = { icon: 'home', note: 'x' };
		expect(threeWay(before, { icon: 'house', note: 'y' }, { icon: 'star', note: 'x' })).toEqual({
			note: 'y',
		});
	});

	test('whatever stood before, a property ends as it stands or as we ship it, and a second run changes nothing', () => {
		const row = fc.dictionary(fc.constantFrom('a', 'b', 'c'), fc.constantFrom(null, 1, 'x', ['x']));
		fc.assert(
			fc.property(row, row, row, (before, now, current) => {
				const changes = threeWay(before, now, current);
				for (const [key, value] of Object.entries(changes)) {
					expect(value).toEqual(now[key]);
					expect(current[key]).toEqual(before[key]);
				}
				expect(threeWay(now, now, { ...current, ...changes })).toEqual({});
			}),
		);
	});
});
