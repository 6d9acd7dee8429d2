import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { auditCase, type AuditedCase, type Fault } from '../../../extensions/cases/audit-rules.js';
import { linkStep, STATE_COLUMNS, type LinkedStep } from '../../../extensions/cases/chain.js';
import { fieldOf } from '../snapshot.js';
import { plus, RECEIVED } from './builders.js';
import { EVERYBODY, play, stories, type Played, type Story } from './histories.js';

const RUNS = { numRuns: 150 };
const CAN_BE_EMPTY = STATE_COLUMNS.filter(
	(column) => fieldOf('doorstep_case_steps', column).schema?.['is_nullable'] === true,
);

/** The case row that the database would hold after a history. */
function aRow(played: Played, row: Partial<AuditedCase> = {}): AuditedCase {
	const { steps, state, cadre, householdCadre, everyCadre } = played;
	return {
		id: 'case',
		number: '2026-000001',
		seq: steps.length,
		headHash: steps.at(-1)!.hash,
		receivedAt: steps[0]!.at,
		cadre,
		householdCadre,
		everyCadre,
		state,
		...row,
	};
}

/** What an audit finds in a history, some of it replaced. */
function faultsOf(
	played: Played,
	{ steps = played.steps, now = played.end, ...row }: Partial<AuditedCase> & Forgery = {},
): Fault[] {
	return auditCase(aRow(played, row), steps, now);
}
interface Forgery {
	steps?: readonly LinkedStep[];
	now?: Date;
}

/** Something else than what stands in a column, of the same kind. */
function otherThan(value: unknown, column: string): unknown {
	if (value instanceof Date) return plus(value, 0.001, 'second');
	if (typeof value === 'number') return value + 1;
	if (typeof value === 'string') return `${value}?`;
	return column.endsWith('_at') ? RECEIVED : 'forged';
}

/** A history, and a number by which the place of a tampering is chosen. */
const everyHistory = (holds: (played: Played, place: number) => void) =>
	fc.assert(
		fc.property(stories(EVERYBODY), fc.nat({ max: 999 }), (story: Story, place) => holds(play(story), place)),
		RUNS,
	);

describe('an honest history', () => {
	test('F6: an audit finds no fault, whatever was done, however many sweeps ran and handovers took place', () => {
		everyHistory((played) => {
			expect(faultsOf(played)).toEqual([]);
		});
	});

	test('F6: an audit years later finds none either', () => {
		everyHistory((played) => {
			expect(faultsOf(played, { now: plus(played.end, 1000, 'day') })).toEqual([]);
		});
	});

	test('F6: the newest step is the sum of the case, but for a breach that a sweep saw first and a holder by handover', () => {
		everyHistory(({ steps, state }) => {
			const sum = Object.fromEntries(STATE_COLUMNS.map((column) => [column, steps.at(-1)![column]]));
			const seen = sum['breached_at'] === null ? { breached_at: null } : {};
			expect({ ...state, ...seen, holder: sum['holder'] }).toEqual(sum);
		});
	});

	test('F6: no fault is found when the words of some steps were erased', () => {
		everyHistory((played, place) => {
			const steps = played.steps.map((step, index) =>
				index % 3 === place % 3 ? { ...step, note: null, salt: null } : step,
			);
			expect(faultsOf(played, { steps })).toEqual([]);
		});
	});

	test('C3: no fault is found after a handover, which takes along what the former cadre held', () => {
		everyHistory((played) => {
			const { state, cadre, everyCadre } = played;
			if (state.status !== 'open' && state.status !== 'resolved') return;
			const holder = state.holder === cadre ? 'newcomer' : state.holder;
			const moved = { cadre: 'newcomer', householdCadre: 'newcomer', state: { ...state, holder } };
			expect(faultsOf(played, { ...moved, everyCadre: new Set([...everyCadre, 'newcomer']) })).toEqual([]);
		});
	});

	test('C3: no fault is found in a finished case whose household was handed over since', () => {
		everyHistory((played) => {
			const { state, everyCadre } = played;
			if (state.status !== 'closed' && state.status !== 'withdrawn') return;
			const since = { householdCadre: 'newcomer', everyCadre: new Set([...everyCadre, 'newcomer']) };
			expect(faultsOf(played, since)).toEqual([]);
		});
	});

	test('F3: no fault is found in a breach that a sweep has just put on record', () => {
		everyHistory((played) => {
			const { state } = played;
			if (state.status !== 'open' || state.breached_at !== null) return;
			const swept = { ...state, breached_at: state.due_at };
			expect(faultsOf(played, { state: swept, now: plus(state.due_at, 0.001, 'second') })).toEqual([]);
		});
	});
});

