import { defineInterface } from '@directus/extensions-sdk';
import Ladder from './ladder.vue';

/** The whole ladder that a rule belongs to, on a time line around the deadline, and what saving the rule would do. */
export default defineInterface({
	id: 'doorstep-ladder',
	name: '$t:doorstep_interface_ladder',
	icon: 'stairs',
	component: Ladder,
	types: ['alias'],
	localTypes: ['presentation'],
	group: 'presentation',
	options: null,
});
