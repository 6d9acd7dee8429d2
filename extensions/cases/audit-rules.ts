import { hashBody, hashStep, STATE_COLUMNS, type LinkedStep } from './chain.js';
import type { Move } from './moves.js';
import type { Hat } from './people.js';
import { afterStep, openCase, ruleOf } from './rules.js';
import type { CadreId, CaseState } from './terms.js';

/** What an audit can find wrong. */
export type FaultCode =
	| 'step_without_case'
	| 'file_elsewhere'
	| 'case_without_steps'
	| 'chain_gap'
	| 'chain_broken'
	| 'hash_wrong'
	| 'body_wrong'
	| 'step_impossible'
	| 'case_differs'
	| 'receipt_differs'
	| 'rung_differs'
	| 'seal_differs'
	| 'seal_alone'
	| 'next_rung_wrong'
	| 'number_missing'
	| 'number_unknown'
	| 'head_differs'
	| 'object_missing';

export interface Fault {
	code: FaultCode;
	/** The case's id, where one is concerned. */
	case?: string;
	number?: string;
	/** The step at fault. */
	seq?: number;
	/** The column or object at fault; of a head, the time that it was noted for. */
	what?: string;
}

/** A case row as far as an audit compares it. */
export interface AuditedCase {
	id: string;
	number: string;
	seq: number;
	headHash: string;
	receivedAt: Date;
	cadre: CadreId;
	/** The household's cadre now. */
	householdCadre: CadreId;
	/** Everybody who has answered for the household, now or before. */
	everyCadre: ReadonlySet<CadreId>;
	state: CaseState;
}

/** Steps that are saved with their case are written within one transaction. */
const SAVED_TOGETHER_MS = 60_000;

type Column = (typeof STATE_COLUMNS)[number];

/**
 * Replays the steps of a case and holds them against its row: each step continues the chain and is what the rules make of the step
 * before, and the row is the newest. Pure; steps in order of `seq`.
 */
export function auditCase(row: AuditedCase, steps: readonly LinkedStep[], now: Date): Fault[] {
	const at = (code: FaultCode, more: Partial<Fault> = {}): Fault => ({
		code,
		case: row.id,
		number: row.number,
		...more,
	});
	const last = steps.at(-1);
	if (last === undefined) return [at('case_without_steps')];
	const faults: Fault[] = [];
	let previous: LinkedStep | undefined;
	for (const step of steps) {
		faults.push(...auditLink(step, previous).map((code) => at(code, { seq: step.seq })));
		const what = impossibleIn(step, previous, row);
		if (what !== undefined) faults.push(at('step_impossible', { seq: step.seq, what }));
		previous = step;
	}
	if (steps[0]?.at.getTime() !== row.receivedAt.getTime()) faults.push(at('receipt_differs'));
	if (row.seq !== last.seq || row.headHash !== last.hash)
		faults.push(at('case_differs', { what: 'head_hash' }));
	if (!cadreHolds(row)) faults.push(at('case_differs', { what: 'cadre' }));
	const differing = STATE_COLUMNS.filter((column) => !sameOrMoved(column, row.state, last, row, now));
	return [...faults, ...differing.map((what) => at('case_differs', { what }))];
}

function auditLink(step: LinkedStep, previous: LinkedStep | undefined): FaultCode[] {
	const wrong: FaultCode[] = [];
	if (step.seq !== (previous?.seq ?? 0) + 1) wrong.push('chain_gap');
	if (step.prev_hash !== (previous?.hash ?? null)) wrong.push('chain_broken');
	if (step.hash !== hashStep(step, step.body_hash, step.prev_hash)) wrong.push('hash_wrong');
	if (!bodyHolds(step)) wrong.push('body_wrong');
	return wrong;
}

/** An erased body has lost its words and its salt; the hash over it stands. */
function bodyHolds(step: LinkedStep): boolean {
	return step.salt === null ? step.note === null : step.body_hash === hashBody(step, step.salt);
}

/** A finished case keeps the cadre it had; a running one follows the household. */
function cadreHolds({ state, cadre, householdCadre, everyCadre }: AuditedCase): boolean {
	const running = state.status === 'open' || state.status === 'resolved';
	return running ? cadre === householdCadre : everyCadre.has(cadre);
}

/**
 * The first column in which a step is not what the rules make of the one before. What the rules ask the world for (limits, who
 * falls in) is taken from the step itself; what a handover or the sweep moved in between is allowed for.
 */
function impossibleIn(
	step: LinkedStep,
	previous: LinkedStep | undefined,
	row: AuditedCase,
): string | undefined {
	if (step.case_id !== row.id) return 'case_id';
	if (previous === undefined) return firstDifference(opened(step), step, row, step.at);
	if (step.at < previous.at) return 'at';
	const rule = ruleOf(step.kind);
	if (rule === undefined || !rule.from.includes(previous.status)) return 'kind';
	return firstDifference(afterStep(rule, moveOf(step, previous, row.receivedAt)), step, row, step.at);
}

function opened(step: LinkedStep): CaseState | undefined {
	const verdict = openCase(step.ledger, step.clock_from, { answerer: step.holder, limit: () => step.due_at });
	return step.kind === 'record' && verdict.ok ? verdict.after : undefined;
}

function moveOf(step: LinkedStep, previous: LinkedStep, receivedAt: Date): Move {
	const atOnce = step.at.getTime() - receivedAt.getTime() < SAVED_TOGETHER_MS;
	const savedTogether = atOnce && step.resolved_at !== null && step.resolved_at < step.at;
	return {
		state: previous,
		step,
		now: step.at,
		facts: {
			hats: new Set<Hat>(
				step.level === previous.level && step.department === previous.department ? [] : ['leader'],
			),
			actor: step.actor,
			answerer: step.holder,
			canHold: true,
			workedOnIt: false,
			holderLeft: step.holder !== previous.holder,
			limit: () => step.due_at,
			...(savedTogether && step.resolved_at && { savedWithCaseAt: step.resolved_at }),
		},
	};
}

function firstDifference(
	expected: CaseState | undefined,
	found: CaseState,
	row: AuditedCase,
	now: Date,
): string | undefined {
	if (expected === undefined) return 'kind';
	return STATE_COLUMNS.find((column) => !sameOrMoved(column, found, expected, row, now));
}

/** Equal, or moved by what may move a case besides steps: a handover its holder, the sweep its breach. */
function sameOrMoved(
	column: Column,
	found: CaseState,
	expected: CaseState,
	row: AuditedCase,
	now: Date,
): boolean {
	const stands = plain(found[column]);
	if (stands === plain(expected[column])) return true;
	if (column === 'holder') return isFormer(found.holder, row) && isFormer(expected.holder, row);
	if (column !== 'breached_at' || expected.breached_at !== null || expected.status !== 'open') return false;
	return stands === plain(expected.due_at) && expected.due_at < now;
}

function isFormer(holder: CadreId | null, { everyCadre }: AuditedCase): boolean {
	return holder !== null && everyCadre.has(holder);
}

function plain(value: unknown): unknown {
	return value instanceof Date ? value.getTime() : value;
}
