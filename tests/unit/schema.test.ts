import { describe, expect, test } from 'vitest';
import { STATE_COLUMNS } from '../../extensions/cases/chain.js';
import type { ServiceLimit } from '../../extensions/cases/deadlines.js';
import { NOTIFIED, RUNG_UNITS } from '../../extensions/cases/ladder-rules.js';
import type { Given, StepRule } from '../../extensions/cases/moves.js';
import { STEPS, stepKinds } from '../../extensions/cases/rules.js';
import { caseSent, stepSent } from '../../extensions/cases/sent.js';
import {
	CHANNELS,
	LEDGERS,
	LEVELS,
	NATURES,
	SATISFACTIONS,
	SOLVED,
	SOURCES,
	STATUSES,
} from '../../extensions/cases/terms.js';
import { EMPTIED_FIELDS, ERASE_REASONS } from '../../extensions/coverage/personal.js';
import { CHECK_KINDS } from '../../extensions/oversight/checks.js';
import { OUTCOMES } from '../../extensions/oversight/outcomes.js';
import { POLICIES } from '../../extensions/platform/hats.js';
import type { SnapshotItem } from '../../extensions/platform/snapshot.js';
import { LADDER } from '../../seed/provision/ladder.js';
import { choicesOf, fieldNamesOf, fieldOf, fieldsOf, snapshot } from './snapshot.js';

const CASES = 'doorstep_cases';
const STEP_ROWS = 'doorstep_case_steps';
const named = (item: SnapshotItem) => `${item.collection}.${item.field ?? ''}`;
const CALENDARS: readonly ServiceLimit['calendar'][] = ['clock', 'working'];

/** Every list of choices in the data model, and what may stand there by the code. */
const LISTS: Readonly<Record<string, readonly string[]>> = {
	[`${CASES}.status`]: STATUSES,
	[`${CASES}.ledger`]: LEDGERS,
	[`${CASES}.nature`]: NATURES,
	[`${CASES}.source`]: SOURCES,
	[`${CASES}.level`]: LEVELS,
	[`${CASES}.told`]: SOLVED,
	[`${STEP_ROWS}.kind`]: stepKinds(),
	[`${STEP_ROWS}.status`]: STATUSES,
	[`${STEP_ROWS}.ledger`]: LEDGERS,
	[`${STEP_ROWS}.level`]: LEVELS,
	[`${STEP_ROWS}.told`]: SOLVED,
	[`${STEP_ROWS}.solved`]: SOLVED,
	[`${STEP_ROWS}.satisfaction`]: SATISFACTIONS,
	[`${STEP_ROWS}.channel`]: CHANNELS,
	'doorstep_services.ledger': LEDGERS,
	'doorstep_services.calendar': CALENDARS,
	'doorstep_services.proxy': ['yes', 'with_person', 'no'],
	'doorstep_escalation_rules.ledger': LEDGERS,
	'doorstep_escalation_rules.unit': RUNG_UNITS,
	'doorstep_escalation_rules.notify': NOTIFIED,
	'doorstep_cadres.posting': ['field', 'office'],
	'doorstep_cadres.origin': ['town', 'banner', 'city', 'village'],
	'doorstep_cadres.work_state': ['in_village', 'on_duty', 'training', 'meeting'],
	'doorstep_households.kind': ['resident', 'away'],
	'doorstep_households.erased_reason': ERASE_REASONS,
	'doorstep_households.special_groups': [
		...[
			'elderly_alone',
			'disabled',
			'children',
			'serious_illness',
			'minimum_living',
			'extreme_poverty',
			'monitored',
		],
	],
	'doorstep_checks.kind': CHECK_KINDS,
	'doorstep_checks.ledger': LEDGERS,
	'doorstep_check_cases.outcome': OUTCOMES,
	'doorstep_departments.level': ['banner', 'city', 'other'],
};

