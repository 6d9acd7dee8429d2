import { describe, expect, test } from 'vitest';
import { answererOf, HATS, hatsOf, isAway, type People } from '../../../extensions/cases/people.js';
import {
	anActor,
	anOfficial,
	CADRE,
	COLLEAGUE,
	DEPUTY,
	IN_CHARGE,
	LEADER,
	somePeople,
	STAND_IN,
	STRANGER,
	SUPERVISOR,
	TOWN_LEADER,
} from './builders.js';

const hats = (who: string | null, people: Partial<People> = {}) =>
	[...hatsOf(anActor(who), somePeople(people))].sort();
const supervisorHats = (who: string | null, people: Partial<People> = {}) =>
	[...hatsOf(anActor(who, { supervisor: true }), somePeople(people))].sort();

describe('who is who on a case', () => {
	test('C2: the household’s cadre, and whoever holds the case', () => {
		expect(hats(CADRE)).toEqual(['cadre', 'holder']);
		expect(hats(CADRE, { holder: anOfficial(COLLEAGUE) })).toEqual(['cadre']);
		expect(hats(COLLEAGUE, { holder: anOfficial(COLLEAGUE) })).toEqual(['holder']);
		expect(hats(CADRE, { holder: null })).toEqual(['cadre']);
	});

	test('C2: a colleague who has no part in the case wears no hat', () => {
		expect(hats(COLLEAGUE)).toEqual([]);
		expect(hats(STRANGER)).toEqual([]);
	});

	test('C2: a user who is no official wears no hat, even where nobody holds the case', () => {
		expect(hats(null)).toEqual([]);
		expect(
			hats(null, { holder: null, leader: null, deputy: null, townLeader: null, inCharge: null }),
		).toEqual([]);
	});

	test('C3: a substitute acts for the household’s cadre and for the holder, while that lasts', () => {
		expect(hats(STAND_IN, { cadre: anOfficial(CADRE, { substitute: STAND_IN }) })).toEqual(['substitute']);
		expect(hats(STAND_IN, { holder: anOfficial(COLLEAGUE, { substitute: STAND_IN }) })).toEqual([
			'substitute',
		]);
		expect(hats(STAND_IN, { cadre: anOfficial(CADRE, { substitute: null }) })).toEqual([]);
	});

	test('C3: a cadre with a substitute still answers', () => {
		expect(hats(CADRE, { cadre: anOfficial(CADRE, { substitute: STAND_IN }) })).toEqual(['cadre', 'holder']);
	});

	test('F4: the substitute of a leader is no leader', () => {
		for (const place of ['leader', 'deputy', 'townLeader', 'inCharge'] as const) {
			expect(hats(STAND_IN, { [place]: anOfficial(LEADER, { substitute: STAND_IN }) }), place).toEqual([]);
		}
	});

	test('F4: leaders are the village’s, the area’s and the subject’s', () => {
		for (const who of [LEADER, TOWN_LEADER, IN_CHARGE]) expect(hats(who)).toEqual(['leader']);
		expect(hats(IN_CHARGE, { inCharge: null })).toEqual([]);
	});

	test('F4: one person may wear several hats', () => {
		expect(hats(LEADER, { cadre: anOfficial(LEADER), holder: anOfficial(LEADER) })).toEqual([
			'cadre',
			'holder',
			'leader',
		]);
		expect(supervisorHats(LEADER)).toEqual(['leader', 'supervisor']);
	});

	test('F6: a member of the supervision group is that and nothing more, official or not', () => {
		expect(supervisorHats(SUPERVISOR)).toEqual(['supervisor']);
		expect(supervisorHats(null)).toEqual(['supervisor']);
	});

	test('F4: an administrator wears every hat', () => {
		expect([...hatsOf(anActor(null, { administrator: true }), somePeople())].sort()).toEqual(
			[...HATS].sort(),
		);
	});
});

