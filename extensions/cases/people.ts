import type { Addressee } from './moves.js';
import type { CadreId, CaseState } from './terms.js';

/** In what capacity somebody acts on one case. One person may wear several hats. */
export const HATS = ['cadre', 'substitute', 'holder', 'leader', 'supervisor'] as const;
export type Hat = (typeof HATS)[number];

/** Who asks for a step. */
export interface Actor {
	/** Their row in `doorstep_cadres`; null for an administrator who is no official. */
	cadre: CadreId | null;
	administrator: boolean;
	supervisor: boolean;
}

/** An official as far as answering for a case goes. */
export interface Official {
	id: CadreId;
	/** The user to send notices to. */
	user: string | null;
	/** Has an active user. */
	active: boolean;
	/** Who stands in: only while that lasts, and only with an active user. */
	substitute: CadreId | null;
	substituteUser: string | null;
	/** Away from ordinary work: 培训 or 开会 (C4). */
	busy: boolean;
}

/** The officials around a case. */
export interface People {
	cadre: Official;
	holder: Official | null;
	leader: Official | null;
	deputy: Official | null;
	/** 包片领导, by village. */
	townLeader: Official | null;
	/** 分管领导, by the service's subject. */
	inCharge: Official | null;
	/** Whom a complaint is about. */
	about: CadreId | null;
}

/** Whether a leader is away, so that the deputy may act (F4): nobody, no user, a substitute named, at a training or a meeting. */
export function isAway(leader: Official | null): boolean {
	return leader === null || !leader.active || leader.substitute !== null || leader.busy;
}

/**
 * The hats that `actor` wears for this case. An administrator wears every one. A complaint is the supervision group's alone: its
 * members act in place of cadre and leader, and the official it is about wears none (design: `about_cadre`).
 */
export function hatsOf(actor: Actor, people: People): ReadonlySet<Hat> {
	if (actor.administrator) return new Set(HATS);
	const hats = new Set<Hat>();
	if (people.about !== null) {
		if (actor.supervisor && actor.cadre !== people.about) hats.add('holder').add('leader').add('supervisor');
		return hats;
	}
	if (actor.supervisor) hats.add('supervisor');
	const me = actor.cadre;
	if (me === null) return hats;
	if (people.cadre.id === me) hats.add('cadre');
	if (people.holder?.id === me) hats.add('holder');
	if (people.cadre.substitute === me || people.holder?.substitute === me) hats.add('substitute');
	const leaders = [people.leader, people.townLeader, people.inCharge];
	if (leaders.some((leader) => leader?.id === me)) hats.add('leader');
	if (people.deputy?.id === me && isAway(people.leader)) hats.add('leader');
	return hats;
}

/**
 * Who holds a case that falls to its household's cadre: the cadre, or where nobody could act, the village's deputy, then its
 * leader (无人承办自动转交). A complaint has no holder: the supervision group has it.
 */
export function answererOf(people: Omit<People, 'holder'>): CadreId | null {
	if (people.about !== null) return null;
	const { cadre, deputy, leader } = people;
	if (cadre.active || cadre.substitute !== null) return cadre.id;
	return [deputy, leader].find((official) => official?.active)?.id ?? null;
}

/**
 * Users to tell of a step: the holder, or the leaders who have to act, the deputy where the leader is away (M2). Nobody is told
 * of a complaint but by the supervision group's own list, and nobody of a step of their own.
 */
export function toldOf(
	addressees: readonly Addressee[],
	people: People,
	after: CaseState,
	actor: CadreId | null,
): string[] {
	if (people.about !== null) return [];
	const above = after.level === 'township' || after.level === 'department';
	const ofVillage = isAway(people.leader) ? (people.deputy ?? people.leader) : people.leader;
	const leaders = above ? [people.townLeader, people.inCharge] : [ofVillage];
	const told = addressees.flatMap((addressee) => (addressee === 'holder' ? [people.holder] : leaders));
	const users = told.flatMap((official) => {
		if (official === null || official.id === actor) return [];
		const standIn = official.substitute === actor ? null : official.substituteUser;
		return [official.active ? official.user : null, standIn];
	});
	return [...new Set(users.filter((user) => user !== null))];
}
