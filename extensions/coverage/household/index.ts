import { defineInterface } from '@directus/extensions-sdk';
import household from './household.vue';

/** The household of a case, found by name, pinyin, initials, phone or code. */
export default defineInterface({
	id: 'doorstep-household',
	name: '$t:doorstep_interface_household',
	icon: 'home',
	component: household,
	types: ['uuid'],
	localTypes: ['m2o'],
	group: 'relational',
	relational: true,
	options: null,
	recommendedDisplays: ['related-values'],
});
