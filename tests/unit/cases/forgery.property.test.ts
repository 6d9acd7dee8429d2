import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { auditCase, type Fault } from '../../../extensions/cases/audit-rules.js';
import { linkStep, STATE_COLUMNS, type LinkedStep, type StepRow } from '../../../extensions/cases/chain.js';
import type { CaseState } from '../../../extensions/cases/terms.js';
import { beijing, CADRE, plus, RECEIVED } from './builders.js';
import { EVERYBODY, play, stories, type Happening, type Played, type Story } from './histories.js';
import { EXPECTED, SENT_KINDS, type SentKind } from './step-table.js';

const RUNS = { numRuns: 150 };
type Column = (typeof STATE_COLUMNS)[number];

/** Whoever can write to the database can also hash anew: the chain and the case row then agree with what was forged. */
function forge(rows: readonly StepRow[]): LinkedStep[] {
	const steps: LinkedStep[] = [];
	for (const [index, row] of rows.entries()) {
		steps.push(linkStep({ ...row, seq: index + 1 }, steps.at(-1)?.hash ?? null, `forged-${index}`));
	}
	return steps;
}

/** What an audit finds in a forged chain under a case row that agrees with it. */
function faultsIn(
	{ cadre, householdCadre, everyCadre, end }: Played,
	rows: readonly StepRow[],
	now = end,
): Fault[] {
	const steps = forge(rows);
	const last = steps.at(-1)!;
	const state = Object.fromEntries(STATE_COLUMNS.map((column) => [column, last[column]]));
	const row = {
		...{ id: 'case', number: '2026-000001', seq: steps.length, headHash: last.hash },
		...{ receivedAt: steps[0]!.at, cadre, householdCadre, everyCadre },
		state: state as unknown as CaseState,
	};
	return auditCase(row, steps, now);
}

/** The newest step once more, as another kind. */
function addition({ steps, end }: Played, changes: Partial<StepRow>): StepRow {
	return { ...steps.at(-1)!, id: 'forged', at: end, kind: 'note', note: '情况说明', ...changes };
}

function impossible(seq: number, what: string): Fault {
	return { code: 'step_impossible', case: 'case', number: '2026-000001', seq, what };
}

/** Something else than what stands there, of the same kind. */
function otherThan(value: CaseState[Column]): unknown {
	if (value instanceof Date) return plus(value, 0.001, 'second');
	if (typeof value === 'number') return value + 1;
	return value === null ? beijing('2026-11-10') : `${value}?`;
}

const everyHistory = (holds: (played: Played, place: number) => void) =>
	fc.assert(
		fc.property(stories(EVERYBODY), fc.nat({ max: 999 }), (story: Story, place) => holds(play(story), place)),
		RUNS,
	);
const takesNotes = ({ steps }: Played) => ['open', 'resolved'].includes(steps.at(-1)!.status);

