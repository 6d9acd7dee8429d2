/** A disk that a test can fill to the last byte. */
import { execFile } from 'node:child_process';
import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { absent } from './services.js';

export interface SmallDisk {
	/** A folder on it. */
	path: string;
	/** Leaves not a byte. */
	fill(): Promise<void>;
	/** Gives back what `fill` has taken. */
	clear(): Promise<void>;
	remove(): Promise<void>;
}

const run = promisify(execFile);
const BLOCK = 4096;

/** Null, and one loud line, where this process may not mount: only root may, and not in every container. */
export async function mountSmallDisk(megabytes: number): Promise<SmallDisk | null> {
	const path = await mkdtemp(join(tmpdir(), 'doorstep-disk-'));
	try {
		await run('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m,mode=0755`, 'tmpfs', path]);
	} catch {
		await rm(path, { recursive: true });
		return absent('a disk of its own', 'This process may not mount one');
	}
	const filler = join(path, 'filler');
	return {
		path,
		fill: () => fill(filler),
		clear: () => rm(filler, { force: true }),
		async remove() {
			await run('umount', ['--lazy', path]);
			await rm(path, { recursive: true, force: true });
		},
	};
}

async function fill(path: string): Promise<void> {
	const file = await open(path, 'a');
	try {
		for (;;) await file.write(Buffer.alloc(BLOCK));
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
	} finally {
		await file.close();
	}
}