describe('when the leader is away', () => {
	test.each([
		['nobody leads', null],
		['the leader has no active user', anOfficial(LEADER, { active: false })],
		['a substitute is named', anOfficial(LEADER, { substitute: STAND_IN })],
		['the leader is at a training or a meeting', anOfficial(LEADER, { busy: true })],
	])('F4: the deputy acts as leader where %s', (_why, leader) => {
		expect(isAway(leader)).toBe(true);
		expect(hats(DEPUTY, { leader })).toEqual(['leader']);
	});

	test('F4: the deputy is no leader while the leader is there', () => {
		expect(isAway(anOfficial(LEADER))).toBe(false);
		expect(hats(DEPUTY)).toEqual([]);
	});

	test('F4: a leader who is away may still act', () => {
		expect(hats(LEADER, { leader: anOfficial(LEADER, { busy: true }) })).toEqual(['leader']);
	});

	test('F4: a deputy who is away does not act by anybody else', () => {
		const people = { leader: null, deputy: anOfficial(DEPUTY, { substitute: STAND_IN }) };
		expect(hats(STAND_IN, people)).toEqual([]);
	});
});

describe('a complaint about an official (F6)', () => {
	const complaint: Partial<People> = { about: CADRE, holder: null };

	test('F6: it is the supervision group’s alone, which acts in place of cadre and leader', () => {
		expect(supervisorHats(SUPERVISOR, complaint)).toEqual(['holder', 'leader', 'supervisor']);
		expect(supervisorHats(null, complaint)).toEqual(['holder', 'leader', 'supervisor']);
	});

	test('F6: nobody else wears a hat: neither the cadre nor substitutes nor leaders', () => {
		const people = { ...complaint, cadre: anOfficial(CADRE, { substitute: STAND_IN }) };
		for (const who of [CADRE, STAND_IN, LEADER, DEPUTY, TOWN_LEADER, IN_CHARGE, COLLEAGUE, null])
			expect(hats(who, people)).toEqual([]);
	});

	test('F6: a member whom it is about has no part in it', () => {
		expect(supervisorHats(SUPERVISOR, { about: SUPERVISOR })).toEqual([]);
		expect(supervisorHats(CADRE, complaint)).toEqual([]);
	});

	test('F6: also when it is about somebody who is not the household’s cadre, the cadre has no part in it', () => {
		expect(hats(CADRE, { about: TOWN_LEADER })).toEqual([]);
	});
});

describe('who holds what nobody holds (无人承办自动转交)', () => {
	const answerer = (people: Partial<People> = {}) => answererOf(somePeople(people));
	const gone = anOfficial(CADRE, { active: false });

	test('C2: the household’s cadre', () => {
		expect(answerer()).toBe(CADRE);
		expect(answerer({ cadre: anOfficial(CADRE, { busy: true }) })).toBe(CADRE);
	});

	test('C3: the cadre also without a user, while a substitute acts', () => {
		expect(answerer({ cadre: anOfficial(CADRE, { active: false, substitute: STAND_IN }) })).toBe(CADRE);
	});

	test('C3: else the village’s deputy, then its leader', () => {
		expect(answerer({ cadre: gone })).toBe(DEPUTY);
		expect(answerer({ cadre: gone, deputy: null })).toBe(LEADER);
		expect(answerer({ cadre: gone, deputy: anOfficial(DEPUTY, { active: false }) })).toBe(LEADER);
	});

	test('C3: nobody, where none of them has a user', () => {
		const inactive = { active: false };
		expect(answerer({ cadre: gone, deputy: null, leader: null })).toBeNull();
		expect(
			answerer({ cadre: gone, deputy: anOfficial(DEPUTY, inactive), leader: anOfficial(LEADER, inactive) }),
		).toBeNull();
	});

	test('C3: whoever it falls to can act on it', () => {
		for (const people of [{}, { cadre: gone }, { cadre: gone, deputy: null }]) {
			const holder = answerer(people);
			expect(hats(holder, { ...people, holder: anOfficial(holder!) })).toContain('holder');
		}
	});

	test('F6: a complaint has no holder', () => {
		expect(answerer({ about: CADRE })).toBeNull();
		expect(answerer({ about: STRANGER })).toBeNull();
	});
});
