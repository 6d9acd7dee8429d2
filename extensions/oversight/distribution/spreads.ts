import type { Dimension, FigureName } from '../figures.js';
import type { Params } from '../studio/asking.js';

/** What can be spread out: which figure, and by what. */
export interface Spread {
	figure: FigureName;
	/** What stands along the axis. */
	along: 'lateness' | 'age' | 'holder';
	/** What each bar is made of. */
	of?: Dimension;
	/** Of this ledger, where the panel names none. */
	ledger?: 'reported';
	/** As of now, whatever the period. */
	now: boolean;
	/** Bars of people or places lie, so that their names can be read. */
	lying: boolean;
}

export const SPREADS = {
	lateness: { figure: 'became_late', along: 'lateness', now: false, lying: false },
	age_by_level: {
		figure: 'open_cases',
		along: 'age',
		of: 'level',
		ledger: 'reported',
		now: true,
		lying: false,
	},
	age_by_holder: { figure: 'open_cases', along: 'holder', of: 'age', now: true, lying: true },
} as const satisfies Record<string, Spread>;
export type SpreadName = keyof typeof SPREADS;
export const SPREAD_NAMES = Object.keys(SPREADS) as SpreadName[];

/** Whose cases are asked for: of the spread's own ledger, unless the panel is set to another. */
export function narrowedTo({ ledger }: Spread, params: Params): Params {
	return ledger === undefined ? params : { ledger, ...params };
}