describe('lists of choices', () => {
	const withChoices = snapshot.fields.filter((field) => choicesOf(field).length > 0);

	test('all of them are known here', () => {
		expect(withChoices.map(named).sort()).toEqual(Object.keys(LISTS).sort());
	});

	test.each(Object.entries(LISTS))('%s offers exactly what the code knows, in its order', (place, values) => {
		const [collection = '', field = ''] = place.split('.');
		expect(choicesOf(fieldOf(collection, field)).map(({ value }) => value)).toEqual(values);
	});

	test('every choice is labelled by a key that people can reword, the same wherever it stands', () => {
		for (const field of withChoices) {
			for (const { text, value } of choicesOf(field)) {
				expect(text, named(field)).toMatch(/^\$t:doorstep_/);
				expect(text.endsWith(`_${value}`), `${named(field)}: ${text}`).toBe(true);
			}
		}
	});

	test('a list looks in tables as it does in forms', () => {
		for (const field of withChoices) {
			const display = field.meta?.['display_options'] as
				{ choices?: { value: string; text: string }[] } | null | undefined;
			if (display?.choices === undefined) continue;
			const pairs = (choices: { value: string; text: string }[]) =>
				choices.map(({ value, text }) => [value, text]);
			expect(pairs(display.choices), named(field)).toEqual(pairs(choicesOf(field)));
		}
	});

	test('C4: four work states', () => {
		expect(LISTS['doorstep_cadres.work_state']).toHaveLength(4);
	});

	test('F6: the ladder as shipped uses only what the studio offers', () => {
		for (const { ledger, unit, notify } of LADDER) {
			expect(LISTS['doorstep_escalation_rules.ledger']).toContain(ledger);
			expect(LISTS['doorstep_escalation_rules.unit']).toContain(unit);
			for (const hat of notify) expect(LISTS['doorstep_escalation_rules.notify']).toContain(hat);
		}
	});
});

describe('names on screen', () => {
	interface Translation {
		language: string;
		translation: string;
		singular?: string;
		plural?: string;
	}
	const translations = (item: SnapshotItem) => (item.meta?.['translations'] ?? []) as Translation[];

	test.each(
		snapshot.collections
			.filter(({ meta }) => meta?.['hidden'] !== true)
			.map((item) => [item.collection, item] as const),
	)('%s has a Chinese and an English name', (_name, item) => {
		expect(translations(item).map(({ language }) => language)).toEqual(['zh-CN', 'en-US']);
		const [zh, en] = translations(item);
		for (const word of [zh?.translation, zh?.singular, zh?.plural]) expect(word).toMatch(/\p{Script=Han}/u);
		for (const word of [en?.translation, en?.singular, en?.plural]) expect(word).toMatch(/^[A-Z][A-Za-z ]+$/);
	});

	test('every field that people can see has a Chinese and an English name', () => {
		const shown = snapshot.fields.filter(
			({ meta }) => meta?.['hidden'] !== true || meta['conditions'] != null,
		);
		const unnamed = shown.filter((field) => {
			const [zh, en] = translations(field);
			return (
				zh?.language !== 'zh-CN' ||
				en?.language !== 'en-US' ||
				!/\p{Script=Han}/u.test(zh.translation) ||
				!/^[A-Z]/.test(en.translation)
			);
		});
		expect(unnamed.map(named)).toEqual([]);
	});

	test('no two fields that people see beside each other have the same name', () => {
		for (const { collection } of snapshot.collections) {
			const names = fieldsOf(collection).flatMap((field) =>
				translations(field).map(({ translation }) => translation),
			);
			expect(
				names.filter((name, index) => names.indexOf(name) !== index),
				collection,
			).toEqual([]);
		}
	});
});

describe('what a form shows', () => {
	interface Condition {
		name: string;
		rule: { _and: { kind?: { _in: string[] } }[] };
	}
	const OPTIONAL: readonly Given[] = [
		'ledger',
		'level',
		'holder',
		'department',
		'due_at',
		'hours',
		'solved',
		'satisfaction',
		'channel',
	];

	test.each(OPTIONAL)('a step’s %s is shown for the kinds that take it, and hidden otherwise', (name) => {
		const field = fieldOf(STEP_ROWS, name);
		const conditions = (field.meta?.['conditions'] ?? []) as Condition[];
		const shownFor = conditions.flatMap(({ rule }) => rule._and.flatMap(({ kind }) => kind?._in ?? []));
		const taking = stepKinds().filter((kind) =>
			[...STEPS[kind].needs, ...(STEPS[kind] as StepRule).may].includes(name),
		);
		expect(field.meta?.['hidden']).toBe(true);
		expect([...shownFor].sort()).toEqual([...taking].sort());
	});
});

