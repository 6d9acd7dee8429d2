import { describe, expect, test } from 'vitest';
import { caseCorrected, caseSent, newStepsOf, stepSent } from '../../../extensions/cases/sent.js';
import { readSent } from '../../../extensions/platform/sent.js';
import {
	CHANNELS,
	LEDGERS,
	LEVELS,
	NATURES,
	SATISFACTIONS,
	SOLVED,
	SOURCES,
} from '../../../extensions/cases/terms.js';
import { beijing } from './builders.js';

const ID = '3f2504e0-4f89-41d3-9a0c-0305e82c3301';
const CASE = { household: ID, ledger: 'proxy', title: '办理城乡居民医保缴费' };
const STEP = { case_id: ID, kind: 'note' };

const readCase = (sent: object) => readSent(caseSent, { ...CASE, ...sent });
const readStep = (sent: object) => readSent(stepSent, { ...STEP, ...sent });
const fault = (code: string, field: string) => ({ ok: false, fault: { code: `DOORSTEP_${code}`, field } });

describe('a new case as it is sent (F1)', () => {
	test('F1: household, ledger and title are enough', () => {
		expect(readSent(caseSent, CASE)).toMatchObject({ ok: true, value: CASE });
	});

	test.each(['household', 'ledger', 'title'])('F1: without %s it is refused by that field', (field) => {
		for (const nothing of [undefined, null, ''])
			expect(readCase({ [field]: nothing })).toEqual(fault('REQUIRED', field));
	});

	test('F1: a title of blanks is no title; blanks around one are left out', () => {
		expect(readCase({ title: ' \n　' })).toEqual(fault('INVALID', 'title'));
		expect(readCase({ title: '  修路 ' })).toMatchObject({ value: { title: '修路' } });
	});

	test('F1: a title has something to see; characters without a form are none', () => {
		for (const unseen of ['\u200b', '\u2060\ufeff', ' \u00ad ', '\u180e', '\u200d'])
			expect(readCase({ title: unseen }), JSON.stringify(unseen)).toEqual(fault('INVALID', 'title'));
		expect(readSent(caseCorrected, { title: '\u200b' })).toEqual(fault('INVALID', 'title'));
		expect(readCase({ title: '修\u200b路' }).ok).toBe(true);
		expect(readCase({ title: '。' }).ok).toBe(true);
	});

	test.each([
		['title', 200],
		['detail', 20_000],
		['client_id', 64],
	])('F1: %s holds %i characters and not one more', (field, longest) => {
		expect(readCase({ [field]: '户'.repeat(longest) }).ok).toBe(true);
		expect(readCase({ [field]: '户'.repeat(longest + 1) })).toEqual(fault('INVALID', field));
	});

	test.each([
		['id', ID],
		['number', '2026-000001'],
		['status', 'closed'],
		['cadre', ID],
		['holder', ID],
		['received_at', '2026-11-10T09:00:00Z'],
		['due_at', '2026-11-10T09:00:00Z'],
		['seq', 1],
		['head_hash', 'x'],
		['breached_at', null],
		['anything', 1],
	])('F1: the server’s own field %s cannot be sent, not even empty', (field, value) => {
		expect(readCase({ [field]: value })).toEqual(fault('SERVER_FIELD', field));
		expect(readCase({ [field]: null, ledger: 'odd' })).toEqual(fault('SERVER_FIELD', field));
	});

	test.each([
		['ledger', LEDGERS],
		['nature', NATURES],
		['source', SOURCES],
	])('F1: %s is one of the list', (field, list) => {
		for (const value of list) expect(readCase({ [field]: value }).ok, value).toBe(true);
		for (const odd of ['other', list[0].toUpperCase(), ` ${list[0]}`, 1, true, [list[0]]]) {
			expect(readCase({ [field]: odd })).toEqual(fault('INVALID', field));
		}
	});

	test.each(['household', 'service', 'about_cadre'])(
		'F1: %s is an id, not an object, a list or a part of one',
		(field) => {
			for (const odd of [{ id: ID }, { name: '新户' }, [ID], ID.slice(1), `${ID} `, `{${ID}}`, 1, 0, false]) {
				expect(readCase({ [field]: odd })).toEqual(fault('INVALID', field));
			}
		},
	);
});

describe('ids', () => {
	test.each(['household', 'service', 'about_cadre'])(
		'F1: %s is read as databases write it, however it was sent',
		(field) => {
			expect(readCase({ [field]: ID.toUpperCase() })).toMatchObject({ value: { [field]: ID } });
		},
	);

	test.each(['case_id', 'holder', 'department'])(
		'F4: %s is read as databases write it, however it was sent',
		(field) => {
			expect(readStep({ [field]: ID.toUpperCase() })).toMatchObject({ value: { [field]: ID } });
		},
	);

	test('F1: a client’s own id is kept as it was sent', () => {
		expect(readStep({ client_id: 'A-b' })).toMatchObject({ value: { client_id: 'A-b' } });
	});
});

