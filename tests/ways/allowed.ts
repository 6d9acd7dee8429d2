/** The same ways with something that is allowed. */
import { randomUUID } from 'node:crypto';
import { creations, deletions, updates } from '../access/attempts.js';
import { byCode, byFlows, byWay, patch, type Aim, type Targets, type Try } from './tries.js';

const DEPARTMENTS = 'doorstep_departments';

/** What anybody with the right to it may change, copy and delete. */
export function freeAim({ department }: Pick<Targets, 'department'>): Aim {
	return {
		...{ on: 'department', collection: DEPARTMENTS, id: department, sent: { phone: '12345' } },
		// Whoever starts the Flow says how it is called.
		copy: { name: '{{$trigger.body.name}}' },
	};
}

/** One row a way, in an order in which none stands in the way of a later one. */
export function allowed(targets: Targets): Try[] {
	const { theCase, village, otherVillage, revisions, versions, household } = targets;
	const free = freeAim(targets);
	const { id, mainHash } = versions.title;
	const post = (way: string, path: string, body: object = {}): Try => ({
		...{ on: '', way },
		attempts: [{ way, method: 'POST', path, body }],
	});
	const title = { id: theCase, title: '更正标题' };
	const nested = [
		patch(`/items/doorstep_households/${household}`, {
			own_cases: { create: [], update: [title], delete: [] },
		}),
	];
	const list = [patch('/items/doorstep_cases', [title])];
	return [
		post('promote', `/versions/${id}/promote`, { mainHash }),
		...byWay('', updates('doorstep_cases', theCase, { title: '更正标题' })),
		{ on: '', way: 'change in a list, without its id', attempts: list },
		...freshly((name) => creations(DEPARTMENTS, { name })),
		{ on: '', way: 'nested', attempts: nested },
		post('revert', `/utils/revert/${String(revisions.village)}`),
		post('sort', '/utils/sort/doorstep_villages', { item: village, to: otherVillage }),
		...byFlows(free, targets),
		...byCode(free),
		...byWay('', deletions(DEPARTMENTS, free.id)),
	];
}

/** Each way with a name of its own, for names are unique. */
function freshly(make: (name: string) => ReturnType<typeof creations>): Try[] {
	return byWay(
		'',
		make('').map((_way, n) => make(randomUUID())[n]!),
	);
}
