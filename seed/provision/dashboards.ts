import { DEFINITIONS } from '../../extensions/oversight/definitions.js';
import type { FigureName } from '../../extensions/oversight/figures.js';
import { PANEL_LABELS } from '../../extensions/oversight/panel-labels.js';
import type { Policy } from '../../extensions/platform/hats.js';
import { fixedId } from '../../extensions/platform/ids.js';
import type { ShippedRow } from '../../extensions/platform/provision.js';
import type { Pair } from '../../extensions/platform/words.js';

/** Hats that have a dashboard of their own; a cadre's figures stand with the cadre's work. */
export const STEERING = ['town_leader', 'team_leader', 'supervisor'] as const satisfies readonly Policy[];
export type Steering = (typeof STEERING)[number];

/** The id of the dashboard of a hat. */
export function dashboardId(hat: Steering): string {
	return fixedId(`dashboard:${hat}`);
}

/** A panel with what it is set to, and where it stands: in squares of the grid, 60 across, from 1. */
interface Panel {
	type: string;
	name: Pair;
	options: Readonly<Record<string, unknown>>;
	place: readonly [x: number, y: number, width: number, height: number];
}

type Place = Panel['place'];

function figure(name: FigureName, ...place: Place): Panel {
	const options = { figure: name, period: 'last_30_days', trend: 'week' };
	return { type: 'doorstep-figure', name: DEFINITIONS[name].label, options, place };
}

function panel(
	kind: 'deadlines' | 'distribution' | 'heat' | 'ladder-traffic' | 'villages',
	options: Panel['options'],
	...place: Place
): Panel {
	const name = PANEL_LABELS[`doorstep_panel_${kind.replace('-', '_')}`] ?? [kind, kind];
	return { type: `doorstep-${kind}`, name, options, place };
}

/** What a distribution, a map or the ladder is set to. */
const MONTH = { period: 'last_30_days' };
const QUARTER = { period: 'last_90_days' };

/** What a leader sees in ten seconds: what is late and whose it is, and whether it gets better. */
const AT_A_GLANCE: readonly Panel[] = [
	panel('deadlines', { rows: 50 }, 1, 1, 32, 26),
	figure('late_cases', 33, 1, 14, 13),
	figure('on_time_rate', 47, 1, 14, 13),
	figure('within_24_hours_rate', 33, 14, 14, 13),
	figure('awaiting_feedback', 47, 14, 14, 13),
];

/** What households answered, the cadre's word beside the checked one, in a row at this height. */
function answered(y: number): Panel[] {
	return [
		figure('solved_rate', 1, y, 15, 17),
		figure('solved_rate_verified', 16, y, 15, 17),
		figure('satisfaction_rate', 31, y, 15, 17),
		figure('satisfaction_rate_verified', 46, y, 15, 17),
	];
}

/** First what is late and whose it is, beside it whether it gets better; further down what explains it. */
const DASHBOARDS: Readonly<Record<Steering, { name: string; icon: string; note: string; panels: Panel[] }>> =
	{
		town_leader: {
			name: '镇领导看板 Town leaders',
			icon: 'account_balance',
			note: '全镇：什么逾期了、在谁手里、是否好转。The whole town: what is late, whose it is, whether it gets better.',
			panels: [
				...AT_A_GLANCE,
				panel('heat', { figure: 'became_late', across: 'week', ...QUARTER }, 1, 27, 32, 42),
				panel('distribution', { spread: 'lateness', ...MONTH }, 33, 27, 28, 14),
				panel('distribution', { spread: 'age_by_level' }, 33, 41, 28, 14),
				panel('ladder-traffic', { by: 'rung', ...MONTH }, 33, 55, 28, 14),
				...answered(69),
				figure('response_rate', 1, 86, 15, 13),
				figure('reopened_cases', 16, 86, 15, 13),
				figure('received_cases', 31, 86, 15, 13),
				figure('closed_cases', 46, 86, 15, 13),
				panel('villages', MONTH, 1, 99, 60, 40),
			],
		},
		team_leader: {
			name: '驻村工作队看板 Team leaders',
			icon: 'groups',
			note: '本嘎查村：什么逾期了、在谁手里、是否好转。One’s own village: what is late, whose it is, whether it gets better.',
			panels: [
				...AT_A_GLANCE,
				panel('distribution', { spread: 'age_by_holder' }, 1, 27, 32, 28),
				panel('distribution', { spread: 'lateness', ...MONTH }, 33, 27, 28, 14),
				panel('ladder-traffic', { by: 'rung', ...MONTH }, 33, 41, 28, 14),
				figure('solved_rate', 1, 55, 15, 17),
				figure('satisfaction_rate', 16, 55, 15, 17),
				figure('response_rate', 31, 55, 15, 17),
				figure('reopened_cases', 46, 55, 15, 17),
			],
		},
		supervisor: {
			name: '督导组看板 Supervision group',
			icon: 'policy',
			note: '全镇：逾期和未签收、填报与回访的差别。The whole town: late and not acknowledged, what was entered against what was verified.',
			panels: [
				panel('deadlines', { rows: 100 }, 1, 1, 32, 26),
				figure('unacknowledged_rungs', 33, 1, 14, 13),
				figure('late_cases', 47, 1, 14, 13),
				figure('reopened_cases', 33, 14, 14, 13),
				figure('on_time_rate', 47, 14, 14, 13),
				...answered(27),
				panel('ladder-traffic', { by: 'rung', ...MONTH }, 1, 44, 32, 14),
				panel('distribution', { spread: 'lateness', ...MONTH }, 33, 44, 28, 14),
				panel(
					'villages',
					{ figures: ['late_cases', 'reopened_cases', 'solved_rate', 'solved_rate_verified'], ...MONTH },
					...([1, 58, 60, 40] as const),
				),
			],
		},
	};

/** The dashboards with their panels; administrators may rearrange them, set them otherwise, or delete them. */
export function dashboards(): ShippedRow[] {
	const all = STEERING.map((hat) => ({ hat, ...DASHBOARDS[hat] }));
	return [
		...all.map(({ hat, panels: _panels, ...values }) => ({
			collection: 'directus_dashboards',
			key: { id: dashboardId(hat) },
			values: { ...values, color: null },
		})),
		...all.flatMap(({ hat, panels }) => panels.map((each, place) => panelRow(hat, each, place))),
	];
}

function panelRow(hat: Steering, { type, name, options, place }: Panel, number: number): ShippedRow {
	const [position_x, position_y, width, height] = place;
	return {
		collection: 'directus_panels',
		key: { id: fixedId(`panel:${hat}:${String(number)}`) },
		values: {
			...{ dashboard: dashboardId(hat), type, options, position_x, position_y, width, height },
			// Over the panel stands its own heading, in the reader's language; this name where somebody shows Directus's.
			...{ name: name.join(' '), show_header: false, icon: null, color: null, note: null },
		},
		needs: { collection: 'directus_dashboards', id: dashboardId(hat) },
	};
}