describe('a correction (F1)', () => {
	test('F1: title and detail can be corrected, nothing else', () => {
		expect(readSent(caseCorrected, { title: '修桥', detail: null })).toMatchObject({ ok: true });
		for (const field of ['household', 'number', 'ledger', 'received_at', 'status']) {
			expect(readSent(caseCorrected, { title: '修桥', [field]: ID })).toEqual(fault('SERVER_FIELD', field));
		}
	});

	test('F1: a title cannot be taken away', () => {
		expect(readSent(caseCorrected, { title: null })).toEqual(fault('REQUIRED', 'title'));
		expect(readSent(caseCorrected, { title: '  ' })).toEqual(fault('INVALID', 'title'));
	});
});

describe('a step as it is sent', () => {
	test.each(['case_id', 'kind'])('F1: without %s it is refused by that field', (field) => {
		for (const nothing of [undefined, null])
			expect(readStep({ [field]: nothing })).toEqual(fault('REQUIRED', field));
	});

	test.each([
		'seq',
		'at',
		'actor',
		'actor_name',
		'status',
		'cycle',
		'hash',
		'prev_hash',
		'salt',
		'body_hash',
		'breached_at',
		'told',
	])('F6: the server’s own field %s cannot be sent', (field) =>
		expect(readStep({ [field]: 1 })).toEqual(fault('SERVER_FIELD', field)),
	);

	test('F6: names that every object inherits are no fields', () => {
		const sent: unknown = JSON.parse(
			`{"case_id":"${ID}","kind":"note","__proto__":{"note":"x"},"constructor":1}`,
		);
		expect(readSent(stepSent, sent)).toMatchObject({ ok: false, fault: { code: 'DOORSTEP_SERVER_FIELD' } });
	});

	test.each([
		['ledger', LEDGERS],
		['level', LEVELS],
		['solved', SOLVED],
		['satisfaction', SATISFACTIONS],
		['channel', CHANNELS],
	])('F5: %s is one of the list', (field, list) => {
		for (const value of list)
			expect(readStep({ [field]: value })).toMatchObject({ value: { [field]: value } });
		for (const odd of ['other', 1, {}, [list[0]]])
			expect(readStep({ [field]: odd })).toEqual(fault('INVALID', field));
	});

	test('F3: hours are whole, from one to a year', () => {
		for (const hours of [1, 24, 8760]) expect(readStep({ hours })).toMatchObject({ value: { hours } });
		for (const odd of [0, -1, 1.5, 8761, 1e21, Number.NaN, Infinity, '24', true]) {
			expect(readStep({ hours: odd })).toEqual(fault('INVALID', 'hours'));
		}
	});

	test.each(['case_id', 'holder', 'department'])('F4: %s is an id, not an object', (field) => {
		for (const odd of [{ id: ID }, { create: [] }, [ID], 'x', 7])
			expect(readStep({ [field]: odd })).toEqual(fault('INVALID', field));
	});

	test('F1: what is no object at all is refused', () => {
		for (const odd of [null, undefined, [], 'note', 5])
			expect(readSent(stepSent, odd)).toMatchObject({ ok: false });
	});
});

describe('words', () => {
	test.each([
		['a null byte', '\u0000'],
		['a control character', '\u001b'],
		['a delete character', '\u007f'],
		['a control character of the second row', '\u0085'],
		['an Arabic letter mark', '\u061c'],
		['a left-to-right mark', '\u200e'],
		['a right-to-left mark', '\u200f'],
		['a line separator', '\u2028'],
		['a paragraph separator', '\u2029'],
		['a left-to-right override', '\u202d'],
		['a left-to-right embedding', '\u202a'],
		['the end of an embedding', '\u202c'],
		['the first half of a surrogate pair', '\ud842'],
		['the second half of a surrogate pair', '\udfb7'],
		['a surrogate pair the wrong way round', '\udfb7\ud842'],
		['a right-to-left override', '\u202e'],
		['a right-to-left embedding', '\u202b'],
		['an isolate', '\u2066'],
		['the end of an isolate', '\u2069'],
	])('F1: %s hides what a record says, so it is refused wherever it stands', (_name, character) => {
		const text = `已办${character}结`;
		for (const field of ['title', 'detail', 'client_id'])
			expect(readCase({ [field]: text })).toEqual(fault('INVALID', field));
		for (const field of ['note', 'kind', 'client_id'])
			expect(readStep({ [field]: text })).toEqual(fault('INVALID', field));
		expect(readSent(caseCorrected, { title: text })).toEqual(fault('INVALID', 'title'));
	});

	test('F1: what people write is kept: lines, tabs, Mongolian, rare characters, emoji', () => {
		const note = '第一行\r\n第二行\tᠮᠣᠩᠭᠣᠯ ᠨᠠᠢ᠌ᠮᠠ\u180e 𠮷 👍🏽 👨\u200d👩\u200d👧 “引”';
		expect(readStep({ note })).toMatchObject({ value: { note } });
	});
});

