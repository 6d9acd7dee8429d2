import { defineDisplay } from '@directus/extensions-sdk';
import light from './light.vue';

/** The light of a case with the time left, for any field that holds the id of one. */
export default defineDisplay({
	id: 'doorstep-light',
	name: '$t:doorstep_display_light',
	icon: 'traffic',
	component: light,
	types: ['uuid'],
	options: null,
});
