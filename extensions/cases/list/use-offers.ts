import { useApi } from '@directus/extensions-sdk';
import { computed, onScopeDispose, ref, watch, type ComputedRef, type Ref } from 'vue';
import { newestOnly } from '../../platform/studio/pick.js';
import { useReasons } from '../../platform/studio/reasons.js';
import { refusedOf, type Refused } from '../../platform/studio/refused.js';
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

/** What can be done for the selected cases; to be called in a component's set-up. */
export function useOffers(selection: Ref<readonly string[]>, revision: Ref<number>): Offers {
	return offersOf(useApi(), { selection, revision, why: useReasons() });
}

/**
 * What can be done for the selected cases. What is known of a case is kept until the rows are read again; then it stands until its
 * new answer is there, so that no button jumps from under a finger.
 *
 * @param revision whenever it changes, everything is asked anew
 */
export function offersOf(
	api: Pick<ReturnType<typeof useApi>, 'get'>,
	{
		selection,
		revision,
		why,
	}: { selection: Ref<readonly string[]>; revision: Ref<number>; why: (refused: Refused) => string },
): Offers {
	const possible = ref(new Map<string, Possible>());
	const looking = ref(false);
	const fault = ref<string | null>(null);
	const questions = newestOnly();
	/** Cases of which `possible` says what the server said last. */
	const fresh = new Set<string>();
	let timer: ReturnType<typeof setTimeout> | undefined;

	const ask = async (ids: readonly string[]): Promise<Possible[]> => {
		const params = { ids: ids.join(',') };
		const answer = await api.get<{ data: { cases: Possible[] } }>('/doorstep/cases/possible', { params });
		return answer.data.data.cases;
	};
	const take = (ids: readonly string[], answers: readonly Possible[]): void => {
		// A case that somebody does not see any more is left out of the answer.
		for (const id of ids) possible.value.delete(id);
		for (const found of answers) possible.value.set(found.id, found);
		for (const id of ids) fresh.add(id);
	};
	const look = async (): Promise<void> => {
		const isNewest = questions.ask();
		const ids = selection.value.filter((id) => !fresh.has(id));
		looking.value = ids.length > 0;
		fault.value = null;
		try {
			for (let from = 0; from < ids.length; from += MOST) {
				const some = ids.slice(from, from + MOST);
				const answers = await ask(some);
				if (!isNewest()) return;
				take(some, answers);
			}
		} catch (error) {
			if (isNewest()) fault.value = why(refusedOf(error));
		} finally {
			if (isNewest()) looking.value = false;
		}
	};
	const soon = (): void => {
		clearTimeout(timer);
		timer = setTimeout(() => void look(), QUIET_MS);
	};
	watch(
		revision,
		() => {
			fresh.clear();
			// An answer that is under way is as old as the rows before.
			questions.ask();
		},
		{ flush: 'sync' },
	);
	watch([selection, revision], soon, { immediate: true });
	onScopeDispose(() => clearTimeout(timer));

	const offers = computed(() => offersFor(selection.value, possible.value));
	return { offers, possible, looking, fault, lookAgain: soon };
}
