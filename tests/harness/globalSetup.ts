import type { TestProject } from 'vitest/node';
import type { DatabaseKind } from './database.js';
import { prepareTemplate, type Template } from './template.js';

declare module 'vitest' {
	export interface ProvidedContext {
		database: DatabaseKind;
		template: Template;
	}
}

/** Once for each integration project, before its first test file. */
export default async function setup(project: TestProject): Promise<void> {
	project.provide('template', await prepareTemplate(project.getProvidedContext().database));
}
