import { z } from 'zod';
import { LEDGERS, type Ledger } from '../cases/terms.js';
import { addDays, localDateOf, type LocalDate } from '../platform/local-time.js';
import { isRecord, readSent, type Fault } from '../platform/sent.js';
import { daysOf, type Window } from '../platform/windows.js';
import { isRhythm, tellsApart } from './dimensions.js';
import { DIMENSIONS, FIGURES, MOST_ROWS, USUAL_ROWS, type Dimension, type FigureName } from './figures.js';

/** Where nothing is said: the last thirty days, today among them. */
const USUAL_DAYS = 30;
/** Five years: longer than anybody compares, and no more windows than a statement takes. */
const MOST_DAYS = 1827;
const MOST_DIMENSIONS = 2;

/** A day that either database takes. */
export const day = z.iso.date().refine((value) => value >= '2000-01-01' && value < '2100-01-01');
const narrowed = { village: z.uuid().toLowerCase().optional(), ledger: z.enum(LEDGERS).optional() };
const inPeriod = { ...narrowed, from: day.optional(), to: day.optional() };

const listOf = <T extends string>(names: readonly T[], most: number) =>
	z
		.string()
		.transform((list) => list.split(','))
		.pipe(z.array(z.enum(names)).min(1).max(most))
		.refine((list) => new Set(list).size === list.length);

const overviewAsked = z.strictObject(inPeriod);
const figuresAsked = z.strictObject({
	...inPeriod,
	figures: listOf(FIGURES, FIGURES.length),
	by: listOf(DIMENSIONS, MOST_DIMENSIONS).optional(),
});
const deadlinesAsked = z.strictObject({
	...narrowed,
	limit: z
		.string()
		.regex(/^\d{1,4}$/)
		.transform(Number)
		.pipe(z.int().min(1).max(MOST_ROWS))
		.default(USUAL_ROWS),
});

export type Read<T> = { ok: true; value: T } | { ok: false; fault: Fault };

/** What all three questions may be narrowed down by. */
export interface Narrowed {
	village: string | null;
	ledger: Ledger | null;
	/** Whether figures are told apart by person. */
	byPerson: boolean;
}

export interface AskedOverview extends Narrowed {
	period: Window;
}

export interface AskedFigures extends AskedOverview {
	figures: readonly FigureName[];
	by: readonly Dimension[];
}

export interface AskedDeadlines extends Narrowed {
	limit: number;
}

export function readOverview(query: unknown, now: Date): Read<AskedOverview> {
	const read = readQuery(overviewAsked, query);
	return read.ok ? withPeriod(read.value, now) : read;
}

export function readFigures(query: unknown, now: Date): Read<AskedFigures> {
	const read = readQuery(figuresAsked, query);
	if (!read.ok) return read;
	const { figures, by = [] } = read.value;
	const windows = by.filter(isRhythm).length;
	if (windows > 1 || by.some((dimension) => figures.some((figure) => !tellsApart(dimension, figure))))
		return { ok: false, fault: { code: 'DOORSTEP_INVALID', field: 'by' } };
	const dated = withPeriod(read.value, now);
	if (!dated.ok) return dated;
	return { ok: true, value: { ...dated.value, figures, by, byPerson: by.includes('holder') } };
}

export function readDeadlines(query: unknown): Read<AskedDeadlines> {
	const read = readQuery(deadlinesAsked, query);
	return read.ok ? { ok: true, value: { ...narrowedBy(read.value), limit: read.value.limit } } : read;
}

/** A token may stand in the address, as everywhere in Directus; any other word that we do not know may be one of ours misspelt. */
function readQuery<T>(schema: z.ZodType<T>, query: unknown): Read<T> {
	const { access_token: _token, ...asked } = isRecord(query) ? query : {};
	const read = readSent(schema, asked);
	if (read.ok || read.fault.code !== 'DOORSTEP_SERVER_FIELD') return read;
	return { ok: false, fault: { code: 'DOORSTEP_NO_SUCH_FIELD', field: read.fault.field } };
}

interface Sent {
	from?: LocalDate | undefined;
	to?: LocalDate | undefined;
	village?: string | undefined;
	ledger?: Ledger | undefined;
}

function withPeriod(sent: Sent, now: Date): Read<AskedOverview> {
	const today = localDateOf(now);
	const end = sent.to ?? (sent.from !== undefined && sent.from > today ? sent.from : today);
	const start = sent.from ?? addDays(end, 1 - USUAL_DAYS);
	const days = daysOf({ start, end });
	if (days < 1 || days > MOST_DAYS)
		return { ok: false, fault: { code: 'DOORSTEP_INVALID', field: sent.from === undefined ? 'to' : 'from' } };
	return { ok: true, value: { ...narrowedBy(sent), period: { start, end } } };
}

function narrowedBy({ village, ledger }: Sent): Narrowed {
	return { village: village ?? null, ledger: ledger ?? null, byPerson: false };
}
