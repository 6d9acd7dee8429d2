import { useApi } from '@directus/extensions-sdk';
import { onBeforeUnmount, shallowRef, watch, type Ref } from 'vue';
import { newestOnly } from '../../platform/studio/pick.js';
import { useReasons } from '../../platform/studio/reasons.js';
import { refusedOf } from '../../platform/studio/refused.js';
import { createAsking, type Asking } from './asking.js';
import { everyMinute } from './every-minute.js';

/** What a panel shows, and how it stands with it. */
export interface Answer<T> {
	/** The newest that came; it stays while a newer one is awaited or could not be had. */
	answer: Ref<T | null>;
	/** When it came. */
	at: Ref<Date | null>;
	/** Why the last question was not answered, in words. */
	fault: Ref<string | null>;
	look: () => Promise<void>;
}

type Api = ReturnType<typeof useApi>;
/** All panels ask through the one client that the studio hands out. */
const askings = new WeakMap<Api, Asking>();

function askingBy(api: Api): Asking {
	const asking =
		askings.get(api) ??
		createAsking(async (path, params) => (await api.get<{ data: unknown }>(path, { params })).data.data);
	askings.set(api, asking);
	return asking;
}

/**
 * Asks when the panel stands, whenever what it is set to changes, every minute, and when the page is seen again; to be called in a
 * component's set-up.
 *
 * @param settings what the question depends on
 */
export function useAnswer<T>(settings: () => unknown, question: (asking: Asking) => Promise<T>): Answer<T> {
	const asking = askingBy(useApi());
	const why = useReasons();
	const answer = shallowRef<T | null>(null);
	const at = shallowRef<Date | null>(null);
	const fault = shallowRef<string | null>(null);
	const questions = newestOnly();

	const look = async (): Promise<void> => {
		const isNewest = questions.ask();
		try {
			const found = await question(asking);
			if (!isNewest()) return;
			answer.value = found;
			at.value = new Date();
			fault.value = null;
		} catch (error) {
			if (isNewest()) fault.value = why(refusedOf(error));
		}
	};
	watch(() => JSON.stringify(settings()), look, { immediate: true });
	onBeforeUnmount(everyMinute(() => void look()));
	return { answer, at, fault, look };
}
