import { defineModule } from '@directus/extensions-sdk';
import type { CollectionPermissions } from '@directus/types';
import { beginWithThePage } from '../../platform/studio/narrow.js';
import { LISTED } from '../lists.js';
import { keepBadge } from './badge.js';
import home from './home.vue';

/** The way in: what waits for somebody, list by list. For those who see cases, and for administrators, who install it. */
export default defineModule({
	id: 'doorstep',
	name: '$t:doorstep_module',
	icon: 'door_front',
	routes: [{ path: '', component: home }],
	preRegisterCheck(user, permissions) {
		const actions: Partial<CollectionPermissions> | undefined = permissions[LISTED];
		const access = actions?.read?.access;
		const seesCases = access === 'partial' || access === 'full';
		// Directus asks at every log-in, and nothing else of a module runs outside its own page.
		const isOurs = user.admin_access || seesCases;
		if (isOurs) {
			keepBadge();
			beginWithThePage();
		}
		return isOurs;
	},
});
