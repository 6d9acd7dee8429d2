import type { useApi } from '@directus/extensions-sdk';
import { newClientId } from '../../platform/studio/client-id.js';
import { refusedOf, type Refused } from '../../platform/studio/refused.js';
import type { StepKind } from '../rules.js';
import { stepFor, type StepTarget } from './form.js';

type Api = ReturnType<typeof useApi>;

/** What became of a step for one case. */
export interface Sent {
	target: StepTarget;
	refused: Refused | null;
}

/** Sends a step for several cases, one by one: each has an answer of its own, and one refusal stops no other. */
export interface Sending {
	/** @param onEach after every answer */
	send: (said: Readonly<Record<string, unknown>>, onEach: (sent: Sent) => void) => Promise<void>;
}

/**
 * A step that is to be taken for some cases. Sending it again after a refusal or a broken connection is safe: what the server has
 * already counts as sent.
 */
export function sendingOf(api: Api, kind: StepKind, targets: readonly StepTarget[]): Sending {
	const waiting = new Map(targets.map((target) => [target, newClientId()]));
	return {
		send: async (said, onEach) => {
			for (const [target, clientId] of [...waiting]) {
				const refused = await sendOne(api, stepFor(kind, target, said, clientId));
				if (refused === null) waiting.delete(target);
				onEach({ target, refused });
			}
		},
	};
}

async function sendOne(api: Api, step: object): Promise<Refused | null> {
	try {
		await api.post('/items/doorstep_case_steps', step);
		return null;
	} catch (error) {
		const refused = refusedOf(error);
		return refused.code === 'DOORSTEP_DUPLICATE' && refused.field === 'client_id' ? null : refused;
	}
}
