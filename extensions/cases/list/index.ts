import { defineLayout } from '@directus/extensions-sdk';
import { CASES_LAYOUT } from '../lists.js';
import actions from './actions.vue';
import list from './list.vue';
import { caseList } from './setup.js';
import type { ListQuery } from './shown.js';

/** Cases as officials work through them: light and time left first, and what can be done for several at once. */
export default defineLayout<null, ListQuery | null>({
	id: CASES_LAYOUT,
	name: '$t:doorstep_layout_cases',
	icon: 'checklist',
	component: list,
	slots: { options: () => undefined, sidebar: () => undefined, actions },
	setup: caseList,
});
