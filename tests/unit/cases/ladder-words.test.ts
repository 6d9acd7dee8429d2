import { describe, expect, test } from 'vitest';
import { CALENDAR_WORDS } from '../../../extensions/cases/calendar/words.js';
import { LADDER_WORDS } from '../../../extensions/cases/ladder/words.js';

const HAN = /\p{Script=Han}/u;
const placeholders = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(([name]) => name).sort();

describe('words of the ladder and of the calendar', () => {
	test.each(Object.entries({ ...CALENDAR_WORDS, ...LADDER_WORDS }))(
		'%s is made of the same parts in both languages',
		(_key, [zh, en]) => {
			expect(placeholders(zh)).toEqual(placeholders(en));
			expect(en).not.toMatch(HAN);
		},
	);
});
