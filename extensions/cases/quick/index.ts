import { defineInterface } from '@directus/extensions-sdk';
import quick from './quick.vue';

/** Result and feedback of something settled on the spot, saved together with the new case (F2, F5). */
export default defineInterface({
	id: 'doorstep-quick',
	name: '$t:doorstep_interface_quick',
	icon: 'task_alt',
	component: quick,
	types: ['alias'],
	localTypes: ['o2m'],
	group: 'relational',
	hideLabel: true,
	options: null,
});
