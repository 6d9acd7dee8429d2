/** Who is who in which village: what the words of the table are measured by. */
import type { Client } from '../harness/request.js';
import { create } from '../harness/world.js';
import type { Asker, Name } from './people.js';
import { token } from './tokens.js';

interface Team {
	leader?: Name;
	deputy?: Name;
	townLeader: Name;
	clerk?: Name;
}

/** Two villages of one area with a leader, one without, and one of another area. */
export const TEAMS = {
	home: { leader: 'leader', deputy: 'deputy', townLeader: 'townLeader', clerk: 'villageClerk' },
	near: { leader: 'trustedLeader', townLeader: 'townLeader' },
	leaderless: { deputy: 'deputy', townLeader: 'townLeader' },
	far: { townLeader: 'trustedTownLeader' },
} as const satisfies Record<string, Team>;
export type Place = keyof typeof TEAMS;

export function teamOf(place: Place): Team {
	return TEAMS[place];
}

export interface Village {
	id: string;
	hamlet: string;
	/** Token a field. */
	named: Record<string, string>;
}

export async function makeVillages(
	admin: Client,
	people: Record<Asker['name'], Asker>,
): Promise<Record<Place, Village>> {
	const villages = Object.entries<Team>(TEAMS).map(async ([place, team]): Promise<[string, Village]> => {
		const named = { name: token() };
		const official = (name: Name | undefined) => (name === undefined ? null : people[name].cadre);
		const id = await create(admin, 'doorstep_villages', {
			...named,
			leader: official(team.leader),
			deputy: official(team.deputy),
			town_leader: official(team.townLeader),
			data_clerk: official(team.clerk),
		});
		return [
			place,
			{ id, named, hamlet: await create(admin, 'doorstep_hamlets', { name: '一社', village: id }) },
		];
	});
	return Object.fromEntries(await Promise.all(villages)) as Record<Place, Village>;
}
