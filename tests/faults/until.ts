import { expect } from 'vitest';
import type { RunningInstance } from '../harness/township.js';

/** Patient: a machine that runs other tests takes its time, and none of these asserts how long anything takes. */
const PATIENCE = { timeout: 120_000, interval: 100 };

/** Asks again and again until the answer is the one that is waited for. */
export function until<T>(ask: () => Promise<T>, expected: T): Promise<void> {
	return expect.poll(ask, PATIENCE).toEqual(expected);
}

/** Until its own poller has raised all that is due. */
export function untilSwept({ admin }: Pick<RunningInstance, 'admin'>): Promise<void> {
	return until(
		async () => (await admin.request<{ backlog: number }>('GET', '/doorstep/health')).data?.backlog,
		0,
	);
}

/** Until passers-by get this answer of its health. */
export function untilHealth(
	{ visitor }: Pick<RunningInstance, 'visitor'>,
	status: number,
	says: string,
): Promise<void> {
	return until(async () => {
		const answer = await visitor.request<{ status: string }>('GET', '/doorstep/health');
		return [answer.status, answer.data?.status];
	}, [status, says]);
}

/** Sweeps now. @returns the time as of which, and how many rungs were raised */
export function sweepNow({
	admin,
}: Pick<RunningInstance, 'admin'>): Promise<{ raised: number; as_of: string }> {
	return admin.ok('POST', '/doorstep/sweep');
}