describe('times', () => {
	test.each([
		['2026-11-10T09:00:00+08:00', '2026-11-10 09:00'],
		['2026-11-10T01:00:00Z', '2026-11-10 09:00'],
		['2026-11-10T01:00:00.000Z', '2026-11-10 09:00'],
		['2026-11-10T09:00:00', '2026-11-10 09:00'],
		['2026-11-10T09:00', '2026-11-10 09:00'],
		['2026-11-10', '2026-11-10 00:00'],
		['2028-02-29T00:00:00+08:00', '2028-02-29 00:00'],
		['2026-11-10T01:00:00.123456Z', '2026-11-10 09:00:00.123'],
	])('F1: %s is an instant, by Beijing time where no zone is given', (sent, local) => {
		expect(readStep({ happened_at: sent })).toMatchObject({ value: { happened_at: beijing(local) } });
	});

	test('F4: a deadline on a day is the end of that day; what happened on a day, its beginning', () => {
		const day = '2026-11-20';
		expect(readStep({ due_at: day, happened_at: day })).toMatchObject({
			value: { due_at: beijing(`${day} 23:59:59.999`), happened_at: beijing(day) },
		});
		expect(readCase({ happened_at: day })).toMatchObject({ value: { happened_at: beijing(day) } });
	});

	test('F4: a deadline at a time is at that time, in whichever zone', () => {
		for (const sent of ['2026-11-20T18:00', '2026-11-20T18:00:00+08:00', '2026-11-20T10:00:00Z'])
			expect(readStep({ due_at: sent })).toMatchObject({ value: { due_at: beijing('2026-11-20 18:00') } });
	});

	test('F1: times lie between 2000 and 2100, days included', () => {
		for (const field of ['happened_at', 'due_at']) {
			for (const sent of ['2000-01-02', '2000-01-01T00:00:00Z', '2099-12-31', '2099-12-31T23:59:59Z'])
				expect(readStep({ [field]: sent }).ok, `${field}: ${sent}`).toBe(true);
			for (const sent of ['1999-12-31', '1999-12-31T23:59:59Z', '2100-01-02', '2100-01-01T00:00:00Z'])
				expect(readStep({ [field]: sent }), `${field}: ${sent}`).toEqual(fault('INVALID', field));
		}
	});

	test('F4: a deadline on a day whose end lies beyond 2100 is refused, not read as the beginning of the day', () => {
		expect(readStep({ due_at: '2100-01-01' })).toEqual(fault('INVALID', 'due_at'));
	});

	test.each([
		...[
			'2026-02-29',
			'2026-13-01',
			'2026-11-10T25:00:00Z',
			'2026-11-10T23:59:60Z',
			'2026-11-10 09:00',
			'10.11.2026',
			'today',
			'NaN',
		],
		...[
			'+012026-11-10T09:00:00Z',
			'1999-12-31',
			'2100-01-02',
			1_794_272_400_000,
			{},
			true,
			new Date(Number.NaN),
		],
	])('F1: %s is no time, and refused by its field', (odd) => {
		expect(readCase({ happened_at: odd })).toEqual(fault('INVALID', 'happened_at'));
		for (const field of ['happened_at', 'due_at'])
			expect(readStep({ [field]: odd })).toEqual(fault('INVALID', field));
	});
});

describe('steps nested in a case', () => {
	const create = [{ kind: 'take' }, { kind: 'resolve', note: '当场办好' }];
	const normal = { create, update: [], delete: [] };

	test('F1: a list or Directus’s own form comes to the same, in order', () => {
		for (const sent of [create, { create }, { create, update: [], delete: [] }])
			expect(newStepsOf(sent)).toEqual(normal);
	});

	test('F1: no steps are no steps', () => {
		for (const sent of [undefined, null, [], {}, { update: [] }, { delete: [] }]) {
			expect(newStepsOf(sent)).toEqual({ create: [], update: [], delete: [] });
		}
	});

	test('F6: steps that exist are neither changed nor removed nor moved to another case', () => {
		const existing = [
			...[
				[ID],
				[{ id: ID }],
				[{ id: ID, note: 'x' }],
				[...create, ID],
				{ create: [{ id: ID }] },
				{ create: [ID] },
			],
			...[
				{ create, update: [{ id: ID, note: 'x' }] },
				{ create, delete: [ID] },
				{ update: [ID] },
				{ connect: [ID] },
				{ create, other: 1 },
			],
		];
		for (const sent of existing) expect(newStepsOf(sent), JSON.stringify(sent)).toBeUndefined();
	});

	test('F1: what is no list of steps is refused', () => {
		for (const sent of [
			'take',
			1,
			0,
			false,
			[null],
			[[]],
			{ create: null },
			{ create: { kind: 'take' } },
			[{ id: null }],
		]) {
			expect(newStepsOf(sent), JSON.stringify(sent)).toBeUndefined();
		}
	});
});
