/** A second extension beside ours: code of somebody else's, with all that Directus gives to extensions. */
import { cp, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inject } from 'vitest';
import type { Answer, Client } from './request.js';
import { newHome } from './template.js';

/** A call of a service of Directus's, or a statement for the database. */
export type Call =
	| {
			service: 'ItemsService' | 'FieldsService';
			/** The collection, for services of one. */
			of?: string;
			method: string;
			args: unknown[];
			/** Whose rights it has: everybody's, where it is nobody. */
			as: 'caller' | 'nobody';
	  }
	| { sql: string; bindings: readonly unknown[] };

const NAME = 'directus-extension-estate-code';
const MANIFEST = {
	...{ name: NAME, version: '1.0.0', type: 'module' },
	'directus:extension': { type: 'endpoint', path: 'index.mjs', source: 'index.mjs', host: '*' },
};
const CODE = `
export default {
	id: 'estate-code',
	handler: (router, { services, database, getSchema }) => {
		const run = async ({ body, accountability }) => {
			if (body.sql) return void (await database.raw(body.sql, body.bindings));
			const options = { knex: database, schema: await getSchema(), accountability: body.as === 'caller' ? accountability : null };
			const Service = services[body.service];
			const service = body.of ? new Service(body.of, options) : new Service(options);
			return service[body.method](...body.args);
		};
		router.post('/', (request, response, next) => {
			run(request).then((data) => response.json({ data: data ?? null }), next);
		});
	},
};
`;

/** Settings of an instance that runs such code too. @example startProvisioned({ env: await withCustomCode() }) */
export async function withCustomCode(): Promise<{ EXTENSIONS_PATH: string }> {
	const extensions = join(await newHome(), 'extensions');
	await cp(inject('template').extensions, extensions, { recursive: true });
	await mkdir(join(extensions, NAME));
	await writeFile(join(extensions, NAME, 'package.json'), JSON.stringify(MANIFEST));
	await writeFile(join(extensions, NAME, 'index.mjs'), CODE);
	return { EXTENSIONS_PATH: extensions };
}

export function runCode(client: Client, call: Call): Promise<Answer<unknown>> {
	return client.request('POST', '/estate-code', call);
}

/** Takes a field away past everything that Directus would ask about it, as a database's owner could. */
export async function loseField(admin: Client, collection: string, field: string): Promise<void> {
	const call: Call = {
		...{ service: 'FieldsService', method: 'deleteField', as: 'nobody' },
		args: [collection, field, { emitEvents: false }],
	};
	const answer = await runCode(admin, call);
	if (answer.status >= 300) throw new Error(answer.raw.toString());
	// Nobody was told. Any other change of the model makes us look at once, and not within a minute.
	await admin.ok('PATCH', '/collections/doorstep_cases', { meta: {} });
}
