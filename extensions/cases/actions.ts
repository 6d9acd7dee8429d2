import { randomUUID } from 'node:crypto';
import { seenByCaller } from '../platform/access.js';
import type { EventContext, Platform } from '../platform/context.js';
import { localDateOf } from '../platform/local-time.js';
import { rowExists } from '../platform/references.js';
import { readSent } from '../platform/sent.js';
import { linkStep, STATE_COLUMNS, type StepRow } from './chain.js';
import { mayAttach } from './attachments.js';
import { dueIn, factsOf } from './facts.js';
import { groundsOfCase, groundsOfStep } from './grounds.js';
import { memoryOf } from './memory.js';
import { notDone, refused, type Done, type NotDone } from './outcome.js';
import { answererOf } from './people.js';
import { addStep, openCase } from './rules.js';
import { caseSent, newStepsOf, stepSent, type CaseSent } from './sent.js';
import { peopleOf, type NamedActor } from './people-store.js';
import { BUSY, earlierOf, insertRecordStep, lockCase, nextNumber } from './store.js';
import { holderAfter, tellOf } from './telling.js';
import type { CaseState, StepSent } from './terms.js';

/** Clocks of phones and of the database differ a little; this much is not the future. */
const CLOCK_SKEW_MS = 60_000;

/**
 * A new case (F1): reads what was sent, looks whether the caller may see the household, gives number, holder and deadline, and
 * writes its `record` step ahead of it in the same transaction.
 */
export async function recordCase(
	sent: unknown,
	event: EventContext,
	platform: Platform,
): Promise<Done | NotDone> {
	const trx = event.database;
	const read = readSent(caseSent, sent);
	if (!read.ok) return refused(read.fault.code, read.fault.field);
	const steps = newStepsOf(read.value.steps);
	if (steps === undefined) return refused('DOORSTEP_STEPS_ONLY_NEW', 'steps');
	const value = read.value;
	if (!(await seenByCaller('doorstep_households', [value.household], event, platform)))
		return refused('DOORSTEP_FORBIDDEN', 'household');
	const grounds = await groundsOfCase(trx, {
		...{ household: value.household, service: value.service ?? null },
		...askedBy(event, value.client_id),
	});
	if (grounds === undefined) return refused('DOORSTEP_FORBIDDEN', 'household');
	const { now, household, service, actor } = grounds;
	if (isFuture(value.happened_at, now)) return refused('DOORSTEP_FUTURE', 'happened_at');
	if (grounds.repeated) return refused('DOORSTEP_DUPLICATE', 'client_id');
	if (value.service && service === null) return refused('DOORSTEP_INVALID', 'service');
	if (value.about_cadre && !(await rowExists(trx, 'doorstep_cadres', value.about_cadre)))
		return refused('DOORSTEP_INVALID', 'about_cadre');
	if (household.erased_at !== null) return refused('DOORSTEP_ERASED', 'household');

	const start = earlierOf(now, value.happened_at ?? null);
	const about = value.about_cadre ?? null;
	const people = await peopleOf(
		trx,
		household,
		{ holder: null, inCharge: service?.in_charge ?? null, about },
		now,
	);
	const due = await dueIn(trx, value.ledger, grounds, start, start);
	const verdict = openCase(value.ledger, start, { answerer: answererOf(people), limit: () => due });
	if (!verdict.ok) return notDone(verdict);

	const number = await nextNumber(trx, Number(localDateOf(now).slice(0, 4)));
	if (number === BUSY) return refused('DOORSTEP_BUSY');
	const id = randomUUID();
	const record = linkStep(
		stepRow({ kind: 'record' }, { caseId: id, seq: 1, now, actor, after: verdict.after }),
		null,
	);
	await insertRecordStep(trx, record);
	memoryOf(trx).created.set(id, value.happened_at ?? null);
	const newCase = { caseId: id, number, title: value.title };
	await tellOf(trx, record, newCase, {
		...people,
		holder: await holderAfter(trx, verdict.after, people, now),
	});
	return {
		done: true,
		payload: {
			...caseColumnsOf(value),
			...stateColumns(verdict.after),
			id,
			number,
			cadre: household.cadre,
			received_at: now.toISOString(),
			seq: 1,
			head_hash: record.hash,
			rung: 0,
			next_rung_at: null,
			steps,
		},
	};
}

