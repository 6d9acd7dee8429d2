import { describe, expect, test } from 'vitest';
import { CASE_OBJECTS } from '../../../extensions/cases/database.js';
import { RUNG_OBJECTS } from '../../../extensions/cases/rungs-database.js';
import { SEAL_OBJECTS } from '../../../extensions/cases/seals.js';
import { LADDER_OBJECTS } from '../../../extensions/cases/ladder-database.js';
import { STATE_COLUMNS } from '../../../extensions/cases/chain.js';
import { CASE_REFUSALS } from '../../../extensions/cases/strings.js';
import { COVERAGE_OBJECTS } from '../../../extensions/coverage/database.js';
import type {
	DatabaseObject,
	IndexObject,
	TriggerObject,
} from '../../../extensions/platform/database-objects.js';
import { PLATFORM_REFUSALS } from '../../../extensions/platform/refusals.js';
import { fieldNamesOf, fieldsOf, snapshot } from '../snapshot.js';

const OBJECTS = [...CASE_OBJECTS, ...RUNG_OBJECTS, ...SEAL_OBJECTS, ...LADDER_OBJECTS, ...COVERAGE_OBJECTS];
const triggers = OBJECTS.filter((object): object is TriggerObject => object.kind === 'trigger');
const indexes = OBJECTS.filter((object): object is IndexObject => object.kind === 'index');
const TABLES = new Set(snapshot.collections.map(({ collection }) => collection));

/** All SQL of an object, both databases'. */
function textOf(trigger: TriggerObject): string {
	return trigger.actions
		.flatMap((action) => ('run' in action ? [action.run] : [action.only ?? '', action.refuseWhen]))
		.map((sql) => (typeof sql === 'string' ? sql : `${sql.sqlite}\n${sql.postgres}`))
		.join('\n');
}
const triggersOn = (table: string, event: string) =>
	triggers.filter((it) => it.table === table && it.event === event);
const tableOf = (object: DatabaseObject) => (object.kind === 'table' ? undefined : object.table);

describe('what we own in the database beside Directus’s columns', () => {
	test('every object has a name of its own, ours, that PostgreSQL does not cut', () => {
		const names = OBJECTS.map(({ name }) => name);
		expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
		for (const name of names) {
			expect(name).toMatch(/^doorstep_[a-z_]+$/);
			expect(name.length, name).toBeLessThan(63);
			expect(TABLES.has(name), name).toBe(false);
		}
	});

	test('every object stands on a collection or a table of ours', () => {
		const own = OBJECTS.filter(({ kind }) => kind === 'table').map(({ name }) => name);
		for (const object of OBJECTS) {
			const table = tableOf(object);
			if (table !== undefined) expect([...TABLES, ...own], object.name).toContain(table);
		}
	});

	test.each(indexes.map((index) => [index.name, index] as const))(
		'the index %s is on columns that exist, once each',
		(_name, index) => {
			for (const column of index.columns) expect(fieldNamesOf(index.table)).toContain(column);
			expect(new Set(index.columns).size).toBe(index.columns.length);
		},
	);

	test('a partial index has two columns at least: Directus reads one on a single column back as a full one', () => {
		const partial = indexes.filter(({ where }) => where !== undefined);
		expect(partial.length).toBeGreaterThan(0);
		for (const { name, columns } of partial) expect(columns.length, name).toBeGreaterThanOrEqual(2);
	});

	test('a trigger names columns that exist', () => {
		for (const trigger of triggers) {
			const named = [...textOf(trigger).matchAll(/\b(?:NEW|OLD)\.(\w+)/g)].map(([, column]) => column ?? '');
			for (const column of [...named, ...(trigger.of ?? [])])
				expect(fieldNamesOf(trigger.table), trigger.name).toContain(column);
		}
	});

	test('every refusal of a trigger has words', () => {
		const words = { ...PLATFORM_REFUSALS, ...CASE_REFUSALS };
		const codes = triggers.flatMap(({ actions }) =>
			actions.flatMap((action) => ('code' in action ? [action.code] : [])),
		);
		expect(codes.length).toBeGreaterThan(0);
		expect(codes.filter((code) => !Object.hasOwn(words, code))).toEqual([]);
	});

	test('what a trigger writes as text cannot end the text that it stands in', () => {
		for (const trigger of triggers) {
			expect(textOf(trigger), trigger.name).not.toContain('$doorstep$');
			expect(textOf(trigger), trigger.name).not.toContain('undefined');
		}
	});
});

describe('what the database itself keeps', () => {
	test('F6: steps, cases and rungs are never deleted, nor swept away as a whole', () => {
		for (const table of ['doorstep_case_steps', 'doorstep_cases', 'doorstep_escalations']) {
			for (const event of ['delete', 'truncate']) {
				expect(
					triggersOn(table, event).map(({ actions }) => actions),
					`${event} ${table}`,
				).toEqual([[{ refuseWhen: 'true', code: 'DOORSTEP_APPEND_ONLY' }]]);
			}
		}
	});

	test('F6: of a step nothing but note and salt can change, every other column is guarded', () => {
		const [guard] = triggersOn('doorstep_case_steps', 'update');
		const text = textOf(guard!);
		const guarded = fieldNamesOf('doorstep_case_steps').filter((column) =>
			text.includes(`NEW.${column} is distinct from OLD.${column}`),
		);
		expect(
			fieldNamesOf('doorstep_case_steps')
				.filter((column) => !guarded.includes(column))
				.sort(),
		).toEqual(['note', 'salt']);
		expect(guard?.of).toBeUndefined();
	});

	test('F6: the state after a step is copied onto its case whole', () => {
		const [projection] = triggersOn('doorstep_case_steps', 'insert').filter(
			({ timing }) => timing === 'after',
		);
		for (const column of STATE_COLUMNS) expect(textOf(projection!)).toContain(`${column} = NEW.${column}`);
	});

	test('F6: no column of a case can change unguarded, but the time of the next rung, which a changed ladder moves', () => {
		const [guard] = triggersOn('doorstep_cases', 'update').filter(({ timing }) => timing === 'before');
		const text = textOf(guard!);
		const stored = fieldsOf('doorstep_cases').flatMap(({ field = '', type }) =>
			type === 'alias' ? [] : field,
		);
		const free = stored.filter(
			(column) =>
				!text.includes(`NEW.${column} is distinct from OLD.${column}`) &&
				!text.includes(`NEW.${column} <> OLD.${column}`),
		);
		expect(free).toEqual(['next_rung_at']);
	});

	test('F6: a step stands once at its place, a rung once in a cycle', () => {
		const unique = indexes
			.filter((index) => index.unique)
			.map(({ table, columns }) => `${table} ${columns.join(' ')}`);
		expect(unique).toContain('doorstep_case_steps case_id seq');
		expect(unique).toContain('doorstep_escalations case_id cycle rung');
		expect(unique).toContain('doorstep_assignments household starts_at');
	});

	test('C3: the history of who answered for a household is neither deleted nor rewritten', () => {
		for (const event of ['delete', 'update']) {
			const [guard] = triggersOn('doorstep_assignments', event);
			expect(guard?.actions).toMatchObject([{ code: 'DOORSTEP_APPEND_ONLY' }]);
		}
	});
});
