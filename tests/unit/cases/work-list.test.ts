import { describe, expect, test } from 'vitest';
import { badgeCss } from '../../../extensions/cases/home/badge.js';
import { countOf, tilesOf, type Bookmark } from '../../../extensions/cases/home/bookmarks.js';
import { HOME_WORDS } from '../../../extensions/cases/home/words.js';
import { offersFor, offerWords } from '../../../extensions/cases/list/offers.js';
import {
	nextSort,
	rungOf,
	shortTime,
	sortedBy,
	type Possible,
} from '../../../extensions/cases/list/shown.js';
import { LIST_WORDS } from '../../../extensions/cases/list/words.js';
import { bookmarkOf } from '../../../extensions/cases/lists.js';
import { withOurs } from '../../../seed/provision/module-bar.js';

describe('what can be done for several cases', () => {
	const found = (
		id: string,
		possible: Possible['possible'],
		acknowledge: string[] = [],
	): [string, Possible] => [id, { id, seq: 1, possible, acknowledge, household: null }];
	const possible = new Map([
		found('a', ['grant_time', 'note', 'tell']),
		found('b', ['take', 'close'], ['rung']),
		found('c', ['take']),
	]);

	test('a button for each thing that is possible for at least one, with those cases alone', () => {
		expect(offersFor(['a', 'b', 'c'], possible)).toEqual([
			{ kind: 'grant_time', ids: ['a'] },
			{ kind: 'close', ids: ['b'] },
			{ kind: 'take', ids: ['b', 'c'] },
			{ kind: 'acknowledge', ids: ['b'] },
		]);
	});

	test('telling and notes are made one by one; a case that is not known yet counts for nothing', () => {
		expect(offersFor(['x'], possible)).toEqual([]);
		expect(offersFor(['a'], possible).map(({ kind }) => kind)).toEqual(['grant_time']);
	});

	test('F4: a reported case is struck off, the others are closed', () => {
		const [reported, proxy] = [{ ledger: 'reported' }, { ledger: 'proxy' }] as const;
		expect(offerWords('close', [reported])).toBe('close_reported');
		expect(offerWords('close', [proxy])).toBe('close_proxy');
		expect(offerWords('close', [reported, proxy])).toBe('close');
		expect(offerWords('take', [reported])).toBe('take');
	});
});

describe('rows of the list', () => {
	test('a heading sorts earliest first, then the other way round', () => {
		expect(nextSort(['number'], 'due_at')).toEqual(['due_at']);
		expect(nextSort(['due_at'], 'due_at')).toEqual(['-due_at']);
		expect(nextSort(['-due_at'], 'due_at')).toEqual(['due_at']);
		expect(sortedBy(['-due_at'], 'due_at')).toBe('descending');
		expect(sortedBy(['due_at'], 'number')).toBeUndefined();
	});

	test('a rung is called by its name, else by its number', () => {
		expect(rungOf({ rung: 0, escalations: [{ name: '催办' }] })).toBeNull();
		expect(rungOf({ rung: 2, escalations: [{ name: '催办' }] })).toBe('催办');
		expect(rungOf({ rung: 5, escalations: [{ name: null }] })).toBe('5');
		expect(rungOf({ rung: 1 })).toBe('1');
	});

	test('times are Beijing’s', () => {
		expect(shortTime('2026-11-24T01:00:00.000Z')).toBe('11-24 09:00');
		expect(shortTime('2026-11-24T16:30:00.000Z')).toBe('11-25 00:30');
	});
});

describe('the tiles of the module', () => {
	const row = (id: number, bookmark: string | null, more: Partial<Bookmark> = {}): Bookmark => ({
		...{
			id,
			bookmark,
			collection: 'doorstep_cases',
			user: null,
			role: null,
			icon: null,
			filter: null,
			search: null,
		},
		...more,
	});

	test('our lists come in their order, then others; defaults and other collections are none', () => {
		const tiles = tilesOf([
			row(1, '张家的事', { user: 'me' }),
			row(2, bookmarkOf('late')),
			row(3, bookmarkOf('waiting')),
			row(4, null),
			row(5, 'x', { collection: 'doorstep_cadres' }),
		]);
		expect(tiles.map(({ id, own }) => [id, own])).toEqual([
			[3, false],
			[2, false],
			[1, true],
		]);
		expect(tiles[0]?.to).toBe('/content/doorstep_cases?bookmark=3');
	});

	test('cases are counted once each, by filter and search', () => {
		expect(countOf({ filter: { a: { _eq: 1 } }, search: '路' })).toEqual({
			aggregate: { countDistinct: 'id' },
			filter: '{"a":{"_eq":1}}',
			search: '路',
		});
		expect(countOf({ filter: null, search: null })).toEqual({ aggregate: { countDistinct: 'id' } });
	});
});

describe('the badge on the module bar', () => {
	test('stands after our link with the number, and words for those who listen', () => {
		const css = badgeCss(12, '/sub/admin/doorstep', 'zh-CN');
		expect(css).toContain('.module-bar a[href="/sub/admin/doorstep"]::after');
		expect(css).toContain('content: "12" / "12 件待办"');
		expect(badgeCss(3, '/admin/doorstep', 'en-US')).toContain('content: "3" / "3 waiting"');
	});

	test('nothing for zero, and no number too long for its place', () => {
		expect(badgeCss(0, '/admin/doorstep', 'zh-CN')).toBe('');
		expect(badgeCss(250, '/admin/doorstep', 'zh-CN')).toContain('content: "99+" / "250 件待办"');
	});

	test('a path cannot end the rule', () => {
		expect(badgeCss(1, '/a"] { } x', 'zh-CN')).toContain('[href="/a\\"] { } x"]');
	});
});

describe('the module bar', () => {
	const ours = { type: 'module', id: 'doorstep', enabled: true };
	const content = { type: 'module', id: 'content', enabled: true };

	test('where nobody has arranged it: ours in front of what Directus shows', () => {
		const bar = withOurs(null);
		expect(bar[0]).toEqual(ours);
		expect(bar.slice(1).map(({ id }) => id)).toEqual([
			'content',
			'visual',
			'users',
			'files',
			'insights',
			'deployments',
			'docs',
			'settings',
		]);
	});

	test('where somebody has: ours at the end; where it stands already, as it stands', () => {
		expect(withOurs([content])).toEqual([content, ours]);
		const off = [{ ...ours, enabled: false }, content];
		expect(withOurs(off)).toEqual(off);
	});
});

describe('words', () => {
	test.each(Object.entries({ ...HOME_WORDS, ...LIST_WORDS }))(
		'%s speaks Chinese and English',
		(_key, [zh, en]) => {
			expect(zh).toMatch(/\p{Script=Han}/u);
			expect(en).not.toMatch(/\p{Script=Han}/u);
			const named = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(([name]) => name).sort();
			expect(named(zh)).toEqual(named(en));
		},
	);
});
