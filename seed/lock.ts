/** A file that says who works here. Whoever dies without removing it is found dead by the next one. */
import { link, readFile, rm, writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';

export interface Lock {
	release(): Promise<void>;
}

/** Takes the lock, or gives the id of the living process that holds it. */
export async function takeLock(file: string): Promise<Lock | { heldBy: number }> {
	const self = `${process.pid} ${await bornAt(process.pid)}`;
	const draft = `${file}.${process.pid}`;
	await writeFile(draft, self);
	try {
		// A link appears whole or not at all: nobody reads a lock that is half written.
		while (!(await linked(draft, file))) {
			const holder = await livingHolder(file);
			if (holder !== null) return { heldBy: holder };
			await rm(file, { force: true });
		}
	} finally {
		await rm(draft, { force: true });
	}
	return { release: () => rm(file, { force: true }) };
}

/** Takes the lock as soon as whoever holds it lets go. */
export async function waitForLock(file: string): Promise<Lock> {
	for (;;) {
		const lock = await takeLock(file);
		if ('release' in lock) return lock;
		await sleep(200);
	}
}

async function linked(from: string, to: string): Promise<boolean> {
	try {
		await link(from, to);
		return true;
	} catch (error) {
		if (codeOf(error) === 'EEXIST') return false;
		throw error;
	}
}

async function livingHolder(file: string): Promise<number | null> {
	const [pid = '', born = ''] = (await read(file)).split(' ');
	if (!isAlive(Number(pid)) || (await bornAt(Number(pid))) !== born) return null;
	return Number(pid);
}

/** Whether a process of this machine still runs. */
export function isAlive(pid: number): boolean {
	if (!Number.isInteger(pid) || pid <= 0) return false;
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		return codeOf(error) === 'EPERM';
	}
}

/** Ids are given out again, in containers the same ones every time; together with the start they are unique. Empty where the system does not say. */
async function bornAt(pid: number): Promise<string> {
	const afterName = (await read(`/proc/${pid}/stat`)).split(') ').at(-1) ?? '';
	return afterName.split(' ')[19] ?? '';
}

/** Empty if the file is not, or no longer, there. */
async function read(file: string): Promise<string> {
	try {
		return await readFile(file, 'utf8');
	} catch (error) {
		if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ESRCH') return '';
		throw error;
	}
}

function codeOf(error: unknown): string | undefined {
	return (error as NodeJS.ErrnoException).code;
}
