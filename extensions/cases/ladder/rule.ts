import { NOTIFIED, RUNG_UNITS, type Notified, type RungUnit } from '../ladder-rules.js';
import { LEDGERS, type Ledger } from '../terms.js';
import type { Rung } from './strip.js';

/** What a form holds while somebody fills it in: anything may be missing or odd still. */
export type FormValues = Readonly<Record<string, unknown>>;

/**
 * The rung of a form as far as it is filled in; undefined before a ledger is chosen, for then it belongs to no ladder yet.
 *
 * @param id null for a new one
 */
export function rungOf(values: FormValues, id: string | null): Rung | undefined {
	const ledger = oneOf(LEDGERS, values['ledger']);
	if (ledger === undefined) return undefined;
	return {
		id,
		ledger,
		service: keyOf(values['service']),
		rung: integerOf(values['rung']),
		name: typeof values['name'] === 'string' && values['name'] !== '' ? values['name'] : null,
		delay: integerOf(values['delay']),
		unit: oneOf<RungUnit>(RUNG_UNITS, values['unit']) ?? 'minutes',
		notify: toldOf(values['notify']),
	};
}

/** The rungs of the ladder that a rung belongs to: those that are saved, and itself as it stands in the form. */
export function ladderWith(saved: readonly Rung[], edited: Rung): Rung[] {
	const others = saved.filter(
		({ id, ledger, service }) => id !== edited.id && ledger === edited.ledger && service === edited.service,
	);
	return [...others, edited];
}

/** Whether cases run by the saved rung just as by the edited one: its name and whom it tells move nothing. */
export function isAsSaved(edited: Rung, saved: readonly Rung[]): boolean {
	const own = saved.find(({ id }) => id === edited.id);
	return own !== undefined && PLACE.every((field) => own[field] === edited[field]);
}

const PLACE = ['ledger', 'service', 'rung', 'delay', 'unit'] as const;

/** What the server is asked; undefined while the form is not filled in. */
export function questionOf(edited: Rung): Record<string, unknown> | undefined {
	const { id, ledger, service, rung, delay, unit } = edited;
	if (rung === null || delay === null) return undefined;
	return { ...(id !== null && { id }), ledger, service, rung, delay, unit };
}

/** A related row stands in a form by its key, or as an object that holds it. */
function keyOf(value: unknown): string | null {
	if (typeof value === 'string' && value !== '') return value;
	const id = (value as { id?: unknown } | null | undefined)?.id;
	return typeof id === 'string' ? id : null;
}

function integerOf(value: unknown): number | null {
	if (value === null || value === undefined || value === '') return null;
	const number = Number(value);
	return Number.isSafeInteger(number) ? number : null;
}

function toldOf(value: unknown): Notified[] {
	return Array.isArray(value) ? NOTIFIED.filter((told) => value.includes(told)) : [];
}

function oneOf<T extends Ledger | RungUnit>(values: readonly T[], value: unknown): T | undefined {
	return values.find((known) => known === value);
}
