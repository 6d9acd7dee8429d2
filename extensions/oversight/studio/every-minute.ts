const MINUTE_MS = 60_000;

const callbacks = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;

/**
 * Calls back every minute while the page is seen, and at once when it is seen again. All at the same moment, so that panels can ask together.
 *
 * @returns what ends it
 */
export function everyMinute(callback: () => void): () => void {
	callbacks.add(callback);
	if (timer === undefined) {
		timer = setInterval(call, MINUTE_MS);
		document.addEventListener('visibilitychange', call);
	}
	return () => {
		callbacks.delete(callback);
		if (callbacks.size > 0) return;
		clearInterval(timer);
		timer = undefined;
		document.removeEventListener('visibilitychange', call);
	};
}

function call(): void {
	if (document.visibilityState === 'hidden') return;
	for (const callback of callbacks) callback();
}
