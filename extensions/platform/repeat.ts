/**
 * Runs a task again and again, each time so many seconds after the last run ended, until the process ends; it does not keep the
 * process alive. Failures go to `failed` and do not stop it.
 */
export function repeat(seconds: number, task: () => Promise<void>, failed: (error: unknown) => void): void {
	const next = (): void => {
		setTimeout(() => {
			task().catch(failed).finally(next);
		}, seconds * 1000).unref();
	};
	next();
}

/**
 * A task that answers a burst of calls with one run, a moment after the last of them; a call during a run brings another one after.
 */
export function coalesced(task: () => Promise<void>, failed: (error: unknown) => void): () => void {
	const QUIET_MS = 50;
	let timer: NodeJS.Timeout | undefined;
	let running = Promise.resolve();
	return () => {
		clearTimeout(timer);
		timer = setTimeout(() => {
			running = running.then(task).catch(failed);
		}, QUIET_MS);
	};
}
