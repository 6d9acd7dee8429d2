import { definePanel } from '@directus/extensions-sdk';
import { MOST_ROWS, USUAL_ROWS } from '../figures.js';
import { WHOSE } from '../studio/options.js';
import deadlines from './deadlines.vue';

/** What is late, due soon or not acknowledged: whose it is, and one click to the case. */
export default definePanel({
	id: 'doorstep-deadlines',
	name: '$t:doorstep_panel_deadlines',
	description: '$t:doorstep_panel_deadlines_note',
	icon: 'alarm',
	component: deadlines,
	options: [
		...WHOSE,
		{
			field: 'rows',
			name: '$t:doorstep_option_rows',
			type: 'integer',
			meta: { interface: 'input', width: 'half', options: { min: 1, max: MOST_ROWS } },
			schema: { default_value: USUAL_ROWS },
		},
	],
	minWidth: 18,
	minHeight: 12,
});
