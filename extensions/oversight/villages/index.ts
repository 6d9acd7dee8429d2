import { definePanel } from '@directus/extensions-sdk';
import { FIGURES } from '../figures.js';
import { choicesOf, WHOSE_AND_WHEN } from '../studio/options.js';
import { FIGURES_COMPARED } from './compared.js';
import villages from './villages.vue';

/** Some figures of each village side by side, in the villages' own order. */
export default definePanel({
	id: 'doorstep-villages',
	name: '$t:doorstep_panel_villages',
	description: '$t:doorstep_panel_villages_note',
	icon: 'holiday_village',
	component: villages,
	options: [
		{
			field: 'figures',
			name: '$t:doorstep_option_figures',
			type: 'json',
			meta: {
				interface: 'select-multiple-dropdown',
				width: 'full',
				options: { choices: choicesOf('figure', FIGURES) },
			},
			schema: { default_value: [...FIGURES_COMPARED] },
		},
		...WHOSE_AND_WHEN,
	],
	minWidth: 22,
	minHeight: 12,
});
