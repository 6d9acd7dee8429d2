import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { auditCase, type AuditedCase, type Fault } from '../../../extensions/cases/audit-rules.js';
import { linkStep, STATE_COLUMNS, type LinkedStep } from '../../../extensions/cases/chain.js';
import { CADRE, COLLEAGUE } from './builders.js';
import { EVERYBODY, play, stories, type Played, type Story } from './histories.js';

const RUNS = { numRuns: 150 };

/** The case row that the database would hold after a history. */
function aRow({ steps, state }: Played, row: Partial<AuditedCase> = {}): AuditedCase {
	return {
		id: 'case',
		number: '2026-000001',
		seq: steps.length,
		headHash: steps.at(-1)!.hash,
		receivedAt: steps[0]!.at,
		cadre: CADRE,
		householdCadre: CADRE,
		formerCadres: new Set([CADRE]),
		state,
		...row,
	};
}

/** Something else than what stands there, of the same kind. */
function otherThan(value: unknown): unknown {
	if (value instanceof Date) return new Date(value.getTime() + 1);
	if (typeof value === 'number') return value + 1;
	if (typeof value === 'string') return `${value}?`;
	return 'forged';
}

/** A history, and a number by which the place of a tampering is chosen. */
const everyHistory = (holds: (played: Played, place: number) => void) =>
	fc.assert(
		fc.property(stories(EVERYBODY), fc.nat({ max: 999 }), (story: Story, place) => holds(play(story), place)),
		RUNS,
	);

const codes = (faults: readonly Fault[]) => faults.map(({ code }) => code);

describe('an honest history', () => {
	test('F6: an audit finds no fault, whatever was done and however many sweeps ran', () => {
		everyHistory((played) => {
			expect(auditCase(aRow(played), played.steps)).toEqual([]);
		});
	});

	test('F6: the newest step is the sum of the case, but for a breach that a sweep saw first', () => {
		everyHistory(({ steps, state }) => {
			const sum = Object.fromEntries(STATE_COLUMNS.map((column) => [column, steps.at(-1)![column]]));
			const seen = sum['breached_at'] === null ? { breached_at: null } : {};
			expect({ ...state, ...seen }).toEqual(sum);
		});
	});

	test('F6: no fault is found when the words of some steps were erased', () => {
		everyHistory((played, place) => {
			const erased = played.steps.map((step, index) =>
				index % 3 === place % 3 ? { ...step, note: null, salt: null } : step,
			);
			expect(auditCase(aRow(played), erased)).toEqual([]);
		});
	});

	test('C3: no fault is found after a handover, which takes along what the former cadre held', () => {
		everyHistory((played) => {
			const { state } = played;
			const holder = state.holder === CADRE ? COLLEAGUE : state.holder;
			const row = aRow(played, { cadre: COLLEAGUE, householdCadre: COLLEAGUE, state: { ...state, holder } });
			expect(auditCase(row, played.steps)).toEqual([]);
		});
	});
});

