import { periodOf, PERIODS, type Days, type Period } from './period.js';
import type { Params } from './asking.js';
import { localDateOf } from '../../platform/local-time.js';
import { LEDGERS } from '../../cases/terms.js';

/** What every panel can be set to. */
export interface PanelOptions {
	/** As Directus's picker hands it over, or an id, as a variable of the dashboard writes it. */
	village?: { key: string | null } | string | null | undefined;
	ledger?: string | null | undefined;
	period?: Period | undefined;
}

/** What Directus hands to every panel; ours load their own rows. */
export interface PanelProps extends PanelOptions {
	/** Directus shows the name that an administrator has given, so ours stays away. */
	showHeader: boolean;
}

const DEFAULT_PERIOD: Period = 'last_30_days';

/** A choice of words of ours. @example choicesOf('period', PERIODS) */
export function choicesOf(list: string, values: readonly string[]): { text: string; value: string }[] {
	return values.map((value) => ({ text: `$t:doorstep_${list}_${value}`, value }));
}

/** A field of a panel's settings from which one value is chosen. */
export function choiceField(
	field: string,
	choices: readonly { text: string; value: string }[],
	standing: string | null,
): object {
	return {
		field,
		name: `$t:doorstep_option_${field}`,
		type: 'string',
		meta: {
			interface: 'select-dropdown',
			width: 'half',
			options: { choices, allowNone: standing === null },
		},
		schema: { default_value: standing },
	};
}

const VILLAGE = {
	field: 'village',
	name: '$t:doorstep_option_village',
	type: 'json',
	meta: {
		interface: 'collection-item-dropdown',
		width: 'half',
		note: '$t:doorstep_option_village_note',
		options: { selectedCollection: 'doorstep_villages', template: '{{name}}' },
	},
};

/** Whose figures and of which ledger. */
export const WHOSE = [VILLAGE, choiceField('ledger', choicesOf('ledger', LEDGERS), null)];
/** The same, and of when. */
export const WHOSE_AND_WHEN = [choiceField('period', choicesOf('period', PERIODS), DEFAULT_PERIOD), ...WHOSE];

/** Whose cases are asked for: no more than is set, so that the server's own answer to whose they are stands. */
export function whoseOf({ village, ledger }: PanelOptions): Params {
	const id = typeof village === 'string' ? village : village?.key;
	return { ...(id && { village: id }), ...(ledger && { ledger }) };
}

/** The days that a panel is set to. */
export function daysAskedFor({ period = DEFAULT_PERIOD }: PanelOptions, now: Date): Days {
	return periodOf(period, localDateOf(now));
}

/** Whose cases, and of which days. */
export function whoseAndWhenOf(options: PanelOptions, now: Date): Params {
	return { ...daysAskedFor(options, now), ...whoseOf(options) };
}
