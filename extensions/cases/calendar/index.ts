import { defineInterface } from '@directus/extensions-sdk';
import calendar from './calendar.vue';

/** The working calendar by years and months; a click turns a day. */
export default defineInterface({
	id: 'doorstep-calendar',
	name: '$t:doorstep_interface_calendar',
	icon: 'calendar_month',
	component: calendar,
	types: ['alias'],
	localTypes: ['presentation'],
	group: 'presentation',
	options: null,
});
