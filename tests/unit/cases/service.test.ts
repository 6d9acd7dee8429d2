import { describe, expect, test } from 'vitest';
import type { ServiceLimit } from '../../../extensions/cases/deadlines.js';
import { fieldsToSet } from '../../../extensions/cases/service/follow.js';
import { limitInWords } from '../../../extensions/cases/service/limit.js';
import { SAME_CASES_SHOWN, sameCaseQuery } from '../../../extensions/cases/service/same-case.js';
import { SAME_CASE_WORDS, SERVICE_WORDS } from '../../../extensions/cases/service/words.js';
import type { Ledger } from '../../../extensions/cases/terms.js';
import { inWords } from '../../../extensions/platform/words.js';

const SETTINGS = { proxy_hours: 24, triage_days: 2 };
const aService = (more: Partial<ServiceLimit> = {}): ServiceLimit => ({
	...{ ledger: 'proxy', limit_hours: null, limit_days: null, calendar: 'clock' },
	...more,
});

describe('the limit in words', () => {
	const said = (ledger: Ledger, service: ServiceLimit, settings: typeof SETTINGS | null = SETTINGS) => {
		const limit = limitInWords(ledger, service, settings);
		if (limit === null) return null;
		const words = inWords(SERVICE_WORDS[limit.unit], 'zh-CN', { amount: String(limit.amount) });
		return limit.decided ? inWords(SERVICE_WORDS.to_decide, 'zh-CN', { limit: words }) : words;
	};

	test('F2: an immediate case is settled the same day', () => {
		expect(said('immediate', aService({ ledger: 'immediate' }))).toBe('当天');
	});

	test('F3: a proxy case has the limit of its service', () => {
		expect(said('proxy', aService({ limit_hours: 4 }))).toBe('4 小时');
		expect(said('proxy', aService({ limit_days: 5, calendar: 'working' }))).toBe('5 个工作日');
		expect(said('proxy', aService({ limit_days: 5 }))).toBe('5 天');
	});

	test('F3: a service without a limit of its own has the township’s', () => {
		expect(said('proxy', aService())).toBe('24 小时');
		expect(said('proxy', aService(), { ...SETTINGS, proxy_hours: 48 })).toBe('48 小时');
	});

	test('F4: a reported case is decided within the triage limit, whatever the service promises', () => {
		const service = aService({ ledger: 'reported', limit_days: 30 });
		expect(said('reported', service)).toBe('2 个工作日内交办');
	});

	test('the ledger that was chosen counts, not the one of the service', () => {
		expect(said('proxy', aService({ ledger: 'immediate' }))).toBe('24 小时');
		expect(said('immediate', aService({ limit_hours: 4 }))).toBe('当天');
	});

	test('nothing is promised where the township’s limits could not be read', () => {
		expect(said('proxy', aService(), null)).toBeNull();
		expect(said('reported', aService(), null)).toBeNull();
		expect(said('proxy', aService({ limit_hours: 4 }), null)).toBe('4 小时');
		expect(said('immediate', aService(), null)).toBe('当天');
	});
});

describe('what a service brings along', () => {
	const BIRTH = { ledger: 'proxy', name: '新生儿落户' };
	const ROAD = { ledger: 'reported', name: '道路维修' };

	test('ledger and title of an empty form', () => {
		const both = [
			{ field: 'ledger', value: 'proxy' },
			{ field: 'title', value: '新生儿落户' },
		];
		expect(fieldsToSet({}, null, BIRTH)).toEqual(both);
		expect(fieldsToSet({ ledger: null, title: ' ' }, null, BIRTH)).toEqual(both);
	});

	test('what a person typed stays', () => {
		expect(fieldsToSet({ ledger: 'immediate', title: '二孩落户' }, null, BIRTH)).toEqual([]);
		expect(fieldsToSet({ ledger: 'proxy', title: '二孩落户' }, BIRTH, ROAD)).toEqual([
			{ field: 'ledger', value: 'reported' },
		]);
	});

	test('what came from the service before follows the next one', () => {
		expect(fieldsToSet({ ledger: 'proxy', title: '新生儿落户' }, BIRTH, ROAD)).toEqual([
			{ field: 'ledger', value: 'reported' },
			{ field: 'title', value: '道路维修' },
		]);
	});

	test('taken back, it takes along what came from it', () => {
		expect(fieldsToSet({ ledger: 'proxy', title: '新生儿落户' }, BIRTH, null)).toEqual([
			{ field: 'ledger', value: null },
			{ field: 'title', value: null },
		]);
		expect(fieldsToSet({ ledger: 'immediate', title: '二孩落户' }, BIRTH, null)).toEqual([]);
	});

	test('nothing is set that stands there already', () => {
		expect(fieldsToSet({ ledger: 'proxy', title: '新生儿落户' }, BIRTH, BIRTH)).toEqual([]);
		expect(fieldsToSet({}, null, null)).toEqual([]);
	});
});

describe('an open case of the same household and service', () => {
	const matter = { household: 'h', service: 's' };
	const open = { household: { _eq: 'h' }, service: { _eq: 's' }, status: { _eq: 'open' } };

	test('is looked for while a case is new', () => {
		expect(sameCaseQuery(matter, { primaryKey: '+', status: undefined })).toMatchObject({
			filter: open,
			limit: SAME_CASES_SHOWN + 1,
		});
	});

	test('is another one than the case itself', () => {
		expect(sameCaseQuery(matter, { primaryKey: 'c', status: 'open' })).toMatchObject({
			filter: { ...open, id: { _neq: 'c' } },
		});
	});

	test('is of no interest once the case is settled', () => {
		for (const status of ['resolved', 'closed', 'withdrawn'])
			expect(sameCaseQuery(matter, { primaryKey: 'c', status })).toBeNull();
	});
});

test.each(Object.entries({ ...SERVICE_WORDS, ...SAME_CASE_WORDS }))(
	'%s is said in Chinese and in English',
	(_key, [zh, en]) => {
		expect(zh).toMatch(/\p{Script=Han}/u);
		expect(en).toMatch(/^[^\p{Script=Han}]+$/u);
	},
);
