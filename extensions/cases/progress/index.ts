import { defineInterface } from '@directus/extensions-sdk';
import progress from './progress.vue';

/** Where a case stands, what happened, and what this person can do now. */
export default defineInterface({
	id: 'doorstep-case',
	name: '$t:doorstep_interface_case',
	icon: 'timeline',
	component: progress,
	types: ['alias'],
	localTypes: ['presentation'],
	group: 'presentation',
	hideLabel: true,
	hideLoader: true,
	options: null,
});
