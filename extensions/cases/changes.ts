import { seenByCaller } from '../platform/access.js';
import { databaseNow } from '../platform/clock.js';
import type { EventContext, Platform } from '../platform/context.js';
import { fromJson } from '../platform/dialect.js';
import { readSent } from '../platform/sent.js';
import { refused, type Done, type NotDone } from './outcome.js';
import { actorOf } from './people-store.js';
import { acknowledged, caseCorrected, newStepsOf } from './sent.js';
import { BUSY, lockCases, statusesOf } from './store.js';

/** Set once when a case is recorded. */
const FIXED = new Set([
	'household',
	'service',
	'nature',
	'source',
	'about_cadre',
	'happened_at',
	'client_id',
]);

/** A case is changed by steps; only its title and detail may be corrected, while it is open. New steps may be nested. */
export async function correctCase(
	sent: unknown,
	keys: string[],
	event: EventContext,
	platform: Platform,
): Promise<Done | NotDone> {
	if (!(await seenByCaller('doorstep_cases', keys, event, platform)))
		return { done: false, code: 'DOORSTEP_FORBIDDEN' };
	const read = readSent(caseCorrected, sent);
	if (!read.ok) {
		const { code, field = '' } = read.fault;
		return refused(FIXED.has(field) ? 'DOORSTEP_IMMUTABLE' : code, read.fault.field);
	}
	const { steps: sentSteps, ...correction } = read.value;
	const steps = newStepsOf(sentSteps);
	if (steps === undefined) return { done: false, code: 'DOORSTEP_STEPS_ONLY_NEW', field: 'steps' };
	const [field] = Object.keys(correction);
	if (event.database.isTransaction === true && (await lockCases(event.database, keys)) === BUSY) {
		return { done: false, code: 'DOORSTEP_BUSY' };
	}
	if (field !== undefined) {
		const statuses = await statusesOf(event.database, keys);
		if (statuses.some((status) => status !== 'open'))
			return { done: false, code: 'DOORSTEP_NOT_OPEN', field };
	}
	return { done: true, payload: steps.create.length > 0 ? { ...correction, steps } : correction };
}

/** A recipient acknowledges a rung (签收), once; the time and the name are the server's. */
export async function acknowledge(
	sent: unknown,
	keys: string[],
	event: EventContext,
	platform: Platform,
): Promise<Done | NotDone> {
	if (!(await seenByCaller('doorstep_escalations', keys, event, platform)))
		return { done: false, code: 'DOORSTEP_FORBIDDEN' };
	const { database, accountability } = event;
	const read = readSent(acknowledged, sent);
	if (!read.ok) return refused(read.fault.code, read.fault.field);
	const rows = await database('doorstep_escalations')
		.whereIn('id', keys)
		.select<{ recipients: unknown; acknowledged_at: unknown }[]>('recipients', 'acknowledged_at');
	const user = accountability?.user ?? null;
	const mayAll = accountability === null || accountability.admin;
	if (!mayAll && rows.some((row) => !(fromJson(row.recipients) as string[]).includes(user ?? ''))) {
		return { done: false, code: 'DOORSTEP_NOT_RECIPIENT' };
	}
	if (rows.some((row) => row.acknowledged_at !== null))
		return { done: false, code: 'DOORSTEP_ALREADY_ACKNOWLEDGED' };
	const now = await databaseNow(database);
	const { name } = await actorOf(database, user, mayAll);
	return {
		done: true,
		payload: { acknowledged_at: now.toISOString(), acknowledged_by: user, acknowledged_by_name: name },
	};
}
