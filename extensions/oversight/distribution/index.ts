import { definePanel } from '@directus/extensions-sdk';
import { choiceField, choicesOf, WHOSE_AND_WHEN } from '../studio/options.js';
import distribution from './distribution.vue';
import { SPREAD_NAMES } from './spreads.js';

/** How a figure is spread: how late the late ones were, how old open cases are by level and by holder. */
export default definePanel({
	id: 'doorstep-distribution',
	name: '$t:doorstep_panel_distribution',
	description: '$t:doorstep_panel_distribution_note',
	icon: 'stacked_bar_chart',
	component: distribution,
	options: [choiceField('spread', choicesOf('spread', SPREAD_NAMES), 'lateness'), ...WHOSE_AND_WHEN],
	minWidth: 14,
	minHeight: 10,
});