describe('a forged history whose hashes are all right is found by the rules (F6)', () => {
	test('F6: a history that was only hashed anew is no forgery', () => {
		everyHistory((played) => {
			expect(faultsIn(played, played.steps)).toEqual([]);
		});
	});

	test.each(STATE_COLUMNS)('F6: a note changes nothing, so none that changes %s', (column) => {
		everyHistory((played) => {
			if (!takesNotes(played)) return;
			const forged = addition(played, { [column]: otherThan(played.steps.at(-1)![column]) });
			expect(faultsIn(played, [...played.steps, forged])).toEqual([
				impossible(played.steps.length + 1, column),
			]);
		});
	});

	test('F3: a note that moves the deadline, also with honest steps after it', () => {
		everyHistory((played) => {
			if (!takesNotes(played)) return;
			const due_at = plus(played.steps.at(-1)!.due_at, 1, 'day');
			const moved = addition(played, { due_at });
			const rows = [...played.steps, moved, { ...moved, id: 'honest' }];
			expect(faultsIn(played, rows)[0]).toEqual(impossible(played.steps.length + 1, 'due_at'));
		});
	});

	/** What a step takes from outside: from whoever took it or, for limits and who falls in, from the platform of that day. */
	const TAKEN: Partial<Record<SentKind, readonly Column[]>> = {
		...{ pass: ['holder'], return: ['holder'], decide: ['holder', 'department'] },
		...{ convert: ['ledger'], report: ['level', 'department'], reopen: ['holder'] },
	};

	test('F6: the newest step, of whatever kind, does nothing beside what its kind does', () => {
		everyHistory((played, place) => {
			const last = played.steps.at(-1)!;
			const column = STATE_COLUMNS[place % STATE_COLUMNS.length]!;
			const kind = last.kind as SentKind | 'record';
			if (kind === 'record' || TAKEN[kind]?.includes(column)) return;
			if (kind === 'resolve' && column === 'resolved_at') return;
			const forged = { ...last, [column]: otherThan(last[column]) };
			const faults = faultsIn(played, [...played.steps.slice(0, -1), forged]);
			expect(faults).toMatchObject([{ code: 'step_impossible', seq: last.seq }]);
		});
	});

	test('F5: a result said to be earlier, but for an immediate case', () => {
		everyHistory((played) => {
			const last = played.steps.at(-1)!;
			if (last.kind !== 'resolve' || last.ledger === 'immediate') return;
			const forged = { ...last, resolved_at: plus(last.at, -1, 'minute'), breached_at: null };
			expect(faultsIn(played, [...played.steps.slice(0, -1), forged])).not.toEqual([]);
		});
	});

	test('F6: a kind of step that there is not', () => {
		everyHistory((played) => {
			for (const kind of ['wipe', 'record', '', 'constructor', '__proto__']) {
				const faults = faultsIn(played, [...played.steps, addition(played, { kind })]);
				expect(faults, kind).toEqual([impossible(played.steps.length + 1, 'kind')]);
			}
		});
	});

	test('F6: a step that the status of the case does not allow', () => {
		everyHistory((played) => {
			const { status } = played.steps.at(-1)!;
			for (const kind of SENT_KINDS.filter((each) => !EXPECTED[each].from.includes(status))) {
				const faults = faultsIn(played, [...played.steps, addition(played, { kind })]);
				expect(faults, kind).toEqual([impossible(played.steps.length + 1, 'kind')]);
			}
		});
	});

	test('F6: a time that goes back', () => {
		everyHistory((played) => {
			if (!takesNotes(played)) return;
			const { steps } = played;
			const at = plus(steps.at(-1)!.at, -0.001, 'second');
			expect(faultsIn(played, [...steps, addition(played, { at })])).toEqual([
				impossible(steps.length + 1, 'at'),
			]);
		});
	});

	test('F3: a breach before its time', () => {
		everyHistory((played) => {
			const last = played.steps.at(-1)!;
			if (!takesNotes(played) || last.breached_at !== null || played.end > last.due_at) return;
			const forged = addition(played, { breached_at: last.due_at });
			expect(faultsIn(played, [...played.steps, forged])).toEqual([
				impossible(played.steps.length + 1, 'breached_at'),
			]);
		});
	});

	test('F3: a breach that is no deadline of the case, or that a step takes back', () => {
		everyHistory((played) => {
			const last = played.steps.at(-1)!;
			if (!takesNotes(played)) return;
			const wrong = last.breached_at === null ? plus(last.due_at, -1, 'hour') : null;
			const forged = addition(played, { breached_at: wrong });
			expect(faultsIn(played, [...played.steps, forged])).toMatchObject([
				{ code: 'step_impossible', what: 'breached_at' },
			]);
		});
	});

	test('F6: the chain of another case', () => {
		everyHistory((played) => {
			const rows = played.steps.map((step) => ({ ...step, case_id: 'other' }));
			expect(faultsIn(played, rows)).toEqual(played.steps.map(({ seq }) => impossible(seq, 'case_id')));
		});
	});

	test('F6: a single step that was taken from another case', () => {
		everyHistory((played, place) => {
			const at = place % played.steps.length;
			const rows = played.steps.map((step, index) => (index === at ? { ...step, case_id: 'other' } : step));
			expect(faultsIn(played, rows)).toEqual([impossible(at + 1, 'case_id')]);
		});
	});

	test('F1: a history that begins with another step than its record', () => {
		everyHistory((played) => {
			const rest = played.steps.slice(1);
			if (rest.length > 0) expect(faultsIn(played, rest)[0]).toEqual(impossible(1, 'kind'));
		});
	});

	test.each([
		['status', 'resolved'],
		['level', 'department'],
		['first_due_at', beijing('2030-01-01')],
		['taken_at', RECEIVED],
		['decided_at', RECEIVED],
		['asked_hours', 24],
		['told', 'yes'],
		['cycle', 2],
		['breached_at', beijing('2020-01-01')],
	] as const)('F1: a record that begins with %s as no new case does', (column, value) => {
		everyHistory((played) => {
			const [first] = played.steps;
			const unmoved = { ...played, cadre: played.householdCadre };
			expect(faultsIn(unmoved, [{ ...first!, [column]: value }])).toEqual([impossible(1, column)]);
		});
	});
});

describe('forgeries that look like what the rules allow', () => {
	const happened = (...happenings: Partial<Happening>[]) =>
		play({
			...{ ledger: 'immediate', received: RECEIVED, raised: RECEIVED, savedTogether: 0, leaderAway: false },
			happenings: happenings.map((each) => ({ waitMs: 0, by: CADRE, what: 'sweep', ...each })),
		});
	/** The record of an immediate case and its result two days later. */
	const tooLate = () => {
		const { steps } = happened();
		const at = plus(RECEIVED, 2, 'day');
		const honest = { status: 'resolved', resolved_at: at, breached_at: steps[0]!.due_at } as const;
		const result = { ...steps[0]!, id: 'result', at, kind: 'resolve', note: '已办', actor: CADRE, ...honest };
		return { steps, at, result };
	};

	test('F2: a result that came two days later is late, and says so', () => {
		const { steps, at, result } = tooLate();
		expect(faultsIn(happened(), [...steps, result], at)).toEqual([]);
		const forged = { ...result, breached_at: null };
		expect(faultsIn(happened(), [...steps, forged], at)).toEqual([impossible(2, 'breached_at')]);
	});

	test('F2: a result added two days later cannot be dated back to the day of the case', () => {
		const { steps, at, result } = tooLate();
		const happened_at = plus(RECEIVED, 1, 'hour');
		const backdated = { ...result, happened_at, resolved_at: happened_at, breached_at: null };
		expect(faultsIn(happened(), [...steps, backdated], at)).toEqual([impossible(2, 'resolved_at')]);
	});

	test('F3: a step after the deadline of a case that was resolved in time cannot make it late', () => {
		const { steps } = happened();
		const [first] = steps;
		const inTime = plus(RECEIVED, 1, 'hour');
		const resolved = {
			...first!,
			at: inTime,
			kind: 'resolve',
			status: 'resolved',
			resolved_at: inTime,
		} as const;
		const at = plus(first!.due_at, 3, 'day');
		const noted = { ...resolved, at, kind: 'note' };
		expect(faultsIn(happened(), [first!, resolved, noted], at)).toEqual([]);
		const forged = { ...noted, breached_at: first!.due_at };
		expect(faultsIn(happened(), [first!, resolved, forged], at)).toEqual([impossible(3, 'breached_at')]);
	});
});
