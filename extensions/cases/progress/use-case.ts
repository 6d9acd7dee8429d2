import { useApi } from '@directus/extensions-sdk';
import { computed, onBeforeUnmount, onMounted, ref, watch, type ComputedRef, type Ref } from 'vue';
import { newestOnly } from '../../platform/studio/pick.js';
import { useReasons } from '../../platform/studio/reasons.js';
import { refusedOf, type Refused } from '../../platform/studio/refused.js';
import type { Possible } from '../possible.js';
import { SHOWN_QUERY, type ShownCase, type ShownFile } from './shown.js';

/** So often it is looked whether somebody else has acted meanwhile. */
const LOOK_EVERY_MS = 30_000;

export interface CaseInView {
	shown: Ref<ShownCase | null>;
	files: Ref<Map<string, ShownFile>>;
	possible: Ref<Possible | null>;
	/** Why it could not be read, in words. */
	fault: Ref<string | null>;
	loading: Ref<boolean>;
	/** The server's time in milliseconds: a phone's clock may be wrong, and the deadline is the server's. */
	now: ComputedRef<number>;
	reload: () => Promise<void>;
}

/**
 * A case with its steps and what the viewer can do, kept fresh while it is on screen; to be called in a component's set-up.
 *
 * @param id null while a case is new
 * @param clock ticking local time in milliseconds
 */
export function useCase(id: Ref<string | null>, clock: Ref<number>): CaseInView {
	const { ahead, look: lookNow, ...read } = caseRead(useApi(), id, useReasons());
	const look = (): void => {
		if (!document.hidden) void lookNow();
	};
	let timer: ReturnType<typeof setInterval> | undefined;
	onMounted(() => {
		timer = setInterval(look, LOOK_EVERY_MS);
		document.addEventListener('visibilitychange', look);
	});
	onBeforeUnmount(() => {
		clearInterval(timer);
		document.removeEventListener('visibilitychange', look);
	});
	return { ...read, now: computed(() => clock.value + ahead.value) };
}

interface CaseRead extends Omit<CaseInView, 'now'> {
	/** By how much the server's clock is ahead of this one, in milliseconds. */
	ahead: Ref<number>;
	/** Asks little; reads all again only where somebody has added a step. A failed look is made good by the next one. */
	look: () => Promise<void>;
}

/** A case, read again whenever another one is meant. Answers about the one before, and older answers, count no more. */
export function caseRead(
	api: Pick<ReturnType<typeof useApi>, 'get'>,
	id: Ref<string | null>,
	why: (refused: Refused) => string,
): CaseRead {
	const shown = ref<ShownCase | null>(null);
	const files = ref(new Map<string, ShownFile>());
	const possible = ref<Possible | null>(null);
	const fault = ref<string | null>(null);
	const loading = ref(false);
	const ahead = ref(0);
	const questions = newestOnly();

	/** @returns null where the viewer does not see the case, or not any more */
	const askPossible = async (caseId: string): Promise<Possible | null> => {
		const answer = await api.get<{ data: { now: string; cases: Possible[] } }>('/doorstep/cases/possible', {
			params: { ids: caseId },
		});
		ahead.value = Date.parse(answer.data.data.now) - Date.now();
		return answer.data.data.cases[0] ?? null;
	};

	const askFiles = async (caseId: string): Promise<Map<string, ShownFile>> => {
		const answer = await api.get<{ data: ShownFile[] }>('/files', {
			params: { filter: { doorstep_case: { _eq: caseId } }, fields: ['id', 'title', 'type'], limit: -1 },
		});
		return new Map(answer.data.data.map((file) => [file.id, file]));
	};

	const reload = async (): Promise<void> => {
		const isNewest = questions.ask();
		const caseId = id.value;
		loading.value = caseId !== null;
		if (caseId === null) return;
		try {
			const [read, offered] = await Promise.all([
				api.get<{ data: ShownCase }>(`/items/doorstep_cases/${caseId}`, { params: SHOWN_QUERY }),
				askPossible(caseId),
			]);
			const attached = read.data.data.steps.some((step) => step.files !== null && step.files.length > 0);
			const found = attached ? await askFiles(caseId) : new Map<string, ShownFile>();
			if (!isNewest()) return;
			shown.value = read.data.data;
			files.value = found;
			possible.value = offered;
			fault.value = null;
		} catch (error) {
			if (!isNewest()) return;
			const refused = refusedOf(error);
			fault.value = why(refused);
			// Whoever may not read it any more, as after handing it away, has nothing to do with it either.
			if (refused.code !== null) possible.value = null;
		} finally {
			if (isNewest()) loading.value = false;
		}
	};

	const look = async (): Promise<void> => {
		const caseId = id.value;
		if (caseId === null || loading.value) return;
		const isNewest = questions.ask();
		const offered = await askPossible(caseId).catch(() => undefined);
		if (offered === undefined || !isNewest()) return;
		if (offered !== null && offered.seq !== shown.value?.seq) await reload();
		else possible.value = offered;
	};

	const begin = (): void => {
		shown.value = null;
		files.value = new Map();
		possible.value = null;
		fault.value = null;
		void reload();
	};
	watch(id, begin, { immediate: true, flush: 'sync' });

	return { shown, files, possible, fault, loading, ahead, reload, look };
}
