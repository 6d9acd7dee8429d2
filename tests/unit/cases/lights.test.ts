import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { lightOf, LIGHTS, stageOf, STAGES, timeLeft } from '../../../extensions/cases/lights.js';
import { LIGHT_WORDS, spanWords } from '../../../extensions/cases/light/words.js';
import { isLate } from '../../../extensions/cases/rules.js';
import { LEDGERS, STATUSES, type Status } from '../../../extensions/cases/terms.js';
import { beijing, MS, plus } from './builders.js';

const DUE = beijing('2026-11-24 18:00');
const running = { status: 'open', ledger: 'proxy', due_at: DUE, breached_at: null } as const;

describe('F3: the light of a case', () => {
	test('turns with the clock: 正常, 临期 four hours before, 逾期 a millisecond after', () => {
		const at = (ms: number) => lightOf(running, new Date(DUE.getTime() + ms));
		expect([at(-4 * MS.hour - 1), at(-4 * MS.hour), at(0), at(1)]).toEqual([
			'on_time',
			'soon',
			'soon',
			'late',
		]);
	});

	test('F4: what needs others is 临期 a day before', () => {
		const reported = { ...running, ledger: 'reported' } as const;
		expect(lightOf(reported, new Date(DUE.getTime() - 24 * MS.hour - 1))).toBe('on_time');
		expect(lightOf(reported, new Date(DUE.getTime() - 24 * MS.hour))).toBe('soon');
	});

	test('what was late stays red until it is closed, and a resolved case runs no more', () => {
		const now = plus(DUE, 3, 'hour');
		expect(lightOf({ ...running, status: 'resolved' }, now)).toBe('on_time');
		expect(lightOf({ ...running, status: 'resolved', breached_at: DUE }, now)).toBe('late');
		expect(lightOf({ ...running, status: 'closed', breached_at: DUE }, now)).toBe('closed');
		expect(lightOf({ ...running, status: 'withdrawn' }, now)).toBe('withdrawn');
	});

	test('is red exactly while a case that is not finished is late, and has a word in both languages', () => {
		const cases = fc.record({
			status: fc.constantFrom(...STATUSES),
			ledger: fc.constantFrom(...LEDGERS),
			due_at: fc.date({ noInvalidDate: true }),
			breached_at: fc.option(fc.date({ noInvalidDate: true })),
		});
		fc.assert(
			fc.property(cases, fc.date({ noInvalidDate: true }), (state, now) => {
				const finished = state.status === 'closed' || state.status === 'withdrawn';
				const light = lightOf(state, now);
				expect(light === 'late').toBe(!finished && isLate(state, now));
				expect(LIGHTS).toContain(light);
				expect(LIGHT_WORDS[light]).toHaveLength(2);
			}),
		);
	});
});

describe('the six stages of the procedure', () => {
	test.each([
		['open', 'immediate', false, 'on_the_spot'],
		['open', 'proxy', false, 'errand'],
		['open', 'reported', false, 'joint'],
		['resolved', 'proxy', false, 'feedback'],
		['resolved', 'proxy', true, 'follow_up'],
		['closed', 'reported', true, 'follow_up'],
	] as const)('F5: %s, %s, told %s: %s', (status, ledger, told, stage) => {
		expect(stageOf({ status, ledger, told_at: told ? DUE : null })).toBe(stage);
	});

	test('every state has its stage', () => {
		for (const status of STATUSES as readonly Status[])
			for (const ledger of LEDGERS) expect(STAGES).toContain(stageOf({ status, ledger, told_at: null }));
	});
});

describe('the time left', () => {
	test.each([
		['2026-11-24 14:40', { late: false, days: 0, hours: 3, minutes: 20 }, 'hours'],
		['2026-11-22 15:00', { late: false, days: 2, hours: 3, minutes: 0 }, 'days'],
		['2026-11-24 18:05', { late: true, days: 0, hours: 0, minutes: 5 }, 'minutes'],
	] as const)('at %s', (now, left, words) => {
		expect(timeLeft(DUE, beijing(now))).toEqual(left);
		expect(spanWords(left)).toBe(words);
	});

	test('adds up to the whole minutes between now and the deadline', () => {
		fc.assert(
			fc.property(fc.integer({ min: -(10 ** 10), max: 10 ** 10 }), (ms) => {
				const { days, hours, minutes } = timeLeft(DUE, new Date(DUE.getTime() + ms));
				expect((days * 24 + hours) * 60 + minutes).toBe(Math.floor(Math.abs(ms) / MS.minute));
				expect(hours).toBeLessThan(24);
				expect(minutes).toBeLessThan(60);
			}),
		);
	});
});
