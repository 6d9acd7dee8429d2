import { defineInterface } from '@directus/extensions-sdk';
import files from './files.vue';

/** Attachments of a step; they belong to its case as soon as the step is saved. */
export default defineInterface({
	id: 'doorstep-files',
	name: '$t:doorstep_interface_files',
	icon: 'attach_file',
	component: files,
	types: ['csv'],
	group: 'other',
	options: null,
});
