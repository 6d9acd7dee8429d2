/** Flows of an administrator's that do to cases, steps and rungs what only steps may do. */
import type { Client } from '../harness/request.js';
import type { Aim } from './tries.js';

/** What a Flow does: `doorstep_cases update, $full, with events`. */
export type FlowKind = string;

const PERMISSIONS = ['$full', '$trigger'];

/** One Flow for each operation, with full rights and with those of whoever starts it, with events and without. */
export async function makeFlows(admin: Client, aims: readonly Aim[]): Promise<Record<FlowKind, string>> {
	const made = aims.flatMap(({ collection, id, sent, copy }) =>
		Object.entries({ update: sent, delete: {}, create: copy }).flatMap(([does, payload]) =>
			PERMISSIONS.flatMap((permissions) =>
				[true, false].map(async (emitEvents): Promise<[FlowKind, string]> => {
					const kind = `${collection} ${does}, ${permissions}, ${emitEvents ? 'with' : 'without'} events`;
					const key = does === 'create' ? {} : { key: [id] };
					const options = { collection, ...key, payload, permissions, emitEvents };
					return [kind, await makeFlow(admin, `item-${does}`, options)];
				}),
			),
		),
	);
	return Object.fromEntries(await Promise.all(made));
}

/** Started by its address, without a trace of its own; answers with what its operation said. */
async function makeFlow(admin: Client, type: string, options: object): Promise<string> {
	const flow = await admin.ok<{ id: string }>('POST', '/flows', {
		...{ name: '流程', trigger: 'webhook', status: 'active', accountability: null },
		options: { method: 'POST', async: false, return: '$last' },
	});
	const place = { position_x: 20, position_y: 1 };
	const operation = await admin.ok<{ id: string }>('POST', '/operations', {
		...{ flow: flow.id, key: 'change', name: '改', type, ...place, options },
	});
	await admin.ok('PATCH', `/flows/${flow.id}`, { operation: operation.id });
	return flow.id;
}
