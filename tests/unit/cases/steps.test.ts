import { describe, expect, test } from 'vitest';
import { HATS } from '../../../extensions/cases/people.js';
import { addStep, possibleSteps, ruleOf, STEPS, stepKinds } from '../../../extensions/cases/rules.js';
import { STATUSES } from '../../../extensions/cases/terms.js';
import { accepted, aMove, aState, refusalOf } from './builders.js';
import { EVERY_FIELD, EXPECTED, readyState, SAMPLE, SENT_KINDS, wearing, wholeStep } from './step-table.js';

describe('who may take which step, and when', () => {
	test('F1: there are sixteen steps that people take, and the record that the server writes', () => {
		expect(stepKinds()).toEqual(['record', ...SENT_KINDS]);
		expect(SENT_KINDS).toHaveLength(16);
	});

	describe.each(SENT_KINDS)('%s', (kind) => {
		const { from, hats, leadersIn } = EXPECTED[kind];

		test.each(HATS)('F4: by somebody who is only %s', (hat) => {
			const possible = hats.includes(hat);
			for (const status of STATUSES) {
				const verdict = addStep(aMove(wholeStep(kind), { state: readyState(kind, status), ...wearing(hat) }));
				const expected = !possible
					? { code: 'DOORSTEP_STEP_NOT_YOURS', field: 'kind' }
					: !from.includes(status)
						? { code: 'DOORSTEP_STEP_NOT_POSSIBLE', field: 'kind' }
						: leadersIn?.includes(status) && hat !== 'leader'
							? { code: 'DOORSTEP_LEADER_NEEDED', field: 'kind' }
							: undefined;
				expect(refusalOf(verdict), `in status ${status}`).toEqual(expected);
			}
		});

		test('F4: somebody without any hat is refused in every status', () => {
			for (const status of STATUSES) {
				const verdict = addStep(aMove(wholeStep(kind), { state: readyState(kind, status), ...wearing() }));
				expect(refusalOf(verdict), status).toEqual({ code: 'DOORSTEP_STEP_NOT_YOURS', field: 'kind' });
			}
		});

		test('F4: whoever wears every hat is still bound by the status', () => {
			for (const status of STATUSES) {
				const move = aMove(wholeStep(kind), { state: readyState(kind, status), ...wearing(...HATS) });
				expect(addStep(move).ok, status).toBe(from.includes(status));
			}
		});
	});

	test('F5: the studio offers just those steps that are taken when their form is filled in well', () => {
		for (const status of STATUSES) {
			for (const hat of HATS) {
				for (const kind of SENT_KINDS) {
					const move = aMove(wholeStep(kind), { state: readyState(kind, status), ...wearing(hat) });
					const offered = possibleSteps(move.state, move.facts, move.now).includes(kind);
					expect(offered, `${kind}, ${hat}, ${status}`).toBe(addStep(move).ok);
				}
			}
		}
	});

	test('F4: what stands with the department can be reported no higher, so the button is gone', () => {
		const move = aMove(wholeStep('report'), { state: aState({ ledger: 'reported', level: 'department' }) });
		expect(possibleSteps(move.state, move.facts, move.now)).not.toContain('report');
	});

	test('F1: a withdrawn case takes no step at all', () => {
		const move = aMove(wholeStep('note'), { state: aState({ status: 'withdrawn' }), ...wearing(...HATS) });
		expect(possibleSteps(move.state, move.facts, move.now)).toEqual([]);
	});
});

describe('steps that there are not', () => {
	test.each([
		'record',
		'delete',
		'Resolve',
		'',
		' resolve',
		'constructor',
		'__proto__',
		'toString',
		'hasOwnProperty',
	])('F1: nobody, not even an administrator, takes the step "%s"', (kind) => {
		const verdict = addStep(aMove({ kind, note: 'x' }, wearing(...HATS)));
		expect(verdict).toEqual({ ok: false, code: 'DOORSTEP_UNKNOWN_STEP', field: 'kind', args: { kind } });
	});

	test('F1: names that every object inherits are no rules', () => {
		expect(ruleOf('constructor')).toBeUndefined();
		expect(ruleOf('__proto__')).toBeUndefined();
		expect(ruleOf('take')).toBe(STEPS.take);
	});
});

describe.each(SENT_KINDS)('what %s has to say', (kind) => {
	const { from, needs, may = [] } = EXPECTED[kind];
	const [status = 'open'] = from;
	const tried = (given: object) =>
		refusalOf(
			addStep(
				aMove({ ...wholeStep(kind), ...given }, { state: readyState(kind, status), ...wearing(...HATS) }),
			),
		);

	test('F5: with all that it needs it is possible', () => {
		expect(tried({})).toBeUndefined();
	});

	test('F5: each field that it needs is missed by name, blank words included', () => {
		for (const field of needs) {
			const blanks =
				typeof SAMPLE[field] === 'string'
					? [undefined, null, '', ' \n\t', '　', '\u200b', ' \u2060\ufeff', '\u00ad']
					: [undefined, null];
			for (const blank of blanks) {
				expect(tried({ [field]: blank }), `${field}: ${JSON.stringify(blank)}`).toEqual({
					code: 'DOORSTEP_MISSING',
					field,
				});
			}
		}
		expect(ruleOf(kind)?.needs).toEqual(needs);
	});

	test('F5: each field of other steps is refused by name; a note is always welcome', () => {
		const welcome = [...needs, ...may, 'note'];
		for (const field of EVERY_FIELD) {
			const expected = welcome.includes(field) ? undefined : { code: 'DOORSTEP_UNEXPECTED', field };
			expect(tried({ [field]: SAMPLE[field] }), field).toEqual(expected);
		}
	});

	test('F5: words among which characters without a form stand are words', () => {
		if (needs.includes('note')) expect(tried({ note: '\u200b好' })).toBeUndefined();
	});

	test('F5: fields of other steps that are sent empty do no harm', () => {
		const welcome: readonly string[] = [...needs, ...may];
		const empty = Object.fromEntries(
			EVERY_FIELD.filter((field) => !welcome.includes(field)).map((field) => [field, null]),
		);
		expect(tried(empty)).toBeUndefined();
	});
});

describe('refusals', () => {
	test('F4: who may not act is told so before anything about the case is given away', () => {
		const state = aState({ status: 'withdrawn' });
		expect(refusalOf(addStep(aMove({ kind: 'resolve' }, { state, ...wearing('supervisor') })))?.code).toBe(
			'DOORSTEP_STEP_NOT_YOURS',
		);
	});

	test('F5: a step that comes too early or too late is told the status of the case', () => {
		const verdict = addStep(aMove({ kind: 'tell' }));
		expect(verdict).toMatchObject({
			code: 'DOORSTEP_STEP_NOT_POSSIBLE',
			args: { kind: 'tell', status: 'open' },
		});
	});

	test.each(SENT_KINDS)('F1: asking for %s changes nothing of what was given', (kind) => {
		const [status = 'open'] = EXPECTED[kind].from;
		const state = Object.freeze(readyState(kind, status));
		const step = Object.freeze(wholeStep(kind));
		const before = structuredClone(state);
		accepted(addStep(aMove(step, { state, ...wearing(...HATS) })));
		expect(state).toEqual(before);
	});
});
