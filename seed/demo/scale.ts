import type { Size } from './rows.js';

/** How large a township is (C1, C2). */
export interface Scale {
	villages: number;
	/** Field cadres of each village in turn; repeated when there are more villages. */
	teamSizes: readonly number[];
	/** Field cadres whom the banner and the city have dispatched. */
	fromBanner: number;
	fromCity: number;
	/** Town leaders who lead work teams, each of several villages. */
	teamLeaders: number;
	/** Town leaders who look after an area of villages and have subjects in charge. */
	townLeaders: number;
	supervisors: number;
	/** Office officials with windows and daily work, besides supervisors, data clerk and printer. */
	desks: number;
	residents: number;
	away: number;
	/** Cases to make up. */
	cases: number;
}

export const SCALES: Record<Size, Scale> = {
	demo: {
		villages: 28,
		teamSizes: [5, 5, 6, 4, 5, 6, 5],
		fromBanner: 30,
		fromCity: 12,
		teamLeaders: 8,
		townLeaders: 4,
		supervisors: 4,
		desks: 7,
		residents: 4760,
		away: 4590,
		cases: 2000,
	},
	small: {
		villages: 2,
		teamSizes: [1],
		fromBanner: 1,
		fromCity: 0,
		teamLeaders: 2,
		townLeaders: 2,
		supervisors: 2,
		desks: 0,
		residents: 66,
		away: 64,
		cases: 70,
	},
};

/** C2: how many households a cadre holds. */
export const HOUSEHOLDS_A_CADRE = { least: 60, most: 70 } as const;
