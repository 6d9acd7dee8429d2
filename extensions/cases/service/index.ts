import { defineInterface } from '@directus/extensions-sdk';
import service from './service.vue';

/** The service of a case: it brings ledger and title along, tells what the errand takes, and points out a case that is open already. */
export default defineInterface({
	id: 'doorstep-service',
	name: '$t:doorstep_interface_service',
	icon: 'menu_book',
	component: service,
	types: ['uuid'],
	localTypes: ['m2o'],
	group: 'relational',
	relational: true,
	options: null,
	recommendedDisplays: ['related-values'],
});