describe('columns', () => {
	test('F6: every column of the state stands on cases and on steps, of the same type', () => {
		for (const column of STATE_COLUMNS) {
			const [onCase, onStep] = [fieldOf(CASES, column), fieldOf(STEP_ROWS, column)];
			expect(onCase.type, column).toBe(onStep.type);
			for (const key of ['data_type', 'max_length', 'is_nullable'])
				expect(onCase.schema?.[key], column).toBe(onStep.schema?.[key]);
		}
	});

	test('F1: whatever people can send has a column, or is the list of steps', () => {
		for (const name of Object.keys(caseSent.shape)) expect(fieldNamesOf(CASES)).toContain(name);
		for (const name of Object.keys(stepSent.shape)) expect(fieldNamesOf(STEP_ROWS)).toContain(name);
	});

	test.each([
		[CASES, 'title', 200],
		[CASES, 'client_id', 64],
		[STEP_ROWS, 'client_id', 64],
		[STEP_ROWS, 'kind', 32],
		[STEP_ROWS, 'hash', 64],
		[STEP_ROWS, 'salt', 32],
	])('F1: %s.%s holds what may be sent or is hashed', (collection, name, length) => {
		expect(fieldOf(collection, name).schema?.['max_length']).toBeGreaterThanOrEqual(length);
	});

	test('PIPL art. 47: each column of a household is either emptied on request or needed for figures and history', () => {
		const kept = ['id', 'code', 'hamlet', 'kind', 'cadre', 'erased_at', 'erased_reason'];
		const columns = fieldsOf('doorstep_households').filter(({ schema }) => schema != null);
		expect(columns.map(({ field }) => field).sort()).toEqual(
			[...kept, 'head_name', 'pinyin', ...EMPTIED_FIELDS].sort(),
		);
	});

	test('C2: a household cannot be stored without its one cadre', () => {
		expect(fieldOf('doorstep_households', 'cadre').schema?.['is_nullable']).toBe(false);
	});

	test('F4: the triage limit is a whole day at least and sixty at most', () => {
		expect(fieldOf('doorstep_settings', 'triage_days').meta?.['validation']).toEqual({
			_and: [{ triage_days: { _between: [1, 60] } }],
		});
	});

	test.each([
		['doorstep_escalation_rules', 'name'],
		['doorstep_services', 'category'],
	])('F6: %s.%s may be left empty', (collection, field) => {
		const { meta, schema } = fieldOf(collection, field);
		expect([meta?.['required'], schema?.['is_nullable']]).toEqual([false, true]);
	});

	test('F4: when a leader decided is set by the server alone', () => {
		for (const collection of [CASES, STEP_ROWS]) {
			const { meta, schema } = fieldOf(collection, 'decided_at');
			expect([meta?.['readonly'], schema?.['is_nullable']]).toEqual([true, true]);
		}
		for (const sent of [caseSent, stepSent]) expect(Object.keys(sent.shape)).not.toContain('decided_at');
	});

	test('F1: what one client sends twice is stored once', () => {
		for (const collection of [CASES, STEP_ROWS])
			expect(fieldOf(collection, 'client_id').schema?.['is_unique']).toBe(true);
	});

	test('ids are UUIDs, times are timestamps with a zone', () => {
		for (const { collection, schema } of snapshot.collections) {
			if (schema != null) expect(fieldOf(collection, 'id').type, collection).toBe('uuid');
		}
		const times = snapshot.fields.filter(({ field }) => field?.endsWith('_at'));
		expect(times.filter(({ type }) => type !== 'timestamp').map(named)).toEqual([]);
	});

	test('everything is ours and bears our prefix; Directus’s files only say whose case they belong to', () => {
		const items = [...snapshot.collections, ...snapshot.fields, ...snapshot.relations];
		const foreign = items.filter(({ collection }) => !collection.startsWith('doorstep_'));
		expect(new Set(foreign.map(named))).toEqual(new Set(['directus_files.doorstep_case']));
	});

	test('every to-one field has its relation, every relation its field', () => {
		const toOne = snapshot.fields.filter(({ meta }) =>
			((meta?.['special'] ?? []) as string[]).some((special) => special === 'm2o' || special === 'file'),
		);
		expect(snapshot.relations.map(named).sort()).toEqual(toOne.map(named).sort());
	});

	test('seven hats, a clerk for each village and one that opens sensitive information, each a policy', () => {
		expect(POLICIES).toEqual([
			'administrator',
			'cadre',
			'team_leader',
			'town_leader',
			'supervisor',
			'data_clerk',
			'village_clerk',
			'printer',
			'sensitive_information',
			'sensitive_villages',
		]);
	});
});
