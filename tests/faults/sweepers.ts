import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { DatabaseSettings } from '../harness/database.js';

export interface Sweeper {
	/** As a power cut would end it. */
	kill(): Promise<void>;
}

/** Starts a process that only sweeps, and waits until it begins. It ends with the one that called this. */
export async function startSweeper(database: DatabaseSettings): Promise<Sweeper> {
	const child: ChildProcess = fork(join(import.meta.dirname, 'sweeper.ts'), [JSON.stringify(database)], {
		execArgv: ['--import', 'tsx'],
	});
	const exited = once(child, 'exit');
	await Promise.race([
		once(child, 'message'),
		exited.then(([code]) => {
			throw new Error(`A sweeper ended by itself with exit code ${String(code)}.`);
		}),
	]);
	return {
		async kill() {
			child.kill('SIGKILL');
			await exited;
		},
	};
}