describe('any single tampering is found (F6)', () => {
	const everyTampering = (tamper: (steps: LinkedStep[], place: number) => LinkedStep[] | undefined) =>
		everyHistory((played, place) => {
			const forged = tamper([...played.steps], place);
			if (forged !== undefined) expect(faultsOf(played, { steps: forged })).not.toEqual([]);
		});
	const altered = (steps: LinkedStep[], at: number, changes: object) =>
		steps.map((step, index) => (index === at ? { ...step, ...changes } : step));

	test('F6: a changed state in any step', () => {
		everyTampering((steps, place) => {
			const at = place % steps.length;
			const column = STATE_COLUMNS[place % STATE_COLUMNS.length]!;
			return altered(steps, at, { [column]: otherThan(steps[at]![column], column) });
		});
	});

	test('F6: a state of any step that is made empty, where the database lets it', () => {
		everyTampering((steps, place) => {
			const at = place % steps.length;
			const filled = CAN_BE_EMPTY.filter((column) => steps[at]![column] !== null);
			if (filled.length === 0) return undefined;
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
			return altered(steps, at, { [column]: otherThan(steps[at]![column], column) });
		});
	});

	test.each(['seq', 'case_id', 'hash', 'prev_hash', 'body_hash', 'salt'] as const)(
		'F6: another %s of any step',
		(column) => {
			everyTampering((steps, place) => {
				const at = place % steps.length;
				return altered(steps, at, { [column]: otherThan(steps[at]![column], column) });
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
			const faults = faultsOf(played, { steps: forged });
			expect(faults.slice(0, 2)).toEqual([
				{ code: 'chain_gap', ...next },
				{ code: 'chain_broken', ...next },
			]);
			// What the missing step did can be missed too, at the same place.
			for (const fault of faults.slice(2)) expect(fault).toMatchObject({ code: 'step_impossible', ...next });
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
			const state = { ...played.state, [column]: otherThan(played.state[column], column) };
			expect(faultsOf(played, { state })).toEqual([
				{ code: 'case_differs', case: 'case', number: '2026-000001', what: column },
			]);
		});
	});

	test('F6: a case row with another receipt, end or cadre, finished or not', () => {
		everyHistory((played) => {
			const { steps } = played;
			const faults = (row: Partial<AuditedCase>) =>
				faultsOf(played, row).map(({ code, what }) => [code, what]);
			expect(faults({ receivedAt: plus(steps[0]!.at, -0.001, 'second') })).toEqual([
				['receipt_differs', undefined],
			]);
			expect(faults({ seq: steps.length + 1 })).toEqual([['case_differs', 'head_hash']]);
			expect(faults({ headHash: 'x' })).toEqual([['case_differs', 'head_hash']]);
			expect(faults({ cadre: 'nobody' })).toEqual([['case_differs', 'cadre']]);
		});
	});

	test('C3: a running case that stays with a former cadre', () => {
		everyHistory((played) => {
			const { state, everyCadre } = played;
			if (state.status !== 'open' && state.status !== 'resolved') return;
			const since = { householdCadre: 'newcomer', everyCadre: new Set([...everyCadre, 'newcomer']) };
			expect(faultsOf(played, since)).toMatchObject([{ code: 'case_differs', what: 'cadre' }]);
		});
	});

	test('F3: a breach on record that is taken away, or moved', () => {
		everyHistory((played) => {
			const { steps, state } = played;
			if (state.breached_at === null) return;
			const moved = [new Date(0), plus(state.breached_at, 0.001, 'second')];
			// What only a sweep has seen can be seen again; what a step has said cannot be taken back.
			for (const breached_at of steps.at(-1)!.breached_at === null ? moved : [null, ...moved]) {
				expect(faultsOf(played, { state: { ...state, breached_at } })).toMatchObject([
					{ code: 'case_differs', what: 'breached_at' },
				]);
			}
		});
	});

	test('F3: a breach before the deadline has passed', () => {
		everyHistory((played) => {
			const { state } = played;
			if (state.breached_at !== null) return;
			const early = { ...state, breached_at: state.due_at };
			expect(faultsOf(played, { state: early, now: state.due_at })).toMatchObject([
				{ code: 'case_differs', what: 'breached_at' },
			]);
		});
	});

	test('F3: a breach of a case that was finished or resolved in time', () => {
		everyHistory((played) => {
			const { state } = played;
			if (state.status === 'open' || state.breached_at !== null) return;
			const late = { ...state, breached_at: state.due_at };
			expect(faultsOf(played, { state: late, now: plus(state.due_at, 30, 'day') })).toMatchObject([
				{ code: 'case_differs', what: 'breached_at' },
			]);
		});
	});

	test('C3: a holder who neither took the case nor got it by a handover', () => {
		everyHistory((played) => {
			const { state } = played;
			for (const holder of [null, 'somebody']) {
				if (holder === state.holder) continue;
				expect(faultsOf(played, { state: { ...state, holder } })).toMatchObject([
					{ code: 'case_differs', what: 'holder' },
				]);
			}
		});
	});
});

test('F6: a case without any step is a fault', () => {
	const untouched: Story = {
		...{ ledger: 'proxy', received: RECEIVED, raised: RECEIVED, savedTogether: 0, leaderAway: false },
		happenings: [],
	};
	expect(faultsOf(play(untouched), { steps: [] })).toEqual([
		{ code: 'case_without_steps', case: 'case', number: '2026-000001' },
	]);
});
