import { randomBytes, randomUUID } from 'node:crypto';
import { z } from 'zod';
import { LEDGERS } from '../cases/terms.js';
import { seenByCaller } from '../platform/access.js';
import { databaseNow } from '../platform/clock.js';
import type { EventContext, Platform } from '../platform/context.js';
import { rowExists } from '../platform/references.js';
import type { PlatformRefusal } from '../platform/refusals.js';
import { isRecord, readSent } from '../platform/sent.js';
import { day } from './asked.js';
import { drawableCases, nameOf, settledAmong, supervises } from './checks-store.js';
import { draw, hashOfCandidates } from './draw.js';
import { OPEN, type Settled } from './outcomes.js';
import type { OversightRefusal } from './strings.js';

export const CHECK_KINDS = ['callback'] as const;
const MOST_CASES = 200;
/** As the form shows it: what nobody changes there is not sent. */
const USUAL_CASES = 20;
const SEED_BYTES = 16;

const checkSent = z.strictObject({
	kind: z.enum(CHECK_KINDS).default('callback'),
	size: z.int().min(1).max(MOST_CASES).default(USUAL_CASES),
	period_from: day,
	period_to: day,
	village: z.uuid().toLowerCase().nullish(),
	ledger: z.enum(LEDGERS).nullish(),
});
/** What comes of a call is said by a `verify` step of the case; here stands only that nobody was reached, or that somebody tries again. */
const outcomeSent = z.strictObject({ outcome: z.enum(OPEN) });
/** A check is saved again with what came of its calls. */
const checkChanged = z.strictObject({
	cases: z.object({
		create: z.array(z.never()).max(0).default([]),
		update: z.array(z.looseObject({ id: z.string() })),
		delete: z.array(z.never()).max(0).default([]),
	}),
});

const SETTLED_REFUSALS: Readonly<Record<Settled, OversightRefusal>> = {
	verified: 'DOORSTEP_ALREADY_VERIFIED',
	overtaken: 'DOORSTEP_OVERTAKEN',
};

interface NotDone {
	done: false;
	code: PlatformRefusal | OversightRefusal;
	field?: string | undefined;
}
export type Outcome = { done: true; payload: Record<string, unknown> } | NotDone;

const refused = (code: NotDone['code'], field?: string): NotDone => ({ done: false, code, field });

/** Rows that a transaction has drawn and may write. */
const drawnIn = new WeakMap<object, Set<string>>();

/**
 * A new check (S6): draws among the cases whose household was told in the period. Complaints are not drawn: a member of the supervision group
 * who may not know of one would see the gap.
 */
export async function drawCheck(sent: unknown, event: EventContext): Promise<Outcome> {
	const { database: trx, accountability } = event;
	const user = accountability?.user ?? null;
	if (accountability?.admin === false && !(await supervises(trx, user)))
		return refused('DOORSTEP_SUPERVISORS_ONLY');
	const read = readSent(checkSent, sent);
	if (!read.ok) return refused(read.fault.code, read.fault.field);
	const { kind, size, period_from, period_to, village = null, ledger = null } = read.value;
	if (period_to < period_from) return refused('DOORSTEP_INVALID', 'period_to');
	if (village !== null && !(await rowExists(trx, 'doorstep_villages', village)))
		return refused('DOORSTEP_INVALID', 'village');
	const seed = randomBytes(SEED_BYTES).toString('hex');
	const period = { start: period_from, end: period_to };
	const candidates = await drawableCases(trx, { period, village, ledger });
	const drawn = draw(candidates, seed, size);
	if (drawn.length === 0) return refused('DOORSTEP_NOTHING_TO_DRAW', 'period_to');
	const rows = drawn.map(({ id, cycle }, n) => ({
		...{ id: randomUUID(), case_id: id, cycle, position: n + 1 },
		...{ outcome: 'pending', attempts: 0, tried_at: null, step: null },
	}));
	drawnIn.set(trx, new Set([...(drawnIn.get(trx) ?? []), ...rows.map(({ id }) => id)]));
	return {
		done: true,
		payload: {
			...{ kind, size, period_from, period_to, village, ledger, seed },
			...{ candidates: candidates.length, candidates_hash: hashOfCandidates(candidates) },
			...{
				drawn_at: (await databaseNow(trx)).toISOString(),
				drawn_by: user,
				drawn_by_name: await nameOf(trx, user),
			},
			cases: { create: rows, update: [], delete: [] },
		},
	};
}

/** Cases come to a check by the draw alone. */
export function keepDrawn(sent: unknown, { database: trx }: EventContext): Outcome {
	const isDrawn = isRecord(sent) && drawnIn.get(trx)?.has(String(sent['id'])) === true;
	return isDrawn ? { done: true, payload: sent } : refused('DOORSTEP_DRAWN_ONLY');
}

/** A check stays as it was drawn; what came of its calls may be nested. */
export async function saveCheck(
	sent: unknown,
	keys: readonly string[],
	event: EventContext,
	platform: Platform,
): Promise<Outcome> {
	if (!(await seenByCaller('doorstep_checks', keys, event, platform))) return refused('DOORSTEP_FORBIDDEN');
	const read = readSent(checkChanged, sent);
	return read.ok ? { done: true, payload: read.value } : refused('DOORSTEP_APPEND_ONLY', read.fault.field);
}

/** 电话未接通: a try is counted, and the case itself is not touched. */
export async function noteTry(
	sent: unknown,
	keys: readonly string[],
	event: EventContext,
	platform: Platform,
): Promise<Outcome> {
	const { database } = event;
	if (!(await seenByCaller('doorstep_check_cases', keys, event, platform)))
		return refused('DOORSTEP_FORBIDDEN');
	const read = readSent(outcomeSent, sent);
	if (!read.ok) return refused(read.fault.code, read.fault.field);
	const settled = await settledAmong(database, keys);
	if (settled !== undefined) return refused(SETTLED_REFUSALS[settled], 'outcome');
	const { outcome } = read.value;
	const tried = outcome === 'unreached' && { tried_at: (await databaseNow(database)).toISOString() };
	return { done: true, payload: { outcome, ...tried } };
}
