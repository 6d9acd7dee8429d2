/** A Redis of a test's own, which may go away. */
import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../../seed/instance.js';
import { answers, findPrograms } from './services.js';

export interface Redis {
	url: string;
	start(): Promise<void>;
	stop(): Promise<void>;
}

const HOST = '127.0.0.1';
const PROGRAM = 'redis-server';

/** Null, and one loud line, where there is none. */
export async function startRedis(): Promise<Redis | null> {
	const bin = findPrograms([PROGRAM]);
	if (bin === null) return null;
	const port = await freePort(HOST);
	let server: ChildProcess | undefined;
	const start = async (): Promise<void> => {
		const given = ['--bind', HOST, '--port', String(port), '--save', '', '--appendonly', 'no'];
		server = spawn(join(bin, PROGRAM), given, { stdio: 'ignore' });
		while (!(await answers(HOST, port))) {
			if (server.exitCode !== null) throw new Error('Redis did not start.');
			await sleep(50);
		}
	};
	const stop = async (): Promise<void> => {
		if (server === undefined || server.exitCode !== null || server.signalCode !== null) return;
		const ended = new Promise((resolve) => server?.once('exit', resolve));
		server.kill('SIGKILL');
		await ended;
	};
	process.once('exit', () => server?.kill('SIGKILL'));
	await start();
	return { url: `redis://${HOST}:${port}`, start, stop };
}
