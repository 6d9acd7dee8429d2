import { definePanel } from '@directus/extensions-sdk';
import { RHYTHMS } from '../../platform/windows.js';
import { OVER_TIME } from '../figure/trend.js';
import { choiceField, choicesOf, WHOSE_AND_WHEN } from '../studio/options.js';
import heat from './heat.vue';

/** One figure of each village, window by window or by ledger. */
export default definePanel({
	id: 'doorstep-heat',
	name: '$t:doorstep_panel_heat',
	description: '$t:doorstep_panel_heat_note',
	icon: 'grid_on',
	component: heat,
	options: [
		choiceField('figure', choicesOf('figure', OVER_TIME), 'became_late'),
		choiceField('across', choicesOf('dimension', [...RHYTHMS, 'ledger']), 'week'),
		...WHOSE_AND_WHEN,
	],
	minWidth: 18,
	minHeight: 12,
});
