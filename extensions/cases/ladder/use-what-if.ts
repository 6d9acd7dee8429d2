import { useApi } from '@directus/extensions-sdk';
import { onBeforeUnmount, ref, watch, type Ref } from 'vue';
import { refusedOf } from '../../platform/studio/refused.js';

/** What saving would do to open cases, as the server counts it. */
export interface Effect {
	open: number;
	moves: number;
	raises: number;
}

export type WhatIfState =
	| { state: 'idle' }
	| { state: 'counting' }
	| { state: 'counted'; effect: Effect }
	/** Saving would be refused. */
	| { state: 'refused'; why: string }
	| { state: 'failed'; why: string };

/** So long nobody has to have typed before the server is asked. */
const QUIET_MS = 500;

/**
 * Asks the server what saving would do, whenever the question has changed and a moment has passed. To be called in a component's
 * set-up.
 *
 * @param question as the route takes it; undefined where there is nothing to ask
 */
export function useWhatIf(question: Ref<Record<string, unknown> | undefined>): {
	shown: Ref<WhatIfState>;
	ask: () => void;
} {
	const api = useApi();
	const shown = ref<WhatIfState>({ state: 'idle' });
	let timer: ReturnType<typeof setTimeout> | undefined;
	let current: AbortController | undefined;

	function stop(): void {
		clearTimeout(timer);
		current?.abort();
	}

	function ask(): void {
		stop();
		const sent = question.value;
		shown.value = { state: sent === undefined ? 'idle' : 'counting' };
		if (sent !== undefined) timer = setTimeout(() => void send(sent), QUIET_MS);
	}

	async function send(sent: Record<string, unknown>): Promise<void> {
		const mine = (current = new AbortController());
		try {
			const answer = await api.post<{ data: Effect }>('/doorstep/ladder/what-if', sent, {
				signal: mine.signal,
			});
			if (mine === current) shown.value = { state: 'counted', effect: answer.data.data };
		} catch (error) {
			if (mine.signal.aborted || mine !== current) return;
			const { code, message } = refusedOf(error);
			const isRefused = code?.startsWith('DOORSTEP_') === true && code !== 'DOORSTEP_UNAVAILABLE';
			shown.value = { state: isRefused ? 'refused' : 'failed', why: message };
		}
	}

	watch(() => JSON.stringify(question.value), ask, { immediate: true });
	onBeforeUnmount(stop);
	return { shown, ask };
}
