import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { NotDone } from '../../extensions/cases/outcome.js';
import { REFUSAL_CODES } from '../../extensions/cases/guards.js';
import { CASE_LABELS } from '../../extensions/cases/labels.js';
import { LIST_LABELS } from '../../extensions/cases/lists.js';
import { CASE_REFUSALS, NEVER, NOTICE_WORDS, WATCH_WORDS } from '../../extensions/cases/strings.js';
import { LEDGERS, STATUSES } from '../../extensions/cases/terms.js';
import { stepKinds } from '../../extensions/cases/rules.js';
import { refusalOf, wordFor } from '../../extensions/cases/words.js';
import { COVERAGE_LABELS } from '../../extensions/coverage/labels.js';
import { OVERSIGHT_LABELS } from '../../extensions/oversight/labels.js';
import { PANEL_LABELS } from '../../extensions/oversight/panel-labels.js';
import { DEFINITIONS, REFERENCE_ONLY } from '../../extensions/oversight/definitions.js';
import { BUCKET_WORDS, NOTHING, OVERSIGHT_REFUSALS } from '../../extensions/oversight/strings.js';
import { POLICIES } from '../../extensions/platform/hats.js';
import { DEADLINES_WORDS } from '../../extensions/oversight/deadlines/words.js';
import { DISTRIBUTION_WORDS } from '../../extensions/oversight/distribution/words.js';
import { FIGURE_WORDS } from '../../extensions/oversight/figure/words.js';
import { HEAT_WORDS } from '../../extensions/oversight/heat/words.js';
import { TRAFFIC_WORDS } from '../../extensions/oversight/ladder-traffic/words.js';
import { PANEL_WORDS } from '../../extensions/oversight/studio/words.js';
import { VILLAGES_WORDS } from '../../extensions/oversight/villages/words.js';
import { FIGURES } from '../../extensions/oversight/figures.js';
import { SPREAD_NAMES } from '../../extensions/oversight/distribution/spreads.js';
import { PERIODS } from '../../extensions/oversight/studio/period.js';
import { PLATFORM_LABELS } from '../../extensions/platform/labels.js';
import { PLATFORM_REFUSALS } from '../../extensions/platform/refusals.js';
import { MAIL_WORDS } from '../../extensions/platform/strings.js';
import { RHYTHMS } from '../../extensions/platform/windows.js';
import type { Labels, Pair } from '../../extensions/platform/words.js';
import { shippedLabels } from '../../seed/provision/personal.js';
import { POLICY_TEXTS } from '../../seed/provision/policies.js';
import { snapshot } from './snapshot.js';

const HAN = /\p{Script=Han}/u;
const placeholders = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(([name]) => name).sort();

function expectPair([zh, en]: Pair, key: string): void {
	expect(zh, key).toMatch(HAN);
	expect(en, key).toMatch(/[A-Za-z]/);
	expect(en, key).not.toMatch(HAN);
	expect(placeholders(zh), key).toEqual(placeholders(en));
	for (const text of [zh, en]) expect(text, key).toBe(text.trim());
}

const figures = (part: 'label' | 'definition'): Labels =>
	Object.fromEntries(Object.entries(DEFINITIONS).map(([name, words]) => [`${name}, ${part}`, words[part]]));

function named(part: 'subject' | 'message'): Labels {
	return Object.fromEntries(
		Object.entries(WATCH_WORDS).map(([condition, words]): [string, Pair] => [
			`${condition}, ${part}`,
			words[part],
		]),
	);
}

const LABELS = shippedLabels();
const PROSE: Labels = {
	...MAIL_WORDS,
	...DEADLINES_WORDS,
	...DISTRIBUTION_WORDS,
	...FIGURE_WORDS,
	...HEAT_WORDS,
	...TRAFFIC_WORDS,
	...VILLAGES_WORDS,
	...PANEL_WORDS,
	never: NEVER,
	...named('subject'),
	...named('message'),
	...figures('label'),
	...figures('definition'),
	...BUCKET_WORDS,
	...{ nothing: NOTHING, reference_only: REFERENCE_ONLY },
};
const REFUSALS = { ...PLATFORM_REFUSALS, ...CASE_REFUSALS, ...OVERSIGHT_REFUSALS };