/** A new step: locks the case, looks whether the caller may see it, asks the rules, links the step to the chain. */
export async function recordStep(
	sent: unknown,
	event: EventContext,
	platform: Platform,
): Promise<Done | NotDone> {
	const trx = event.database;
	const read = readSent(stepSent, sent);
	if (!read.ok) return refused(read.fault.code, read.fault.field);
	const step = read.value as AttachedStep & { case_id: string };
	// Seen first, locked then: nobody waits for, or holds up, a case that is none of theirs.
	const createdHere = memoryOf(trx).created.get(step.case_id);
	const seen =
		createdHere !== undefined || (await seenByCaller('doorstep_cases', [step.case_id], event, platform));
	const stored = seen ? await lockCase(trx, step.case_id) : undefined;
	if (stored === BUSY) return refused('DOORSTEP_BUSY');
	if (stored === undefined) return refused('DOORSTEP_FORBIDDEN', 'case_id');
	const grounds = await groundsOfStep(trx, stored, askedBy(event, step.client_id));
	const { now, actor } = grounds;
	if (grounds.repeated) return refused('DOORSTEP_DUPLICATE', 'client_id');
	if (isFuture(step.happened_at, now)) return refused('DOORSTEP_FUTURE', 'happened_at');
	if (step.department && !(await rowExists(trx, 'doorstep_departments', step.department)))
		return refused('DOORSTEP_INVALID', 'department');

	const saved = createdHere === undefined ? {} : { savedWithCaseAt: createdHere ?? now };
	const { facts, people } = await factsOf(trx, stored, grounds, { step, ...saved });
	if (grounds.household.erased_at !== null) return refused('DOORSTEP_ERASED', 'case_id');
	const verdict = addStep({ state: stored.state, step, facts, now });
	if (!verdict.ok) return notDone(verdict);
	if (!(await mayAttach(step.files ?? [], event))) return refused('DOORSTEP_INVALID', 'files');
	const row = stepRow(step, { caseId: stored.id, seq: stored.seq + 1, now, actor, after: verdict.after });
	const about = { caseId: stored.id, number: stored.number, title: stored.title };
	await tellOf(trx, row, about, { ...people, holder: await holderAfter(trx, verdict.after, people, now) });
	const { id, ...linked } = linkStep(row, stored.headHash);
	return { done: true, payload: { ...withIsoTimes(linked), id } };
}

/** A step with ids of files that its sender has uploaded. */
type AttachedStep = StepSent & { files?: string[] | null };

function stepRow(
	step: AttachedStep,
	by: { caseId: string; seq: number; now: Date; actor: NamedActor; after: CaseState },
): StepRow {
	return {
		id: randomUUID(),
		case_id: by.caseId,
		seq: by.seq,
		at: by.now,
		actor: by.actor.cadre,
		actor_name: by.actor.name,
		kind: step.kind,
		note: step.note ?? null,
		hours: step.hours ?? null,
		solved: step.solved ?? null,
		satisfaction: step.satisfaction ?? null,
		channel: step.channel ?? null,
		happened_at: step.happened_at ?? null,
		client_id: step.client_id ?? null,
		files: step.files?.join(',') || null,
		...by.after,
	};
}

/** Nature and source may be left to presets, which apply after the filter; for all else they must find nothing to fill in. */
function caseColumnsOf(value: CaseSent): Record<string, unknown> {
	return {
		...(value.nature && { nature: value.nature }),
		...(value.source && { source: value.source }),
		household: value.household,
		title: value.title,
		service: value.service ?? null,
		detail: value.detail ?? null,
		about_cadre: value.about_cadre ?? null,
		happened_at: value.happened_at?.toISOString() ?? null,
		client_id: value.client_id ?? null,
	};
}

function stateColumns(state: CaseState): Record<string, unknown> {
	return withIsoTimes(Object.fromEntries(STATE_COLUMNS.map((column) => [column, state[column]])));
}

function withIsoTimes(row: object): Record<string, unknown> {
	return Object.fromEntries(
		Object.entries(row).map(([column, value]: [string, unknown]) => [
			column,
			value instanceof Date ? value.toISOString() : value,
		]),
	);
}

/** Directus itself and Flows with full rights count as administrators. */
function askedBy({ accountability }: EventContext, clientId: string | null | undefined) {
	return {
		user: accountability?.user ?? null,
		administrator: accountability === null || accountability.admin,
		clientId: clientId ?? null,
	};
}

function isFuture(at: Date | null | undefined, now: Date): boolean {
	return at !== null && at !== undefined && at.getTime() > now.getTime() + CLOCK_SKEW_MS;
}
