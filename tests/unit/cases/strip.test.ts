import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FARTHEST, NOTIFIED, RUNG_UNITS } from '../../../extensions/cases/ladder-rules.js';
import { isAsSaved, ladderWith, questionOf, rungOf } from '../../../extensions/cases/ladder/rule.js';
import { spanOf, stopsOf, type Rung } from '../../../extensions/cases/ladder/strip.js';
import { LEDGERS } from '../../../extensions/cases/terms.js';
import { LADDER } from '../../../seed/provision/ladder.js';

function aRung(more: Partial<Rung> = {}): Rung {
	return {
		id: 'saved',
		ledger: 'proxy',
		service: null,
		rung: 2,
		name: '催办',
		delay: 0,
		unit: 'minutes',
		notify: ['cadre'],
		...more,
	};
}

const anyRung: fc.Arbitrary<Rung> = fc.record({
	id: fc.uuid(),
	ledger: fc.constantFrom(...LEDGERS),
	service: fc.constantFrom(null, 'a', 'b'),
	rung: fc.integer({ min: 1, max: 99 }),
	name: fc.option(fc.string()),
	delay: fc.integer({ min: -FARTHEST.minutes, max: FARTHEST.minutes }),
	unit: fc.constantFrom(...RUNG_UNITS),
	notify: fc.subarray([...NOTIFIED], { minLength: 1 }),
});

describe('the ladder on a time line (F3, F4)', () => {
	test('F3: the ladder as shipped stands around the deadline, reminder first', () => {
		const shipped = LADDER.filter(({ ledger }) => ledger === 'proxy').map((row) =>
			aRung({ ...row, notify: [] } as Partial<Rung>),
		);
		const stops = stopsOf(shipped.toReversed());
		expect(stops.map(({ side, rungs }) => [side, rungs.map(({ name }) => name)])).toEqual([
			['before', ['到期提醒']],
			['deadline', ['催办']],
			['after', ['督办']],
			['after', ['专项督查']],
		]);
	});

	test('the deadline is there even where no rung is due then', () => {
		expect(stopsOf([]).map(({ side }) => side)).toEqual(['deadline']);
		expect(stopsOf([aRung({ delay: 5 })]).map(({ side }) => side)).toEqual(['deadline', 'after']);
	});

	test('rungs of the same time share a stop, by their numbers; no working day is no minute', () => {
		const rungs = [
			aRung({ id: 'b', rung: 3 }),
			aRung({ id: 'a', rung: 1, unit: 'working_days' }),
			aRung({ id: 'c', rung: 4, delay: 60 }),
		];
		expect(stopsOf(rungs).map((stop) => stop.rungs.map(({ id }) => id))).toEqual([['a', 'b'], ['c']]);
	});

	test('a rung without a time has no place yet', () => {
		expect(stopsOf([aRung({ delay: null })])[0]?.rungs).toEqual([]);
	});

	test('every rung that has a time stands once, in the order of time, and the deadline once', () => {
		fc.assert(
			fc.property(fc.array(anyRung, { maxLength: 12 }), (rungs) => {
				const stops = stopsOf(rungs);
				expect(stops.flatMap((stop) => stop.rungs)).toHaveLength(rungs.length);
				expect(stops.filter(({ side }) => side === 'deadline')).toHaveLength(1);
				const minutes = stops.map(({ delay, unit }) => (unit === 'minutes' ? delay : delay * 1440));
				expect(minutes).toEqual(minutes.toSorted((a, b) => a - b));
				const sides = stops.map(({ side }) => ['before', 'deadline', 'after'].indexOf(side));
				expect(sides).toEqual(sides.toSorted());
				for (const { room } of stops.slice(0, -1)) {
					expect(room).toBeGreaterThanOrEqual(1);
					expect(room).toBeLessThanOrEqual(3);
				}
				expect(stops.at(-1)?.room).toBe(0);
			}),
		);
	});

	test.each([
		[-240, 'minutes', 'hours', { hours: 4 }],
		[60, 'minutes', 'hour', { hours: 1 }],
		[30, 'minutes', 'minutes', { minutes: 30 }],
		[90, 'minutes', 'hours_minutes', { hours: 1, minutes: 30 }],
		[1440, 'minutes', 'hours', { hours: 24 }],
		[2880, 'minutes', 'days', { days: 2 }],
		[1, 'working_days', 'working_day', { days: 1 }],
		[-5, 'working_days', 'working_days', { days: 5 }],
	] as const)('F3: %i %s is said in %s', (delay, unit, words, args) => {
		expect(spanOf({ delay, unit })).toEqual({ words, args });
	});

	test('no minute is lost in words', () => {
		fc.assert(
			fc.property(fc.integer({ min: 1, max: FARTHEST.minutes }), (delay) => {
				const { days = 0, hours = 0, minutes = 0 } = spanOf({ delay, unit: 'minutes' }).args;
				expect(days * 1440 + hours * 60 + minutes).toBe(delay);
			}),
		);
	});
});

describe('the rung in the form', () => {
	const values = {
		...{ ledger: 'proxy', service: null, rung: 2, name: '催办', delay: 0, unit: 'minutes' },
		notify: ['cadre'],
	};

	test('takes the place of the saved one, unsaved values and all', () => {
		const edited = rungOf({ ...values, delay: '30', notify: ['supervisor', 'cadre', 'mayor'] }, 'saved');
		expect(edited).toEqual(aRung({ delay: 30, notify: ['cadre', 'supervisor'] }));
		const ladder = ladderWith([aRung(), aRung({ id: 'other', rung: 3, delay: 60 })], edited!);
		expect(ladder.map(({ id, delay }) => [id, delay])).toEqual([
			['other', 60],
			['saved', 30],
		]);
	});

	test('stands among the rungs of its own ledger and service alone', () => {
		const others = [
			aRung({ id: 'x', service: 's' }),
			aRung({ id: 'y', ledger: 'reported' }),
			aRung({ id: 'z' }),
		];
		expect(ladderWith(others, aRung()).map(({ id }) => id)).toEqual(['z', 'saved']);
		const ofService = rungOf({ ...values, service: { id: 's' } }, null);
		expect(ladderWith(others, ofService!).map(({ id }) => id)).toEqual(['x', null]);
	});

	test('belongs to no ladder before a ledger is chosen, and is no question before it has number and delay', () => {
		expect(rungOf({}, null)).toBeUndefined();
		expect(rungOf({ ledger: 'other' }, null)).toBeUndefined();
		expect(questionOf(rungOf({ ledger: 'proxy' }, null)!)).toBeUndefined();
		expect(questionOf(rungOf({ ledger: 'proxy', rung: 1, delay: 'x' }, null)!)).toBeUndefined();
		expect(questionOf(rungOf({ ledger: 'proxy', rung: 1, delay: 0 }, null)!)).toEqual({
			...{ ledger: 'proxy', service: null, rung: 1, delay: 0, unit: 'minutes' },
		});
		expect(questionOf(aRung())).toMatchObject({ id: 'saved' });
	});

	test('is as saved while only its name or whom it tells differs', () => {
		expect(isAsSaved(aRung({ name: '提醒', notify: [] }), [aRung()])).toBe(true);
		expect(isAsSaved(aRung({ delay: 1 }), [aRung()])).toBe(false);
		expect(isAsSaved(aRung({ id: null }), [aRung()])).toBe(false);
	});
});