/** Not the fault of whoever asks. */
const OUT_OF_ORDER = ['DOORSTEP_BROKEN', 'DOORSTEP_UNAVAILABLE', 'DOORSTEP_DATABASE_UNAVAILABLE'];

describe('refusals', () => {
	test.each(Object.entries(REFUSALS))(
		'%s says why in Chinese and in English, as a refusal of ours',
		(code, { words, status }) => {
			expect(code).toMatch(/^DOORSTEP_[A-Z_]+$/);
			expectPair(words, code);
			const ours = OUT_OF_ORDER.includes(code) ? [503] : [400, 403, 409];
			expect(ours).toContain(status);
		},
	);

	test('every refusal of the rules has words', () => {
		for (const code of REFUSAL_CODES) expect(CASE_REFUSALS).toHaveProperty(code);
	});

	test('no code stands in two catalogues with different words', () => {
		expect(Object.keys(CASE_REFUSALS).filter((code) => Object.hasOwn(PLATFORM_REFUSALS, code))).toEqual([]);
	});

	test('what others refer to cannot be deleted, and a refusal says so without the database’s own words', () => {
		expect(REFUSALS.DOORSTEP_IN_USE).toMatchObject({ status: 409 });
		expect(REFUSALS.DOORSTEP_IN_USE.words.map(placeholders)).toEqual([[], []]);
	});

	test('missing and odd values are 400', () => {
		const codes = [
			'MISSING',
			'UNEXPECTED',
			'REQUIRED',
			'INVALID',
			'SERVER_FIELD',
			'NO_SUCH_FIELD',
			'MALFORMED',
			'FUTURE',
			'UNKNOWN_STEP',
		] as const;
		for (const code of codes) expect(REFUSALS[`DOORSTEP_${code}`].status).toBe(400);
	});

	const said = (notDone: Omit<NotDone, 'done'>, locale: 'zh-CN' | 'en-US') =>
		refusalOf({ done: false, ...notDone }, 'doorstep_case_steps', snapshot, locale).message;

	test('steps, states and fields are named as on screen', () => {
		const missing = { code: 'DOORSTEP_MISSING', field: 'note', args: { kind: 'resolve' } } as const;
		expect(said(missing, 'en-US')).toBe('"Resolve" needs "Note".');
		expect(said(missing, 'zh-CN')).toMatch(/填报结果.+情况说明/);
		const early = {
			code: 'DOORSTEP_STEP_NOT_POSSIBLE',
			field: 'kind',
			args: { kind: 'tell', status: 'open' },
		} as const;
		expect(said(early, 'zh-CN')).toMatch(/办理中.+反馈群众/);
	});

	test('a step that there is not is named as it was sent', () => {
		expect(said({ code: 'DOORSTEP_UNKNOWN_STEP', field: 'kind', args: { kind: 'delete' } }, 'en-US')).toBe(
			'There is no step "delete".',
		);
	});

	test.each(REFUSAL_CODES)('no placeholder of %s is left unfilled', (code) => {
		const args = { kind: 'resolve', status: 'open', ledger: 'proxy' };
		for (const locale of ['zh-CN', 'en-US'] as const)
			expect(said({ code, field: 'note', args }, locale)).not.toMatch(/[{}]/);
	});
});

