import { describe, expect, test } from 'vitest';
import { readDeadlines, readFigures, readOverview } from '../../../extensions/oversight/asked.js';

const NOW = new Date('2026-11-24T17:00:00Z'); // Already the 25th in Beijing.
const VILLAGE = 'dba25ff5-4a3e-8a07-a26b-b92499a41b51';
const figures = (query: object) => readFigures({ figures: 'open_cases', ...query }, NOW);
const fault = (code: string, field: string) => ({ ok: false, fault: { code, field } });

describe('the period', () => {
	const periodOf = (query: object) => {
		const read = readOverview(query, NOW);
		return read.ok ? read.value.period : read.fault;
	};

	test('is the last thirty days, today in Beijing among them', () => {
		expect(periodOf({})).toEqual({ start: '2026-10-27', end: '2026-11-25' });
	});

	test('ends today or where it is said, and begins thirty days before', () => {
		expect(periodOf({ from: '2026-11-01' })).toEqual({ start: '2026-11-01', end: '2026-11-25' });
		expect(periodOf({ to: '2026-06-30' })).toEqual({ start: '2026-06-01', end: '2026-06-30' });
		expect(periodOf({ from: '2027-01-01' })).toEqual({ start: '2027-01-01', end: '2027-01-01' });
	});

	test.each([
		['ends before it begins', { from: '2026-11-02', to: '2026-11-01' }, 'from'],
		['is longer than five years', { from: '2021-01-01', to: '2026-11-25' }, 'from'],
		['begins on no day', { from: '2026-02-30' }, 'from'],
		['ends at a time', { to: '2026-11-25T00:00:00Z' }, 'to'],
		['lies in another age', { to: '9999-12-31' }, 'to'],
		['is an array', { from: ['2026-11-01', '2026-11-02'] }, 'from'],
		['is an object', { from: { _gte: '2026-11-01' } }, 'from'],
	])('is refused where it %s', (_why, query, field) => {
		expect(readOverview(query, NOW)).toEqual(fault('DOORSTEP_INVALID', field));
	});
});

describe('what is asked for', () => {
	test('figures by names, told apart by two dimensions at most', () => {
		expect(figures({ figures: 'late_cases,open_cases', by: 'village,age' })).toMatchObject({
			value: { figures: ['late_cases', 'open_cases'], by: ['village', 'age'], byPerson: false },
		});
		expect(figures({ by: 'level,holder' })).toMatchObject({ value: { byPerson: true } });
	});

	test.each([
		['nothing', { figures: '' }, 'DOORSTEP_REQUIRED', 'figures'],
		['a figure that there is not', { figures: 'open_cases,hours_online' }, 'DOORSTEP_INVALID', 'figures'],
		['a figure twice', { figures: 'open_cases,open_cases' }, 'DOORSTEP_INVALID', 'figures'],
		['figures in an array', { figures: ['open_cases'] }, 'DOORSTEP_INVALID', 'figures'],
		['three dimensions', { by: 'village,ledger,level' }, 'DOORSTEP_INVALID', 'by'],
		['one dimension twice', { by: 'village,village' }, 'DOORSTEP_INVALID', 'by'],
		['two kinds of window', { figures: 'received_cases', by: 'week,month' }, 'DOORSTEP_INVALID', 'by'],
		['what is as of now by week', { by: 'week' }, 'DOORSTEP_INVALID', 'by'],
		['cases by rung', { by: 'rung' }, 'DOORSTEP_INVALID', 'by'],
		[
			'how late what was received is',
			{ figures: 'received_cases', by: 'lateness' },
			'DOORSTEP_INVALID',
			'by',
		],
		['an inherited name', { by: 'constructor' }, 'DOORSTEP_INVALID', 'by'],
		['a village that is no id', { village: "' or true --" }, 'DOORSTEP_INVALID', 'village'],
		['a ledger that there is not', { ledger: 'all' }, 'DOORSTEP_INVALID', 'ledger'],
		['a misspelt word', { vilage: VILLAGE }, 'DOORSTEP_NO_SUCH_FIELD', 'vilage'],
	])('refuses %s', (_what, query, code, field) => {
		expect(figures(query)).toEqual(fault(code, field));
	});

	test('a token in the address is none of our business', () => {
		expect(readOverview({ access_token: 'x', village: VILLAGE.toUpperCase() }, NOW)).toMatchObject({
			value: { village: VILLAGE, ledger: null },
		});
	});

	test.each([['0'], ['201'], ['-1'], ['1e2'], ['']])('the board has 1 to 200 rows, not %s', (limit) => {
		expect(readDeadlines({ limit })).toMatchObject({ ok: false, fault: { field: 'limit' } });
	});

	test('the board has fifty rows where nothing is said', () => {
		expect(readDeadlines({})).toMatchObject({ value: { limit: 50 } });
	});
});
