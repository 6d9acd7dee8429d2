/** `npm test`: from a fresh clone to the verdict of all tests. What follows `--` is handed to vitest. */
import process from 'node:process';
import {
	buildWhenNeeded,
	commandOf,
	installBrowserWhenNeeded,
	installWhenNeeded,
	requireNode,
	runNode,
} from './prepare.mjs';

const args = process.argv.slice(2);

requireNode();
await installWhenNeeded();
await buildWhenNeeded();
// Whoever asks for a part of the tests waits for no browser that they do not need.
if (args.length === 0 || args.some((arg) => arg.includes('browser'))) await installBrowserWhenNeeded();
process.exitCode = await runNode([commandOf('vitest', 'vitest'), 'run', ...args]);
