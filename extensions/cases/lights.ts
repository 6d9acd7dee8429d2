import { HOUR_MS } from '../platform/local-time.js';
import { isLate } from './rules.js';
import type { CaseState, Ledger } from './terms.js';

/** What a list shows of a case at a glance, always with its word: 正常, 临期, 逾期, 已办结 (已销号), 群众撤回. */
export const LIGHTS = ['on_time', 'soon', 'late', 'closed', 'withdrawn'] as const;
export type Light = (typeof LIGHTS)[number];

/** The six stages of the procedure (定流程): 入户梳理 → 现场办理 → 代步办理 → 联动办理 → 入户反馈 → 跟踪监督. */
export const STAGES = ['recorded', 'on_the_spot', 'errand', 'joint', 'feedback', 'follow_up'] as const;
export type Stage = (typeof STAGES)[number];

/** A deadline nearer than this is 临期: the first rung's four hours, a day for what needs others. */
export const SOON_MS: Readonly<Record<Ledger, number>> = {
	immediate: 4 * HOUR_MS,
	proxy: 4 * HOUR_MS,
	reported: 24 * HOUR_MS,
};

export type Running = Pick<CaseState, 'status' | 'ledger' | 'due_at' | 'breached_at'>;

/** The light of a case, by timestamps alone (F3): what was late once stays red until it is closed. */
export function lightOf({ status, ledger, due_at, breached_at }: Running, now: Date): Light {
	if (status === 'closed' || status === 'withdrawn') return status;
	if (isLate({ status, due_at, breached_at }, now)) return 'late';
	if (status === 'open' && due_at.getTime() - now.getTime() <= SOON_MS[ledger]) return 'soon';
	return 'on_time';
}

/** Times may stand as the API writes them: only whether they are there counts. */
type Staged = Pick<CaseState, 'status' | 'ledger'> & { told_at: Date | string | null };

/** Where in the six stages a case stands; the ledgers are three ways through the middle. */
export function stageOf({ status, ledger, told_at }: Staged): Stage {
	if (status === 'resolved') return told_at === null ? 'feedback' : 'follow_up';
	if (status !== 'open') return 'follow_up';
	return ({ immediate: 'on_the_spot', proxy: 'errand', reported: 'joint' } as const)[ledger];
}

/** Time to a deadline or since it, in the two largest units that matter. */
export interface TimeLeft {
	late: boolean;
	days: number;
	hours: number;
	minutes: number;
}

/** @example timeLeft(due, now) // { late: false, days: 0, hours: 3, minutes: 20 } */
export function timeLeft(due: Date, now: Date): TimeLeft {
	const late = now > due;
	const minutes = Math.floor(Math.abs(due.getTime() - now.getTime()) / 60_000);
	return {
		late,
		days: Math.floor(minutes / 1440),
		hours: Math.floor((minutes % 1440) / 60),
		minutes: minutes % 60,
	};
}
