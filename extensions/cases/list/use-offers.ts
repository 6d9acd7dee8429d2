import { useApi } from '@directus/extensions-sdk';
import { computed, ref, watch, type ComputedRef, type Ref } from 'vue';
import { refusedOf } from '../../platform/studio/refused.js';
import { offersFor, type Offer } from './offers.js';
import type { Possible } from './shown.js';

/** The server looks at so many cases in one request. */
const MOST = 100;
/** Somebody who ticks a row after the other is asked about once. */
const QUIET_MS = 150;

export interface Offers {
	offers: ComputedRef<Offer[]>;
	possible: Ref<Map<string, Possible>>;
	looking: Ref<boolean>;
	/** Why it could not be read, in words. */
	fault: Ref<string | null>;
	lookAgain: () => void;
}

/**
 * What can be done for the selected cases. What is known of a case is kept until something was done.
 *
 * @param revision whenever it changes, everything is asked anew
 */
export function useOffers(selection: Ref<readonly string[]>, revision: Ref<number>): Offers {
	const api = useApi();
	const possible = ref(new Map<string, Possible>());
	const looking = ref(false);
	const fault = ref<string | null>(null);
	let timer: ReturnType<typeof setTimeout> | undefined;

	const look = async (): Promise<void> => {
		const at = revision.value;
		const ids = selection.value.filter((id) => !possible.value.has(id));
		if (ids.length === 0) return;
		looking.value = true;
		fault.value = null;
		try {
			for (let from = 0; from < ids.length; from += MOST) {
				const params = { ids: ids.slice(from, from + MOST).join(',') };
				const answer = await api.get<{ data: { cases: Possible[] } }>('/doorstep/cases/possible', { params });
				if (at !== revision.value) return;
				for (const found of answer.data.data.cases) possible.value.set(found.id, found);
			}
		} catch (error) {
			fault.value = refusedOf(error).message;
		} finally {
			looking.value = false;
		}
	};
	const soon = (): void => {
		clearTimeout(timer);
		timer = setTimeout(() => void look(), QUIET_MS);
	};
	watch(revision, () => possible.value.clear());
	watch([selection, revision], soon, { immediate: true });

	const offers = computed(() => offersFor(selection.value, possible.value));
	return { offers, possible, looking, fault, lookAgain: soon };
}
