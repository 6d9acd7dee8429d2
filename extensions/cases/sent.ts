import { z } from 'zod';
import { endOfLocalDay, LOCAL_OFFSET_MS, startOfLocalDay } from '../platform/local-time.js';
import { text } from '../platform/sent.js';
import { saysSomething } from './rules.js';
import { CHANNELS, LEDGERS, LEVELS, NATURES, SATISFACTIONS, SOLVED, SOURCES } from './terms.js';

const EARLIEST = Date.UTC(2000, 0, 1);
const LATEST = Date.UTC(2100, 0, 1);

const time = z.iso.datetime({ offset: true, local: true }).transform(parseInstant);
/** A day stands for its beginning, or for its end where a deadline is meant. */
const instant = z.union([time, z.iso.date().transform(startOfLocalDay)]).refine(isPlausible);
const deadline = z.union([time, z.iso.date().transform(endOfLocalDay)]).refine(isPlausible);
/** As databases give them back: PostgreSQL writes them small. */
const id = z.uuid().toLowerCase();
/** So many files go with one step. */
const MOST_FILES = 20;
const title = text(200).trim().refine(saysSomething);

/** A new case as people send it; all else is the server's. */
export const caseSent = z.strictObject({
	household: id,
	ledger: z.enum(LEDGERS),
	title,
	nature: z.enum(NATURES).nullish(),
	service: id.nullish(),
	detail: text(20_000).nullish(),
	source: z.enum(SOURCES).nullish(),
	about_cadre: id.nullish(),
	happened_at: instant.nullish(),
	client_id: text(64).min(1).nullish(),
	steps: z.unknown(),
});

/** A correction of a case while it is open. */
export const caseCorrected = z.strictObject({
	title: title.optional(),
	detail: text(20_000).nullish(),
	steps: z.unknown(),
});

/** A rung acknowledged: any time will do, for the server puts its own. */
export const acknowledged = z.strictObject({ acknowledged_at: instant });

/** A step as people send it. `kind` is left to the rules, which name the kinds that there are. */
export const stepSent = z.strictObject({
	case_id: id,
	kind: text(32),
	note: text(20_000).nullish(),
	ledger: z.enum(LEDGERS).nullish(),
	level: z.enum(LEVELS).nullish(),
	holder: id.nullish(),
	department: id.nullish(),
	due_at: deadline.nullish(),
	hours: z.int().min(1).max(8760).nullish(),
	solved: z.enum(SOLVED).nullish(),
	satisfaction: z.enum(SATISFACTIONS).nullish(),
	channel: z.enum(CHANNELS).nullish(),
	happened_at: instant.nullish(),
	client_id: text(64).min(1).nullish(),
	files: z.array(id).max(MOST_FILES).transform(distinct).nullish(),
});

export type CaseSent = z.infer<typeof caseSent>;

/**
 * New steps nested in a case, as Directus's `{ create }`. An array would make Directus deselect the steps that are there.
 *
 * @returns undefined where existing steps are named: they can neither be changed nor removed
 */
export function newStepsOf(steps: unknown): { create: object[]; update: []; delete: [] } | undefined {
	const given = Array.isArray(steps) ? { create: steps as unknown[] } : steps;
	if (given === undefined || given === null) return { create: [], update: [], delete: [] };
	const parsed = nestedSteps.safeParse(given);
	return parsed.success ? { create: parsed.data.create ?? [], update: [], delete: [] } : undefined;
}

const nestedSteps = z.strictObject({
	create: z.array(z.looseObject({ id: z.undefined() })).optional(),
	update: z.array(z.never()).optional(),
	delete: z.array(z.never()).optional(),
});

function distinct<T>(values: T[]): T[] {
	return [...new Set(values)];
}

function isPlausible(at: Date): boolean {
	return at.getTime() >= EARLIEST && at.getTime() < LATEST;
}

/** Times without a zone are local ones. */
function parseInstant(value: string): Date {
	const zoned = /(Z|[+-]\d\d:?\d\d)$/i.test(value);
	return zoned ? new Date(value) : new Date(Date.parse(`${value}Z`) - LOCAL_OFFSET_MS);
}
