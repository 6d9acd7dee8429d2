import { readFile } from 'node:fs/promises';
import type { KnipConfig } from 'knip';

/** What nobody imports is used all the same: by Directus, by npm, by a person at a terminal. */
export default async function config(): Promise<KnipConfig> {
	const manifest = JSON.parse(await readFile(new URL('package.json', import.meta.url), 'utf8')) as {
		'directus:extension': { entries: { source: string | { app: string; api: string } }[] };
	};
	const sources = manifest['directus:extension'].entries.flatMap(({ source }) =>
		typeof source === 'string' ? [source] : [source.app, source.api],
	);
	return {
		// A sweeper is a process of its own, forked by its path.
		entry: [...sources, 'seed/*.mjs', 'seed/start.ts', 'tests/faults/sweeper.ts'],
		project: ['extensions/**/*.{ts,vue}', 'seed/**/*.{ts,mjs}', 'tests/**/*.ts'],
		// Started as processes, or brought by Directus for knex to find.
		ignoreDependencies: ['directus', 'pg', 'sqlite3'],
		// Of fontconfig, asked where it is there.
		ignoreBinaries: ['fc-list'],
		ignoreExportsUsedInFile: { interface: true, type: true },
	};
}
