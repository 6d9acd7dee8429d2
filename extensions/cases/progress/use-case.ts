import { useApi } from '@directus/extensions-sdk';
import { computed, onBeforeUnmount, onMounted, ref, watch, type ComputedRef, type Ref } from 'vue';
import { refusedOf } from '../../platform/studio/refused.js';
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
 * A case with its steps and what the viewer can do, kept fresh while it is on screen.
 *
 * @param id null while a case is new
 * @param clock ticking local time in milliseconds
 */
export function useCase(id: Ref<string | null>, clock: Ref<number>): CaseInView {
	const api = useApi();
	const shown = ref<ShownCase | null>(null);
	const files = ref(new Map<string, ShownFile>());
	const possible = ref<Possible | null>(null);
	const fault = ref<string | null>(null);
	const loading = ref(false);
	const ahead = ref(0);

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
		const caseId = id.value;
		if (caseId === null) return;
		loading.value = true;
		try {
			const [read, offered] = await Promise.all([
				api.get<{ data: ShownCase }>(`/items/doorstep_cases/${caseId}`, { params: SHOWN_QUERY }),
				askPossible(caseId),
			]);
			const attached = read.data.data.steps.some((step) => step.files !== null && step.files.length > 0);
			files.value = attached ? await askFiles(caseId) : new Map<string, ShownFile>();
			if (id.value !== caseId) return;
			shown.value = read.data.data;
			possible.value = offered;
			fault.value = null;
		} catch (error) {
			fault.value = refusedOf(error).message;
		} finally {
			loading.value = false;
		}
	};

	/** Asks little; reads all again only where somebody has added a step. A failed look is made good by the next one. */
	const lookNow = async (): Promise<void> => {
		if (id.value === null || document.hidden || loading.value) return;
		const offered = await askPossible(id.value).catch(() => null);
		if (offered !== null && offered.seq !== shown.value?.seq) await reload();
		else if (offered !== null) possible.value = offered;
	};

	const look = (): void => void lookNow();

	let timer: ReturnType<typeof setInterval> | undefined;
	onMounted(() => {
		timer = setInterval(look, LOOK_EVERY_MS);
		document.addEventListener('visibilitychange', look);
	});
	onBeforeUnmount(() => {
		clearInterval(timer);
		document.removeEventListener('visibilitychange', look);
	});
	watch(id, reload, { immediate: true });

	return { shown, files, possible, fault, loading, now: computed(() => clock.value + ahead.value), reload };
}
