import { fixedId } from '../../extensions/platform/ids.js';

/** The ladder as shipped; administrators change it in the studio. Rungs by name: 到期提醒 → 催办 → 督办 → 专项督查. */
const RUNGS = [
	['proxy', 1, '到期提醒', -240, 'minutes', ['cadre']],
	['proxy', 2, '催办', 0, 'minutes', ['cadre', 'team_leader']],
	['proxy', 3, '督办', 240, 'minutes', ['town_leader']],
	['proxy', 4, '专项督查', 1440, 'minutes', ['supervisor']],
	['reported', 1, '到期提醒', -1, 'working_days', ['cadre']],
	['reported', 2, '催办', 0, 'working_days', ['cadre', 'team_leader']],
	['reported', 3, '督办', 1, 'working_days', ['town_leader', 'in_charge']],
	['reported', 4, '专项督查', 5, 'working_days', ['supervisor']],
	['immediate', 1, '催办', 0, 'minutes', ['cadre', 'team_leader']],
] as const;

export interface RungRow {
	id: string;
	ledger: string;
	rung: number;
	name: string;
	delay: number;
	unit: string;
	notify: readonly string[];
}

export const LADDER: readonly RungRow[] = RUNGS.map(([ledger, rung, name, delay, unit, notify]) => ({
	id: fixedId(`rung:${ledger}:${String(rung)}`),
	ledger,
	rung,
	name,
	delay,
	unit,
	notify,
}));
