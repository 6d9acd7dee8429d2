import { defineInterface } from '@directus/extensions-sdk';
import official from './official.vue';

/** An official who can act: one with a log-in. */
export default defineInterface({
	id: 'doorstep-official',
	name: '$t:doorstep_interface_official',
	icon: 'badge',
	component: official,
	types: ['uuid'],
	localTypes: ['m2o'],
	group: 'relational',
	relational: true,
	options: null,
	recommendedDisplays: ['related-values'],
});
