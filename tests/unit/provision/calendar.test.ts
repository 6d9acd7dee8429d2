import { describe, expect, test } from 'vitest';
import { addDays } from '../../../extensions/platform/local-time.js';
import { calendarDays } from '../../../seed/provision/calendar.js';
import { LADDER } from '../../../seed/provision/ladder.js';

const days = calendarDays();
const byDay = new Map(days.map((row) => [row.day, row]));
const weekday = (day: string) => new Date(`${day}T00:00:00Z`).getUTCDay();
const between = (first: string, last: string) => days.filter(({ day }) => day >= first && day <= last);

describe('the working calendar as shipped (F4)', () => {
	test('F4: every day of its years stands there once, in order, leap day included', () => {
		expect(days[0]?.day).toBe('2024-01-01');
		expect(days.at(-1)?.day).toBe('2028-12-31');
		for (const [index, row] of days.slice(1).entries()) expect(row.day).toBe(addDays(days[index]!.day, 1));
		expect(byDay.get('2028-02-29')).toMatchObject({ working: true });
	});

	test('F4: the running number grows by one on working days and on no other', () => {
		let before = 0;
		for (const { day, working, ordinal } of days) {
			expect(ordinal - before, day).toBe(working ? 1 : 0);
			before = ordinal;
		}
	});

	test.each([
		['New Year 2024', '2024-01-01', '2024-01-01'],
		['Spring Festival 2024', '2024-02-10', '2024-02-17'],
		['National Day 2024', '2024-10-01', '2024-10-07'],
		['Spring Festival 2025', '2025-01-28', '2025-02-04'],
		['National Day and Mid-Autumn 2025', '2025-10-01', '2025-10-08'],
		['New Year 2026', '2026-01-01', '2026-01-03'],
		['Spring Festival 2026', '2026-02-15', '2026-02-23'],
		['National Day 2026', '2026-10-01', '2026-10-07'],
	])('F4: %s is free', (_name, first, last) => {
		expect(between(first, last).every(({ working, name }) => !working && name !== null)).toBe(true);
	});

	test.each([
		...[
			'2024-02-04',
			'2024-02-18',
			'2024-09-29',
			'2024-10-12',
			'2025-01-26',
			'2025-02-08',
			'2025-09-28',
			'2025-10-11',
		],
		...['2026-01-04', '2026-02-14', '2026-02-28', '2026-09-20', '2026-10-10'],
	])('F4: %s, a weekend day, is worked to make up for a holiday, and says so', (day) => {
		expect([0, 6]).toContain(weekday(day));
		expect(byDay.get(day)).toMatchObject({
			working: true,
			name: expect.stringMatching(/调休上班$/) as string,
		});
	});

	test('F4: a day without a name is worked from Monday to Friday and free at the weekend', () => {
		const odd = days.filter(
			({ day, working, name }) => name === null && working === [0, 6].includes(weekday(day)),
		);
		expect(odd).toEqual([]);
	});

	test('F4: each announced year has about 250 working days', () => {
		for (const year of ['2024', '2025', '2026']) {
			const worked = between(`${year}-01-01`, `${year}-12-31`).filter(({ working }) => working).length;
			expect(worked).toBeGreaterThan(245);
			expect(worked).toBeLessThan(253);
		}
	});

	test('F4: other years can be filled by themselves, counting from one', () => {
		const [first, second] = calendarDays({ first: 2025, last: 2025 });
		expect([first?.ordinal, second?.ordinal]).toEqual([0, 1]);
		expect(calendarDays({ first: 2025, last: 2025 })).toHaveLength(365);
	});
});

describe('the ladder as shipped (F6)', () => {
	test('F6: reminder, 催办, 督办 and 专项督查 come in this order in every ledger', () => {
		const order = ['到期提醒', '催办', '督办', '专项督查'];
		for (const ledger of ['proxy', 'reported', 'immediate']) {
			const rungs = LADDER.filter((row) => row.ledger === ledger);
			expect(rungs.map(({ rung }) => rung)).toEqual(rungs.map((_, index) => index + 1));
			expect(rungs.map(({ delay }) => delay)).toEqual(rungs.map(({ delay }) => delay).sort((a, b) => a - b));
			expect(rungs.map(({ name }) => order.indexOf(name))).toEqual(
				rungs.map(({ name }) => order.indexOf(name)).sort(),
			);
		}
	});

	test('F3: in every ledger a rung is due at the deadline itself', () => {
		for (const ledger of ['proxy', 'reported', 'immediate']) {
			expect(
				LADDER.some((row) => row.ledger === ledger && row.delay === 0 && row.notify.includes('cadre')),
			).toBe(true);
		}
	});

	test('idea 6: each rung can be found again on an upgrade', () => {
		expect(new Set(LADDER.map(({ id }) => id)).size).toBe(LADDER.length);
	});
});
