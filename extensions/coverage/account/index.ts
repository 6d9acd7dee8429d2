import { defineInterface } from '@directus/extensions-sdk';
import account from './account.vue';

/** The log-in of an official: chosen by those who manage users, and for everybody else whether there is one. */
export default defineInterface({
	id: 'doorstep-account',
	name: '$t:doorstep_interface_account',
	icon: 'account_circle',
	component: account,
	types: ['uuid'],
	localTypes: ['m2o'],
	group: 'relational',
	relational: true,
	options: null,
	recommendedDisplays: ['related-values'],
});
