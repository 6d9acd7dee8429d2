/** One person for each column of the table, and some who stand in two. */
import { randomUUID } from 'node:crypto';
import { policyId, type Policy } from '../../extensions/platform/hats.js';
import { clientOf, type Client } from '../harness/request.js';
import type { Township } from '../harness/township.js';
import { create } from '../harness/world.js';
import { token } from './tokens.js';

/** Those who are there so that others have rows to keep from or to be given; they ask nothing. */
export function plain(name: Asker['name']): boolean {
	return ['replaced', 'returned', 'colleague', 'neighbour', 'stranger'].includes(name);
}

/** Who they are, what they wear, in which columns of the table they stand, and of which village they are. */
export const CAST = {
	cadre: [['cadre'], ['cadre']],
	trusted: [
		['cadre', 'sensitive_information'],
		['cadre', 'sensitive information'],
	],
	replaced: [['cadre'], ['cadre']],
	substitute: [['cadre'], ['substitute']],
	returned: [['cadre'], ['cadre']],
	former: [['cadre'], ['substitute, afterwards']],
	colleague: [['cadre'], ['cadre']],
	holder: [['cadre'], ['holder of a case']],
	standIn: [['cadre'], ['holder’s substitute']],
	leader: [['team_leader'], ['team leader']],
	trustedLeader: [
		['team_leader', 'sensitive_villages'],
		['team leader', 'sensitive information'],
	],
	deputy: [['team_leader'], ['deputy']],
	townLeader: [['town_leader'], ['town leader']],
	trustedTownLeader: [
		['town_leader', 'sensitive_villages'],
		['town leader', 'sensitive information'],
	],
	inCharge: [['town_leader'], ['leader in charge']],
	supervisor: [['supervisor'], ['supervisor']],
	accusedSupervisor: [['supervisor'], ['supervisor complained of']],
	accused: [['cadre'], ['official complained of']],
	supervisingCadre: [
		['cadre', 'supervisor', 'sensitive_information'],
		['cadre', 'supervisor', 'sensitive information'],
	],
	neighbour: [['cadre'], ['cadre']],
	stranger: [['cadre'], ['cadre']],
	clerk: [['data_clerk'], ['data clerk']],
	villageClerk: [['village_clerk'], ['village clerk']],
	printer: [['printer'], ['printer']],
	nobody: [[], ['no hat']],
} as const satisfies Record<string, readonly [readonly Policy[], readonly string[]]>;

export type Name = keyof typeof CAST;

/** Somebody who asks; a visitor is somebody without an account. */
export interface Asker {
	name: Name | 'visitor';
	positions: readonly string[];
	client: Client;
	/** Id in `directus_users`. */
	user: string;
	/** Id in `doorstep_cadres`. */
	cadre: string;
	/** What stands in their account, a token a field. */
	account: Record<string, string>;
}

/** Those who stand in for somebody, while it lasts. */
export const STANDING_IN: Partial<Record<Asker['name'], Name>> = {
	substitute: 'replaced',
	standIn: 'holder',
};

const TOLD_APART = ['first_name', 'last_name', 'location', 'title', 'description'];
const TOMORROW = new Date(Date.now() + 86_400_000).toISOString();
const YESTERDAY = new Date(Date.now() - 86_400_000).toISOString();

/** Everybody, with a token of their own for a log-in; no password is hashed. */
export async function makePeople({ admin, url, visitor }: Township): Promise<Record<Asker['name'], Asker>> {
	const noHat = await admin.ok<{ id: string }>('POST', '/policies', { name: '仅登录', app_access: true });
	const made = await Promise.all(
		Object.entries(CAST).map(async ([name, [hats, positions]]): Promise<[string, Asker]> => {
			const account: Record<string, string> = Object.fromEntries(TOLD_APART.map((field) => [field, token()]));
			account['email'] = `${token()}@doorstep.example.com`;
			const secret = randomUUID();
			const policies = hats.length === 0 ? [noHat.id] : hats.map(policyId);
			const { id: user } = await admin.ok<{ id: string }>('POST', '/users', {
				...account,
				token: secret,
				language: 'zh-CN',
				policies: policies.map((policy) => ({ policy })),
			});
			const cadre = await create(admin, 'doorstep_cadres', { name, post: '干事', user });
			const client = clientOf(url, secret);
			return [name, { name: name as Name, positions, client, user, cadre, account }];
		}),
	);
	const people = Object.fromEntries(made) as Record<Name, Asker>;
	const until: [Name, Name, string][] = [
		['replaced', 'substitute', TOMORROW],
		['holder', 'standIn', TOMORROW],
		['returned', 'former', YESTERDAY],
	];
	for (const [of, by, substitute_until] of until) {
		const sent = { substitute: people[by].cadre, substitute_until };
		await admin.ok('PATCH', `/items/doorstep_cadres/${people[of].cadre}`, sent);
	}
	// Everybody else had one too; it is over, so that it opens nothing.
	for (const { name, cadre } of Object.values(people)) {
		if (name === 'stranger' || until.some(([of]) => of === name)) continue;
		const sent = { substitute: people.stranger.cadre, substitute_until: YESTERDAY };
		await admin.ok('PATCH', `/items/doorstep_cadres/${cadre}`, sent);
	}
	const outside: Asker = {
		...{ name: 'visitor', positions: ['visitor'], client: visitor },
		...{ user: randomUUID(), cadre: randomUUID(), account: {} },
	};
	return { ...people, visitor: outside };
}
