import { describe, expect, test } from 'vitest';
import { HATS } from '../../../extensions/cases/people.js';
import { beijing, COLLEAGUE, RECEIVED } from './builders.js';
import { attempt, cadre, leader, reported, supervisor, told } from './situations.js';
import { EXPECTED, readyState, SENT_KINDS } from './step-table.js';

describe('conditions at their edges', () => {
	test('F3: a leader takes a case out of the 24 hours, into either other ledger', () => {
		for (const ledger of ['immediate', 'reported'] as const) {
			expect(attempt('convert', { ...leader, step: { ledger } }), ledger).toBeUndefined();
			expect(attempt('convert', { ...cadre, step: { ledger } })?.code, ledger).toBe('DOORSTEP_LEADER_NEEDED');
		}
	});

	test('F4: what stands above the work team is converted by a leader only, from every level and into either other ledger', () => {
		for (const level of ['village', 'township', 'department'] as const) {
			for (const ledger of ['immediate', 'proxy'] as const) {
				const situation = { state: { ...reported, level }, step: { ledger } };
				expect(attempt('convert', { ...cadre, ...situation })?.code).toBe('DOORSTEP_LEADER_NEEDED');
				expect(attempt('convert', { ...leader, ...situation })).toBeUndefined();
			}
		}
	});

	test('F4: what no leader has seen yet goes back to either other ledger by its cadre', () => {
		for (const ledger of ['immediate', 'proxy'] as const)
			expect(attempt('convert', { ...cadre, state: reported, step: { ledger } })).toBeUndefined();
	});

	test('F2: an immediate case, which no leader is asked about, goes to either other ledger by its cadre', () => {
		for (const ledger of ['proxy', 'reported'] as const) {
			const state = { ledger: 'immediate' } as const;
			expect(attempt('convert', { ...cadre, state, step: { ledger } })).toBeUndefined();
		}
	});

	test('F6: one’s own work stands in the way of verifying it, and of no other step', () => {
		for (const kind of SENT_KINDS.filter((each) => each !== 'verify')) {
			const state = readyState(kind, EXPECTED[kind].from[0]!);
			const hats = new Set(HATS);
			const verdicts = [true, false].map((workedOnIt) => attempt(kind, { state, hats, workedOnIt }));
			expect(verdicts, kind).toEqual([undefined, undefined]);
		}
	});

	test('F6: who worked on a case does not verify it after it was closed either', () => {
		const state = { ...told, status: 'closed', closed_at: RECEIVED } as const;
		expect(attempt('verify', { state, ...supervisor, workedOnIt: true })).toEqual({
			code: 'DOORSTEP_OWN_WORK',
			field: 'kind',
		});
		expect(attempt('verify', { state, ...supervisor })).toBeUndefined();
	});

	test('F3: no hours, or fewer than none, are nothing to grant', () => {
		for (const hours of [0, -1, -24, -0.5]) {
			expect(attempt('grant_time', { state: { asked_hours: 24 }, ...leader, step: { hours } })).toEqual({
				code: 'DOORSTEP_MORE_THAN_ASKED',
				field: 'hours',
			});
		}
	});

	test('F1: a leader withdraws what was entered in error without asking the household', () => {
		expect(attempt('withdraw', { ...leader, step: { channel: null } })).toBeUndefined();
	});

	test('F4: the level rises step by step or at once, and ends at the department', () => {
		const levels = ['team', 'village', 'township', 'department'] as const;
		for (const [from, level] of levels.entries()) {
			for (const [to, target] of levels.entries()) {
				const situation = {
					state: { ledger: 'reported', level },
					step: { level: target, department: 'traffic-office' },
				} as const;
				expect(attempt('report', situation)?.code, `${level} to ${target}`).toBe(
					to > from ? undefined : 'DOORSTEP_LEVEL_NOT_HIGHER',
				);
			}
		}
	});

	test('F8: the department that a case has already need not be named again', () => {
		const state = { ...reported, department: 'traffic-office' };
		expect(attempt('report', { state, step: { level: 'department' } })).toBeUndefined();
	});

	test('F4: a colleague returns what they hold at a higher level, a leader whatever stands there', () => {
		const state = { ...reported, level: 'township', holder: COLLEAGUE } as const;
		expect(attempt('return', { state, ...cadre })).toBeUndefined();
		expect(attempt('return', { state, ...leader })).toBeUndefined();
	});

	test('F6: an administrator who is no official may verify', () => {
		expect(attempt('verify', { state: told, hats: new Set(['supervisor']), actor: null })).toBeUndefined();
	});

	test('F5: other ledgers are closed by the cadre, solved or not', () => {
		for (const ledger of ['immediate', 'proxy'] as const) {
			expect(attempt('close', { state: { ...told, ledger, told: 'no' } }), ledger).toBeUndefined();
		}
	});

	test('F4: a deadline that is no date, or a number of hours that is none, passes no leader', () => {
		expect(
			attempt('decide', { state: reported, ...leader, step: { due_at: new Date(Number.NaN) } })?.code,
		).toBe('DOORSTEP_DUE_PAST');
		expect(
			attempt('decide', { state: reported, ...leader, step: { due_at: beijing('2020-01-01') } })?.code,
		).toBe('DOORSTEP_DUE_PAST');
		const asked = { state: { asked_hours: 24 }, ...leader };
		expect(attempt('grant_time', { ...asked, step: { hours: Number.NaN } })?.code).toBe(
			'DOORSTEP_MORE_THAN_ASKED',
		);
		expect(attempt('grant_time', { ...asked, step: { hours: Infinity } })?.code).toBe(
			'DOORSTEP_MORE_THAN_ASKED',
		);
	});
});