describe('labels of the studio', () => {
	const text = readFileSync(new URL('../../schema-snapshot.yaml', import.meta.url), 'utf8');
	/** What can be chosen in panels, whose definitions name the list alone. */
	const CHOICES = {
		figure: FIGURES,
		period: PERIODS,
		spread: SPREAD_NAMES,
		dimension: [...RHYTHMS, 'ledger', 'rung'],
	};
	/** Layouts, displays, interfaces and modules carry names too; the bookmarks of the lists are named by their labels. */
	const folder = new URL('../../extensions/', import.meta.url);
	const definitions = readdirSync(folder, { recursive: true, encoding: 'utf8' })
		.filter((file) => /(index|options)\.ts$/.test(file))
		.map((file) => readFileSync(new URL(file, folder), 'utf8'));
	const used = new Set([
		...[text, ...definitions].flatMap((each) =>
			[...each.matchAll(/\$t:(doorstep_\w+)(?![\w$])/g)].map(([, key]) => key ?? ''),
		),
		...Object.keys(LIST_LABELS),
		...definitions.flatMap((each) =>
			[...each.matchAll(/choiceField\('(\w+)'/g)].map(([, key]) => `doorstep_option_${key ?? ''}`),
		),
		...Object.entries(CHOICES).flatMap(([list, values]) =>
			values.map((value) => `doorstep_${list}_${value}`),
		),
	]);

	test('every key in the data model has a label', () => {
		expect([...used].filter((key) => !Object.hasOwn(LABELS, key))).toEqual([]);
	});

	test('no label is unused', () => {
		expect(Object.keys(LABELS).filter((key) => !used.has(key))).toEqual([]);
	});

	test('no key stands in two rooms', () => {
		const keys = [
			CASE_LABELS,
			LIST_LABELS,
			COVERAGE_LABELS,
			OVERSIGHT_LABELS,
			PANEL_LABELS,
			PLATFORM_LABELS,
		].flatMap((labels) => Object.keys(labels));
		expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
	});

	test.each(Object.entries(LABELS))('%s speaks Chinese and English', (key, pair) => {
		expect(key).toMatch(/^doorstep_[a-z0-9_]+$/);
		expectPair(pair, key);
		expect(placeholders(pair[0])).toEqual([]);
	});

	test('steps, statuses and ledgers have words of their own, no two alike', () => {
		const lists = [
			['step', stepKinds()],
			['status', STATUSES],
			['ledger', LEDGERS],
		] as const;
		for (const [list, values] of lists) {
			for (const locale of ['zh-CN', 'en-US'] as const) {
				const words = values.map((value) => wordFor(list, value, locale));
				expect(new Set(words).size).toBe(values.length);
				for (const value of values) expect(words).not.toContain(value);
			}
		}
	});

	test('what has no word is shown as it is', () => {
		expect(wordFor('status', 'unheard_of', 'zh-CN')).toBe('unheard_of');
		expect(wordFor('constructor', 'x', 'zh-CN')).toBe('x');
	});
});

describe('other words', () => {
	test.each(Object.entries(NOTICE_WORDS))(
		'the notice %s is made of the same parts in both languages',
		(_name, [zh, en]) => {
			expect(placeholders(zh)).toEqual(placeholders(en));
		},
	);

	test.each(Object.entries(PROSE))('%s speaks Chinese and English', (key, pair) => {
		expectPair(pair, key);
	});

	test('every hat has a name in both languages, an icon and a description', () => {
		expect(Object.keys(POLICY_TEXTS)).toEqual([...POLICIES]);
		for (const { name, icon, description } of Object.values(POLICY_TEXTS)) {
			for (const words of [name, description]) expect(words).toMatch(/\p{Script=Han}.*[A-Za-z]/u);
			expect(icon).toMatch(/^[a-z_]+$/);
		}
	});
});

describe('words that are not used of people here', () => {
	const everything = [
		...[
			...Object.values(LABELS),
			...Object.values(NOTICE_WORDS),
			...Object.values(PROSE),
			...Object.values(REFUSALS).map(({ words }) => words),
		].map(([zh]) => zh),
		...Object.values(POLICY_TEXTS).map(({ description }) => description),
		readFileSync(new URL('../../schema-snapshot.yaml', import.meta.url), 'utf8'),
	].join('\n');

	test.each([
		'打卡',
		'积分',
		'排名',
		'APP',
		'信访',
		'上访',
		'重点人员',
		'宗教',
		'信教',
		'民族',
		'贫困户',
		'扶贫',
		'电子签名',
		'全免费',
	])('%s', (word) => {
		expect(everything).not.toContain(word);
	});
});
