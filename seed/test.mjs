/** `npm test`: from a fresh clone to the verdict of all tests. What follows `--` is handed to vitest. */
import process from 'node:process';
import { buildWhenNeeded, commandOf, installWhenNeeded, requireNode, runNode } from './prepare.mjs';

requireNode();
await installWhenNeeded();
await buildWhenNeeded();
process.exitCode = await runNode([commandOf('vitest', 'vitest'), 'run', ...process.argv.slice(2)]);
