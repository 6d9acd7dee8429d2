import { describe, expect, test } from 'vitest';
import { beijing } from './builders.js';
import { attempt, cadre, leader, reported, told } from './situations.js';

describe('conditions at their edges', () => {
	test('F3: a leader takes a case out of the 24 hours, into either other ledger', () => {
		for (const ledger of ['immediate', 'reported'] as const) {
			expect(attempt('convert', { ...leader, step: { ledger } }), ledger).toBeUndefined();
			expect(attempt('convert', { ...cadre, step: { ledger } })?.code, ledger).toBe('DOORSTEP_LEADER_NEEDED');
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

	test('F4: a reported case at a higher level can be returned even by the cadre who holds it', () => {
		expect(attempt('return', { state: { ...reported, level: 'township' }, ...cadre })).toBeUndefined();
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
