import { describe, expect, test } from 'vitest';
import { SENSITIVE_FIELDS } from '../../../extensions/coverage/sensitive.js';
import { OUTBOX_OBJECTS } from '../../../extensions/platform/outbox.js';
import {
	BASES,
	KEPT,
	noteKeyOf,
	PERSONAL,
	personalFields,
	shippedLabels,
} from '../../../seed/provision/personal.js';
import { permissionsFor } from '../../../seed/provision/permissions.js';
import { fieldNamesOf, snapshot } from '../snapshot.js';

/** Collections that say nothing of a person. */
const OF_NOBODY = [
	...['doorstep_calendar', 'doorstep_departments', 'doorstep_escalation_rules', 'doorstep_hamlets'],
	'doorstep_settings',
];
/** Fields that say where a matter stands or hold its chain together, or what a village or service is, and nothing of a person. */
const OF_NO_PERSON: Readonly<Record<string, readonly string[]>> = {
	doorstep_cases: [
		...['number', 'status', 'ledger', 'level', 'department', 'received_at', 'due_at', 'first_due_at'],
		...['clock_from', 'cycle', 'rung', 'rung_base', 'next_rung_at', 'client_id', 'seq', 'head_hash'],
	],
	doorstep_case_steps: [
		...['case_id', 'kind', 'ledger', 'level', 'department', 'due_at', 'hours', 'seq', 'status'],
		...['first_due_at', 'clock_from', 'cycle', 'client_id', 'prev_hash', 'hash', 'salt', 'body_hash'],
	],
	doorstep_escalations: ['case_id', 'cycle', 'rung', 'name', 'due_at', 'raised_at'],
	doorstep_checks: [
		...['kind', 'size', 'period_from', 'period_to', 'village', 'ledger', 'seed', 'drawn_at'],
		...['candidates', 'candidates_hash'],
	],
	doorstep_check_cases: [
		...['check_id', 'position', 'case_id', 'cycle', 'outcome', 'attempts', 'tried_at', 'step'],
	],
	doorstep_services: [
		...['code', 'name', 'category', 'ledger', 'limit_hours', 'limit_days', 'calendar', 'proxy'],
		...['department_limit', 'statutory_limit', 'papers', 'conditions', 'procedure', 'place', 'fee'],
		...['contact', 'in_handbook', 'sort', 'pinyin'],
	],
	doorstep_villages: ['name', 'sort'],
};

const personal = personalFields();
/** Fields with a column, of collections of ours. */
const stored = snapshot.fields
	.filter(({ collection, type }) => collection.startsWith('doorstep_') && type !== 'alias')
	.map(({ collection, field = '' }) => ({ collection, field, name: `${collection}.${field}` }));
const isOfNobody = (collection: string, field: string) =>
	field === 'id' || OF_NOBODY.includes(collection) || OF_NO_PERSON[collection]?.includes(field) === true;

describe('L1: what is kept about whom', () => {
	test('every field of ours is in the register, or is named as one that says nothing of a person', () => {
		const unaccounted = stored.filter(
			({ collection, field, name }) => personal.has(name) === isOfNobody(collection, field),
		);
		expect(unaccounted.map(({ name }) => name)).toEqual([]);
	});

	test('nothing is named here that is not kept', () => {
		const outbox = OUTBOX_OBJECTS.flatMap((object) => (object.kind === 'table' ? [object.columns] : []));
		const missing = [...personal.keys()].filter((name) => {
			const [collection = '', field = ''] = name.split('.');
			if (collection === 'doorstep_outbox') return !outbox[0]?.includes(`${field} `);
			return !fieldNamesOf(collection).includes(field);
		});
		expect(missing).toEqual([]);
		const names = new Set(stored.map(({ name }) => name));
		const exempt = Object.entries(OF_NO_PERSON).flatMap(([collection, fields]) =>
			fields.map((field) => `${collection}.${field}`),
		);
		expect(exempt.filter((name) => !names.has(name))).toEqual([]);
	});

	test('no field stands in the register twice', () => {
		const fields = Object.values(PERSONAL).flatMap((row) => row.fields);
		expect(fields.filter((field, index) => fields.indexOf(field) !== index)).toEqual([]);
	});

	test.each(Object.entries(PERSONAL))(
		'%s says why, by which law and how long',
		(_row, { why, basis, kept }) => {
			for (const pair of [why, BASES[basis], KEPT[kept]]) {
				expect(pair[0]).toMatch(/\p{Script=Han}/u);
				expect(pair[1]).toMatch(/^[a-zA-Z0-9]/);
			}
		},
	);
});

describe('L1: in the studio each personal field says why it is kept', () => {
	const labels = shippedLabels();
	const noted = snapshot.fields.filter(({ collection, field = '' }) =>
		personal.has(`${collection}.${field}`),
	);

	test.each(noted.map((item) => [`${item.collection}.${item.field ?? ''}`, item] as const))(
		'%s',
		(name, { meta }) => {
			expect(meta?.['note']).toBe(`$t:${noteKeyOf(name)}`);
			const { why, basis } = PERSONAL[personal.get(name) ?? ''] ?? expect.fail(name);
			const [zh, en] = labels[noteKeyOf(name)] ?? expect.fail(noteKeyOf(name));
			for (const [text, at] of [
				[zh, 0],
				[en, 1],
			] as const) {
				expect(text).toContain(why[at]);
				expect(text).toContain(BASES[basis][at]);
			}
			expect(zh.length).toBeLessThanOrEqual(90);
			expect(en.length).toBeLessThanOrEqual(180);
		},
	);

	test('what a room says of its field stays in the note', () => {
		const [zh, en] = labels['doorstep_households_cadre_note'] ?? expect.fail();
		expect(zh).toMatch(/^改为另一名干部即完成交接.*个人信息保护法/);
		expect(en).toMatch(/^Changing it hands the household over.*PIPL/);
	});
});

describe('L1: sensitive information', () => {
	const sensitive = SENSITIVE_FIELDS.map((field) => `doorstep_households.${field}`);

	test('is exactly what the register keeps as such', () => {
		const kept = Object.values(PERSONAL).filter(({ basis }) => basis === 'sensitive');
		expect(kept.flatMap(({ fields }) => fields)).toEqual(sensitive);
	});

	test('is exactly what its policies open, and stands in its group on the form', () => {
		const opened = permissionsFor(snapshot)
			.filter(({ policy }) => policy.startsWith('sensitive_'))
			.flatMap(({ collection, fields }) => fields.map((field) => `${collection}.${field}`));
		const beside = ['doorstep_households.id', 'doorstep_households.sensitive'];
		expect([...new Set(opened)].filter((name) => !beside.includes(name)).sort()).toEqual(
			[...sensitive].sort(),
		);
		const grouped = snapshot.fields.filter(
			({ collection, meta }) => collection === 'doorstep_households' && meta?.['group'] === 'sensitive',
		);
		expect(grouped.map(({ field }) => field)).toEqual([...SENSITIVE_FIELDS]);
	});
});
