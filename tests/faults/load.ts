/** Officials at work while something breaks: what they were told is held against what is there. */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import type { Answer } from '../harness/request.js';
import type { Township } from '../harness/township.js';
import { step, type Person } from '../harness/world.js';

/** A step that was sent; `answer` is null where the connection broke. */
export interface Sent {
	caseId: string;
	client_id: string;
	answer: Answer<{ id: string }> | null;
}

export interface Load {
	/** What was sent so far. */
	sent: Sent[];
	/** Ends it and waits for the last answers. */
	stop(): Promise<void>;
}

/** Nobody types faster. */
const PAUSE_MS = 20;

/** Notes on these cases, one by one, from so many people at once, until it is stopped. */
export function startLoad(by: Person, cases: readonly string[], people: number): Load {
	const sent: Sent[] = [];
	let over = false;
	const work = async (person: number): Promise<void> => {
		for (let turn = person; !over; turn += 1) {
			sent.push(await sendNote(by, cases[turn % cases.length] ?? ''));
			await sleep(PAUSE_MS);
		}
	};
	const all = Promise.all(Array.from({ length: people }, (_, person) => work(person)));
	return {
		sent,
		async stop() {
			over = true;
			await all;
		},
	};
}

export async function sendNote(by: Person, caseId: string): Promise<Sent> {
	const client_id = randomUUID();
	return { caseId, client_id, answer: await send(by, caseId, client_id) };
}

/** Whoever got no clear answer sends the same again, as a phone does: by then each step is there, and once. */
export async function expectNothingLost(
	township: Township,
	by: Person,
	sent: readonly Sent[],
): Promise<void> {
	for (const { caseId, client_id, answer } of sent) {
		if (answer?.status === 200) continue;
		const again = await send(by, caseId, client_id);
		const code = again?.errors[0]?.extensions.code;
		expect([again?.status, code]).toEqual(code === 'DOORSTEP_DUPLICATE' ? [409, code] : [200, undefined]);
	}
	const steps = await township.sql<{ id: string; client_id: string; case_id: string }>(
		'select id, client_id, case_id from doorstep_case_steps where client_id is not null',
	);
	const stored = new Map(steps.map((row) => [row.client_id, row]));
	expect(steps).toHaveLength(sent.length);
	for (const { caseId, client_id, answer } of sent) {
		expect(stored.get(client_id)?.case_id).toBe(caseId);
		if (answer?.status === 200) expect(stored.get(client_id)?.id).toBe(answer.data?.id);
	}
	expect(await township.admin.ok('GET', '/doorstep/audit')).toMatchObject({ ok: true, faults: [] });
}

async function send(by: Person, caseId: string, client_id: string): Promise<Sent['answer']> {
	return step(by, caseId, 'note', { note: '入户了解', client_id }).catch(() => null);
}
