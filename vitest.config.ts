import { defineConfig, type TestProjectInlineConfiguration } from 'vitest/config';
import { LONG } from './tests/faults/length.js';
import { findChromium } from './tests/harness/chromium.js';
import { findService } from './tests/harness/services.js';

/** The same files on either database; `*.pg.test.ts` are about what only PostgreSQL has. */
function integration(database: 'sqlite' | 'postgres'): TestProjectInlineConfiguration {
	return {
		test: {
			name: `integration:${database}`,
			include: ['tests/integration/**/*.test.ts'],
			exclude: database === 'sqlite' ? ['**/*.pg.test.ts'] : [],
			globalSetup: ['tests/harness/globalSetup.ts'],
			provide: { database },
			// A Directus boots in 3-5 s alone, and in two or three times that beside another.
			testTimeout: 60_000,
			hookTimeout: 120_000,
			sequence: { groupOrder: 1 },
		},
	};
}

/** The studio in a real browser. On one database only: what it shows comes from the API, which is tested on both. */
const BROWSER: TestProjectInlineConfiguration = {
	test: {
		name: 'browser',
		include: ['tests/browser/**/*.test.ts'],
		globalSetup: ['tests/harness/globalSetup.ts'],
		provide: { database: 'sqlite' },
		// A Directus and a Chromium fill two cores: one file at a time, after all others.
		maxWorkers: 1,
		sequence: { groupOrder: 2 },
		testTimeout: 60_000,
		hookTimeout: 120_000,
	},
};

/** What may befall an instance and what it stands on. One file at a time, after all others: each takes the machine to its limits. */
function faults(database: 'sqlite' | 'postgres'): TestProjectInlineConfiguration {
	return {
		test: {
			name: `faults:${database}`,
			include: ['tests/faults/**/*.test.ts'],
			exclude: database === 'sqlite' ? ['**/*.pg.test.ts'] : [],
			globalSetup: ['tests/harness/globalSetup.ts'],
			provide: { database },
			maxWorkers: 1,
			sequence: { groupOrder: database === 'sqlite' ? 3 : 4 },
			testTimeout: LONG ? 14_400_000 : 900_000,
			hookTimeout: 120_000,
		},
	};
}

export default defineConfig(async () => ({
	test: {
		maxWorkers: 2,
		projects: [
			{ test: { name: 'unit', include: ['tests/unit/**/*.test.ts'], testTimeout: 20_000 } },
			integration('sqlite'),
			faults('sqlite'),
			...((await findService('PostgreSQL')) === null ? [] : [integration('postgres'), faults('postgres')]),
			...(findChromium() === null ? [] : [BROWSER]),
		],
	},
}));
