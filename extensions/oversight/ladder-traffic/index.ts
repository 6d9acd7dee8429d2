import { definePanel } from '@directus/extensions-sdk';
import { RHYTHMS } from '../../platform/windows.js';
import { choiceField, choicesOf, WHOSE_AND_WHEN } from '../studio/options.js';
import traffic from './traffic.vue';

/** How many reminders and escalations went out, how many were acknowledged, and how soon. */
export default definePanel({
	id: 'doorstep-ladder-traffic',
	name: '$t:doorstep_panel_ladder_traffic',
	description: '$t:doorstep_panel_ladder_traffic_note',
	icon: 'stairs',
	component: traffic,
	options: [choiceField('by', choicesOf('dimension', ['rung', ...RHYTHMS]), 'rung'), ...WHOSE_AND_WHEN],
	minWidth: 14,
	minHeight: 10,
});
