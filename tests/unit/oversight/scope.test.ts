import { describe, expect, test } from 'vitest';
import { heldScope, namedScope, scopeOf, type Viewer } from '../../../extensions/oversight/scope.js';
import type { Policy } from '../../../extensions/platform/hats.js';

const ME = 'me';
const viewer = (hats: Policy[], more: Partial<Viewer> = {}): Viewer => ({
	...{ administrator: false, hats: new Set(hats), cadre: ME, actsAs: [ME] },
	...{ led: [], kept: [], works: [], ...more },
});
const TOWNSHIP = { villages: null, answerers: null };

describe('F6, S2: whose cases somebody counts', () => {
	test('administrators, the supervision group and town leaders count the township and tell persons apart', () => {
		for (const who of [
			viewer([], { administrator: true }),
			viewer(['supervisor']),
			viewer(['cadre', 'town_leader']),
		]) {
			expect(scopeOf(who, null)).toMatchObject({ ...TOWNSHIP, byHolder: true });
			expect(scopeOf(who, 'any')).toMatchObject({ villages: ['any'], answerers: null, byHolder: true });
		}
	});

	test('the town’s data clerk counts the township without persons', () => {
		expect(scopeOf(viewer(['data_clerk']), null)).toMatchObject({ ...TOWNSHIP, byHolder: false });
	});

	test('leaders and deputies count their villages, and no other', () => {
		const leader = viewer(['cadre', 'team_leader'], { led: ['a', 'b'] });
		expect(scopeOf(leader, null)).toMatchObject({ villages: ['a', 'b'], byHolder: true });
		expect(scopeOf(leader, 'b')).toMatchObject({ villages: ['b'], byHolder: true });
		expect(scopeOf(leader, 'c')).toBeUndefined();
	});

	test('whoever is named leader without the hat counts as what they are', () => {
		expect(scopeOf(viewer(['cadre'], { led: ['a'] }), null)).toMatchObject({
			answerers: [ME],
			byHolder: false,
		});
	});

	test('a village’s clerk counts it without persons, also beside a village that they lead', () => {
		const clerk = viewer(['village_clerk', 'team_leader'], { led: ['a'], kept: ['b'] });
		expect(scopeOf(clerk, 'b')).toMatchObject({ villages: ['b'], byHolder: false });
		expect(scopeOf(clerk, null)).toMatchObject({ villages: ['a', 'b'], byHolder: false });
		expect(scopeOf(clerk, 'a')).toMatchObject({ villages: ['a'], byHolder: true });
	});

	test('a cadre counts what they answer for, standing in included, and the totals of a village that they work in', () => {
		const cadre = viewer(['cadre'], { actsAs: [ME, 'away'], works: ['a'] });
		expect(scopeOf(cadre, null)).toMatchObject({ villages: null, answerers: [ME, 'away'], byHolder: false });
		expect(scopeOf(cadre, 'a')).toMatchObject({ villages: ['a'], answerers: null, byHolder: false });
		expect(scopeOf(cadre, 'b')).toBeUndefined();
	});

	test('a cadre without a row among the officials counts nothing', () => {
		expect(scopeOf(viewer(['cadre'], { cadre: null, actsAs: [] }), null)).toMatchObject({ answerers: [] });
	});

	test('others count nothing', () => {
		expect(scopeOf(viewer(['printer']), null)).toBeUndefined();
		expect(scopeOf(viewer([], { works: ['a'] }), 'a')).toBeUndefined();
	});
});

describe('F6: told apart by holder', () => {
	test('a leader who keeps another village, or the township, still has the names of the villages that they lead', () => {
		const both = viewer(['village_clerk', 'team_leader'], { led: ['a'], kept: ['b'] });
		expect(heldScope(both, scopeOf(both, null)!)).toMatchObject({ villages: ['a'], byHolder: true });
		expect(heldScope(both, scopeOf(both, 'b')!)).toBeUndefined();

		const clerk = viewer(['data_clerk', 'team_leader'], { led: ['a'] });
		expect(heldScope(clerk, scopeOf(clerk, null)!)).toMatchObject({ villages: ['a'], byHolder: true });
		expect(heldScope(clerk, scopeOf(clerk, 'a')!)).toMatchObject({ villages: ['a'], byHolder: true });
		expect(heldScope(clerk, scopeOf(clerk, 'b')!)).toBeUndefined();
	});

	test('who leads nothing has none, with the leaders’ hat or without', () => {
		for (const who of [
			viewer(['data_clerk']),
			viewer(['data_clerk', 'team_leader']),
			viewer(['data_clerk'], { led: ['a'] }),
			viewer(['cadre'], { works: ['a'] }),
		])
			expect(heldScope(who, scopeOf(who, null)!)).toBeUndefined();
	});

	test('who oversees the township has all', () => {
		const supervisor = viewer(['supervisor', 'data_clerk', 'team_leader'], { led: ['a'] });
		const scope = scopeOf(supervisor, null)!;
		expect(heldScope(supervisor, scope)).toEqual(scope);
	});
});

describe('complaints', () => {
	test('count for the supervision group and administrators alone, and not for whom one is about', () => {
		expect(scopeOf(viewer(['supervisor']), null)?.complaints).toEqual({ but: ME });
		expect(scopeOf(viewer([], { administrator: true }), null)?.complaints).toEqual({ but: null });
		for (const hat of ['town_leader', 'data_clerk', 'cadre'] as const)
			expect(scopeOf(viewer([hat]), null)?.complaints).toBe(false);
		expect(scopeOf(viewer(['team_leader'], { led: ['a'] }), 'a')?.complaints).toBe(false);
	});
});

describe('cases one by one', () => {
	test('of a village’s totals, a cadre sees by name only what they answer for', () => {
		const cadre = viewer(['cadre'], { works: ['a'] });
		const scope = scopeOf(cadre, 'a')!;
		expect(namedScope(cadre, scope)).toMatchObject({ villages: ['a'], answerers: [ME] });
	});

	test('a leader who keeps another village sees the village that they lead, and of the other what they answer for', () => {
		const both = viewer(['cadre', 'village_clerk', 'team_leader'], { led: ['a'], kept: ['b'] });
		expect(namedScope(both, scopeOf(both, null)!)).toMatchObject({ villages: ['a'], answerers: null });
		expect(namedScope(both, scopeOf(both, 'b')!)).toMatchObject({ villages: ['b'], answerers: [ME] });
	});

	test('the town’s data clerk sees what they answer for', () => {
		const clerk = viewer(['data_clerk', 'cadre']);
		expect(namedScope(clerk, scopeOf(clerk, null)!)).toMatchObject({ villages: null, answerers: [ME] });
	});

	test('leaders see all that they count', () => {
		const leader = viewer(['team_leader'], { led: ['a'] });
		const scope = scopeOf(leader, 'a')!;
		expect(namedScope(leader, scope)).toEqual(scope);
	});
});
