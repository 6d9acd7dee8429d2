import { definePanel } from '@directus/extensions-sdk';
import { RHYTHMS } from '../../platform/windows.js';
import { FIGURES } from '../figures.js';
import { choiceField, choicesOf, WHOSE_AND_WHEN } from '../studio/options.js';
import figure from './figure.vue';

/** One figure: its value with the counts behind it, against the period before, and over time. */
export default definePanel({
	id: 'doorstep-figure',
	name: '$t:doorstep_panel_figure',
	description: '$t:doorstep_panel_figure_note',
	icon: 'monitoring',
	component: figure,
	options: [
		choiceField('figure', choicesOf('figure', FIGURES), 'late_cases'),
		...WHOSE_AND_WHEN,
		choiceField('trend', choicesOf('dimension', RHYTHMS), 'week'),
	],
	minWidth: 10,
	minHeight: 8,
});
