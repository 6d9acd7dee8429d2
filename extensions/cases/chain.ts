import { createHash, hash, randomBytes } from 'node:crypto';
import type { CadreId, CaseState, Channel, Satisfaction, Solved } from './terms.js';

/** Columns that steps and cases share: the state after a step, copied onto the case by the projection trigger. */
export const STATE_COLUMNS = [
	'status',
	'ledger',
	'level',
	'holder',
	'department',
	'due_at',
	'first_due_at',
	'taken_at',
	'decided_at',
	'asked_hours',
	'resolved_at',
	'told_at',
	'told',
	'closed_at',
	'cycle',
	'clock_from',
	'breached_at',
] as const satisfies readonly (keyof CaseState)[];

/** Columns of a step that hold what was said of a household; they can be erased without breaking the chain. */
export const BODY_COLUMNS = ['note'] as const;

/** Columns of a step that the hash covers in the clear, besides the state after it. */
const PLAIN_COLUMNS = [
	'case_id',
	'seq',
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
	'files',
] as const;

const HASHED_COLUMNS = [...PLAIN_COLUMNS, ...STATE_COLUMNS] as const;

/** A row of `doorstep_case_steps` before it is linked. */
export interface StepRow extends CaseState {
	id: string;
	case_id: string;
	/** From 1, without gaps. */
	seq: number;
	/** The database's clock when the step was added. */
	at: Date;
	actor: CadreId | null;
	actor_name: string | null;
	kind: string;
	note: string | null;
	hours: number | null;
	solved: Solved | null;
	satisfaction: Satisfaction | null;
	channel: Channel | null;
	happened_at: Date | null;
	client_id: string | null;
	/** Ids of attached files, joined by commas as Directus stores them. */
	files: string | null;
}

export interface LinkedStep extends StepRow {
	salt: string | null;
	body_hash: string;
	prev_hash: string | null;
	hash: string;
}

/** Adds a step to the chain of its case: salted hash of the body, hash over all the rest and over the hash before. */
export function linkStep(
	row: StepRow,
	prevHash: string | null,
	salt = randomBytes(16).toString('hex'),
): LinkedStep {
	const bodyHash = hashBody(row, salt);
	return { ...row, salt, body_hash: bodyHash, prev_hash: prevHash, hash: hashStep(row, bodyHash, prevHash) };
}

export function hashBody(row: Pick<StepRow, (typeof BODY_COLUMNS)[number]>, salt: string): string {
	return sha256(salt + canonical(row, BODY_COLUMNS));
}

export function hashStep(row: StepRow, bodyHash: string, prevHash: string | null): string {
	return sha256((prevHash ?? '') + canonical(row, HASHED_COLUMNS) + bodyHash);
}

/**
 * One hash over all chains as they were at a time, in the order in which they are added; logs and printed reports carry it out of
 * the database's reach. Chains only grow, so the head of a time can be made again at any later one.
 */
export function headOf(asOf: Date): {
	add: (caseId: string, chain: readonly Pick<LinkedStep, 'at' | 'hash'>[]) => void;
	digest: () => string;
} {
	const all = createHash('sha256');
	return {
		add: (caseId, chain) => {
			const last = chain.findLast(({ at }) => at <= asOf);
			if (last !== undefined) all.update(`${caseId}:${last.hash}\n`);
		},
		digest: () => all.digest('hex'),
	};
}

/**
 * JSON of the columns with their values, put together piece by piece: an audit does so for every step there is. Nulls are left out, so
 * that a column added by a later version does not change the hashes of earlier steps.
 */
function canonical<T>(row: T, columns: readonly (keyof T & string)[]): string {
	let given = '';
	for (const column of columns) {
		const value: unknown = row[column];
		if (value === null || value === undefined) continue;
		given += `${given === '' ? '' : ','}["${column}",${jsonOf(value)}]`;
	}
	return `[${given}]`;
}

/** As JSON; of a date, without the detours that `JSON.stringify` takes: an audit asks a million times. */
function jsonOf(value: unknown): string {
	return value instanceof Date ? `"${value.toJSON()}"` : JSON.stringify(value);
}

function sha256(text: string): string {
	return hash('sha256', text);
}
