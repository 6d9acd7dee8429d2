import { defineInterface } from '@directus/extensions-sdk';
import erase from './erase.vue';

/** The button by which an administrator erases the personal data of a household. */
export default defineInterface({
	id: 'doorstep-erase',
	name: '$t:doorstep_interface_erase',
	icon: 'delete_forever',
	component: erase,
	types: ['alias'],
	localTypes: ['presentation'],
	group: 'presentation',
	options: null,
});
