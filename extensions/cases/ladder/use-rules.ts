import { useApi } from '@directus/extensions-sdk';
import { ref, type Ref } from 'vue';
import { useReasons } from '../../platform/studio/reasons.js';
import { refusedOf } from '../../platform/studio/refused.js';
import type { Rung } from './strip.js';

/** The rules that are saved. */
export interface SavedRules {
	/** Null before the first answer. */
	rules: Ref<Rung[] | null>;
	/** Why they could not be read. */
	fault: Ref<string | null>;
	read: () => Promise<void>;
}

const FIELDS = ['id', 'ledger', 'service', 'rung', 'name', 'delay', 'unit', 'notify'];

/** All rules of all ladders: they are few, and the form may go over to another ladder. To be called in a component's set-up. */
export function useRules(): SavedRules {
	const api = useApi();
	const why = useReasons();
	const rules = ref<Rung[] | null>(null);
	const fault = ref<string | null>(null);

	async function read(): Promise<void> {
		try {
			const params = { fields: FIELDS, limit: -1, sort: ['rung'] };
			const answer = await api.get<{ data: Rung[] }>('/items/doorstep_escalation_rules', { params });
			rules.value = answer.data.data;
			fault.value = null;
		} catch (error) {
			fault.value = why(refusedOf(error));
		}
	}

	return { rules, fault, read };
}
