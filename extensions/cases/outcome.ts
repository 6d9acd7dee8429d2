import type { PlatformRefusal } from '../platform/refusals.js';
import type { Refusal } from './moves.js';
import type { CaseRefusal } from './strings.js';

/** Why a case or step is not written; the hook puts it into words. */
export interface NotDone {
	done: false;
	code: CaseRefusal | PlatformRefusal;
	field?: string | undefined;
	args?: Record<string, string> | undefined;
}
/** The row that Directus is to write. */
export type Done = { done: true; payload: Record<string, unknown> };

export function refused(code: NotDone['code'], field?: string): NotDone {
	return { done: false, code, field };
}

export function notDone(verdict: Refusal): NotDone {
	return { done: false, code: verdict.code, field: verdict.field, args: verdict.args };
}