describe('any single tampering is found (F6)', () => {
	const everyTampering = (tamper: (steps: LinkedStep[], place: number) => LinkedStep[] | undefined) =>
		everyHistory((played, place) => {
			const forged = tamper([...played.steps], place);
			if (forged !== undefined) expect(auditCase(aRow(played), forged)).not.toEqual([]);
		});
	const altered = (steps: LinkedStep[], at: number, changes: object) =>
		steps.map((step, index) => (index === at ? { ...step, ...changes } : step));

	test('F6: a changed state in any step', () => {
		everyTampering((steps, place) => {
			const at = place % steps.length;
			const column = STATE_COLUMNS[place % STATE_COLUMNS.length]!;
			return altered(steps, at, { [column]: otherThan(steps[at]![column]) });
		});
	});

	test('F6: a state of any step that is made empty', () => {
		everyTampering((steps, place) => {
			const at = place % steps.length;
			const filled = STATE_COLUMNS.filter((column) => steps[at]![column] !== null);
			return altered(steps, at, { [filled[place % filled.length]!]: null });
		});
	});

	test.each([
		'at',
		'actor',
		'actor_name',
		'kind',
		'hours',
		'solved',
		'satisfaction',
		'channel',
		'happened_at',
		'client_id',
	] as const)('F6: another %s of any step', (column) => {
		everyTampering((steps, place) => {
			const at = place % steps.length;
			return altered(steps, at, { [column]: otherThan(steps[at]![column]) });
		});
	});

	test.each(['seq', 'case_id', 'hash', 'prev_hash', 'body_hash', 'salt'] as const)(
		'F6: another %s of any step',
		(column) => {
			everyTampering((steps, place) => {
				const at = place % steps.length;
				return altered(steps, at, { [column]: otherThan(steps[at]![column]) });
			});
		},
	);

	test('F6: other words, words taken away, and words without their salt', () => {
		everyTampering((steps, place) => altered(steps, place % steps.length, { note: 'x' }));
		everyTampering((steps, place) => {
			const worded = steps.findIndex((step, index) => step.note !== null && index >= place % steps.length);
			return worded === -1 ? undefined : altered(steps, worded, { note: null });
		});
		everyTampering((steps, place) => {
			const worded = steps.findIndex((step, index) => step.note !== null && index >= place % steps.length);
			return worded === -1 ? undefined : altered(steps, worded, { salt: null });
		});
	});

	test('F6: the audit says where a step is missing', () => {
		everyHistory((played, place) => {
			if (played.steps.length < 3) return;
			const missing = 2 + (place % (played.steps.length - 2));
			const forged = played.steps.filter(({ seq }) => seq !== missing);
			const next = { case: 'case', number: '2026-000001', seq: missing + 1 };
			expect(auditCase(aRow(played), forged)).toEqual([
				{ code: 'chain_gap', ...next },
				{ code: 'chain_broken', ...next },
			]);
		});
	});

	test('F6: a step that is missing, wherever', () => {
		everyTampering((steps, place) => steps.filter((_, index) => index !== place % steps.length));
	});

	test('F6: a tail that is cut off, down to nothing', () => {
		everyTampering((steps, place) => steps.slice(0, place % steps.length));
	});

	test('F6: two steps that changed places', () => {
		everyTampering((steps, place) => {
			if (steps.length < 2) return undefined;
			const at = place % (steps.length - 1);
			const [first, second] = [steps[at]!, steps[at + 1]!];
			return steps.map((step, index) => (index === at ? second : index === at + 1 ? first : step));
		});
	});

	test('F6: a step that stands there twice', () => {
		everyTampering((steps, place) =>
			steps.flatMap((step, index) => (index === place % steps.length ? [step, step] : [step])),
		);
	});

	test('F6: a step that was rewritten and hashed anew, for the step after it or the case remembers the old hash', () => {
		everyTampering((steps, place) => {
			const at = place % steps.length;
			const forged = linkStep({ ...steps[at]!, actor_name: '别人' }, steps[at]!.prev_hash, 'salt');
			return steps.map((step, index) => (index === at ? forged : step));
		});
	});

	test('F6: a step that was put in between, and hashed as if it belonged there', () => {
		everyTampering((steps, place) => {
			const at = place % steps.length;
			const forged = linkStep({ ...steps[at]!, seq: at + 2, kind: 'note' }, steps[at]!.hash, 'salt');
			return [...steps.slice(0, at + 1), forged, ...steps.slice(at + 1)];
		});
	});

	test('F6: a case row that says otherwise than its newest step, in any column', () => {
		everyHistory((played, place) => {
			const column = STATE_COLUMNS[place % STATE_COLUMNS.length]!;
			const state = { ...played.state, [column]: otherThan(played.state[column]) };
			expect(auditCase(aRow(played, { state }), played.steps)).toEqual([
				{ code: 'case_differs', case: 'case', number: '2026-000001', what: column },
			]);
		});
	});

	test('F6: a case row with another receipt, end or cadre', () => {
		everyHistory((played) => {
			const { steps, state } = played;
			const faults = (row: Partial<AuditedCase>) => codes(auditCase(aRow(played, row), steps));
			expect(faults({ receivedAt: new Date(steps[0]!.at.getTime() - 1) })).toEqual(['receipt_differs']);
			expect(faults({ seq: steps.length + 1 })).toEqual(['case_differs']);
			expect(faults({ headHash: 'x' })).toEqual(['case_differs']);
			if (state.status === 'open' || state.status === 'resolved')
				expect(faults({ cadre: COLLEAGUE })).toEqual(['case_differs']);
		});
	});

	test('F3: a breach on record that is taken away, or moved', () => {
		everyHistory((played) => {
			const { steps, state } = played;
			if (steps.at(-1)!.breached_at === null) return;
			for (const breached_at of [null, new Date(0), new Date(state.breached_at!.getTime() + 1)]) {
				expect(codes(auditCase(aRow(played, { state: { ...state, breached_at } }), steps))).toEqual([
					'case_differs',
				]);
			}
		});
	});

	test('C3: a holder who neither took the case nor got it by a handover', () => {
		everyHistory((played) => {
			const { steps, state } = played;
			for (const holder of [null, 'somebody']) {
				if (holder === state.holder) continue;
				expect(codes(auditCase(aRow(played, { state: { ...state, holder } }), steps))).toEqual([
					'case_differs',
				]);
			}
		});
	});
});

test('F6: a case without any step is a fault', () => {
	const row = aRow(
		play({
			ledger: 'proxy',
			received: new Date(0),
			raised: new Date(0),
			savedTogether: 0,
			leaderAway: false,
			happenings: [],
		}),
	);
	expect(auditCase(row, [])).toEqual([{ code: 'case_without_steps', case: 'case', number: '2026-000001' }]);
});
