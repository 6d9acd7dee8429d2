import { hashBody, hashStep, STATE_COLUMNS, type LinkedStep } from './chain.js';
import type { CadreId, CaseState } from './terms.js';

/** What an audit can find wrong. */
export type FaultCode =
	| 'step_without_case'
	| 'case_without_steps'
	| 'chain_gap'
	| 'chain_broken'
	| 'hash_wrong'
	| 'body_wrong'
	| 'case_differs'
	| 'receipt_differs'
	| 'rung_differs'
	| 'next_rung_wrong'
	| 'number_missing'
	| 'object_missing';

export interface Fault {
	code: FaultCode;
	/** The case's id, where one is concerned. */
	case?: string;
	number?: string;
	/** The step at fault. */
	seq?: number;
	/** The column, number or object at fault. */
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
	/** Who answered for the household before. */
	formerCadres: ReadonlySet<CadreId>;
	state: CaseState;
}

/** Replays the steps of a case and holds them against its row. Pure; steps in order of `seq`. */
export function auditCase(row: AuditedCase, steps: readonly LinkedStep[]): Fault[] {
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
		if (step.seq !== (previous?.seq ?? 0) + 1) faults.push(at('chain_gap', { seq: step.seq }));
		if (step.prev_hash !== (previous?.hash ?? null)) faults.push(at('chain_broken', { seq: step.seq }));
		if (step.hash !== hashStep(step, step.body_hash, step.prev_hash))
			faults.push(at('hash_wrong', { seq: step.seq }));
		if (!bodyHolds(step)) faults.push(at('body_wrong', { seq: step.seq }));
		previous = step;
	}
	if (steps[0]?.at.getTime() !== row.receivedAt.getTime()) faults.push(at('receipt_differs'));
	if (row.seq !== last.seq || row.headHash !== last.hash)
		faults.push(at('case_differs', { what: 'head_hash' }));
	const running = row.state.status === 'open' || row.state.status === 'resolved';
	if (running && row.cadre !== row.householdCadre) faults.push(at('case_differs', { what: 'cadre' }));
	faults.push(
		...STATE_COLUMNS.filter((column) => !borneOut(column, row, last)).map((what) =>
			at('case_differs', { what }),
		),
	);
	return faults;
}

/** An erased body has lost its words and its salt; the hash over it stands. */
function bodyHolds(step: LinkedStep): boolean {
	return step.salt === null ? step.note === null : step.body_hash === hashBody(step, step.salt);
}

/** The newest step says it, or what may move a case besides: a handover its holder, a sweep its breach. */
function borneOut(column: (typeof STATE_COLUMNS)[number], row: AuditedCase, last: LinkedStep): boolean {
	const stands = plain(row.state[column]);
	if (stands === plain(last[column])) return true;
	if (column === 'holder')
		return row.state.holder === row.cadre && last.holder !== null && row.formerCadres.has(last.holder);
	if (column === 'breached_at')
		return last.breached_at === null && last.status === 'open' && stands === plain(last.due_at);
	return false;
}

function plain(value: unknown): unknown {
	return value instanceof Date ? value.getTime() : value;
}
