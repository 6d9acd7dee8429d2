import { defineHook } from '@directus/extensions-sdk';
import { platformOf } from '../platform/context.js';
import { installationOf } from '../platform/installation.js';
import { OVERSIGHT_OBJECTS } from './database.js';

export default defineHook((_register, context) => {
	installationOf(platformOf(context).database).objects.push(...OVERSIGHT_OBJECTS);
});
