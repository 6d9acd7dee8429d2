import { describe, expect, it } from 'vitest';
import { POLICIES } from '../../../extensions/platform/hats.js';
import type { CadreRow, HouseholdRow, Size } from '../../../seed/demo/rows.js';
import { buildTownship } from '../../../seed/demo/township.js';

const town = buildTownship('demo');
const small = buildTownship('small');

function count<Row>(rows: readonly Row[], suits: (row: Row) => boolean): number {
	return rows.filter(suits).length;
}

function householdsByCadre(households: readonly HouseholdRow[]): Map<string, number> {
	const held = new Map<string, number>();
	for (const { cadre } of households) held.set(cadre, (held.get(cadre) ?? 0) + 1);
	return held;
}

function repeated(values: readonly string[]): string[] {
	return values.filter((value, index) => values.indexOf(value) !== index);
}

describe('the demo township', () => {
	it.each<Size>(['demo', 'small'])('is the same township at each call (%s)', (size) => {
		expect(buildTownship(size)).toEqual(buildTownship(size));
	});

	it('C1: 28 village teams, 102 officials of the town and 42 sent by banner and city hold households, 25 stay in the offices', () => {
		const by = (posting: CadreRow['posting'], ...origins: CadreRow['origin'][]) =>
			count(town.cadres, (cadre) => cadre.posting === posting && origins.includes(cadre.origin));
		expect(town.villages).toHaveLength(28);
		expect(by('field', 'town')).toBe(102);
		expect(by('field', 'banner', 'city')).toBe(42);
		expect(by('office', 'town')).toBe(25);
		expect(by('office', 'village')).toBe(28);
	});

	it('C2: 4,760 resident and 4,590 away households', () => {
		expect(count(town.households, ({ kind }) => kind === 'resident')).toBe(4760);
		expect(count(town.households, ({ kind }) => kind === 'away')).toBe(4590);
	});

	it.each([town, small])(
		'C2: every field cadre, and nobody else, holds 60 to 70 households',
		({ cadres, households }) => {
			const held = householdsByCadre(households);
			const field = cadres.filter(({ posting }) => posting === 'field').map(({ id }) => id);
			expect(new Set(held.keys())).toEqual(new Set(field));
			for (const households of held.values()) {
				expect(households).toBeGreaterThanOrEqual(60);
				expect(households).toBeLessThanOrEqual(70);
			}
		},
	);

	it.each([town, small])(
		'C2: a cadre holds households of their own village only',
		({ cadres, hamlets, households }) => {
			const villageOf = new Map(hamlets.map(({ id, village }) => [id, village]));
			const postedTo = new Map(cadres.map(({ id, village }) => [id, village]));
			const elsewhere = households.filter(
				({ hamlet, cadre }) => villageOf.get(hamlet) !== postedTo.get(cadre),
			);
			expect(elsewhere).toEqual([]);
		},
	);

	it.each([town, small])(
		'C1: leader, deputy and town leader of a village are three officials, none with households',
		(township) => {
			const cadres = new Map(township.cadres.map((cadre) => [cadre.id, cadre]));
			for (const village of township.villages) {
				const three = [village.leader, village.deputy, village.town_leader];
				expect(new Set(three).size).toBe(3);
				expect(three.map((id) => cadres.get(id)?.posting)).toEqual(['office', 'office', 'office']);
				expect(cadres.get(village.deputy)).toMatchObject({ origin: 'village', village: village.id });
			}
		},
	);

	it('C1: a team leader leads two to four villages', () => {
		const led = new Map<string, number>();
		for (const { leader } of town.villages) led.set(leader, (led.get(leader) ?? 0) + 1);
		for (const villages of led.values()) expect([2, 3, 4]).toContain(villages);
	});

	it.each([town, small])('C4: every leader is there at first, so that no deputy acts for one', (township) => {
		const leading = new Set(township.villages.flatMap(({ leader, town_leader }) => [leader, town_leader]));
		const states = township.cadres.filter(({ id }) => leading.has(id)).map(({ work_state }) => work_state);
		expect(states.filter((state) => state !== 'on_duty' && state !== 'in_village')).toEqual([]);
	});

	it.each([town, small])('phones, household codes, e-mails, service codes and ids occur once', (township) => {
		const { cadres, households, users, departments, services, villages, hamlets } = township;
		expect(repeated([...cadres, ...households, ...departments].map(({ phone }) => phone))).toEqual([]);
		expect(repeated(households.map(({ code }) => code))).toEqual([]);
		expect(repeated(users.map(({ email }) => email))).toEqual([]);
		expect(repeated(services.map(({ code }) => code))).toEqual([]);
		expect(
			repeated(
				[...cadres, ...users, ...villages, ...hamlets, ...services, ...departments].map(({ id }) => id),
			),
		).toEqual([]);
	});

	it('a phone number has eleven digits and belongs to nobody', () => {
		const mobiles = [...town.cadres, ...town.households].map(({ phone }) => phone);
		expect(mobiles.filter((phone) => !/^1600\d{7}$/.test(phone))).toEqual([]);
	});

	it.each([town, small])(
		'every cadre has a user, and every hat but the administrator is worn',
		({ cadres, users }) => {
			expect(new Set(cadres.map(({ user }) => user))).toEqual(new Set(users.map(({ id }) => id)));
			const worn = new Set(users.flatMap(({ hats }) => hats));
			expect(worn).toEqual(new Set(POLICIES.filter((hat) => hat !== 'administrator')));
		},
	);

	it.each([town, small])(
		'A1: some thirty services, at least twenty of them in the handbook with all that a household asks',
		(township) => {
			expect(township.services.length).toBeGreaterThanOrEqual(30);
			const printed = township.services.filter(({ in_handbook }) => in_handbook);
			expect(printed.length).toBeGreaterThanOrEqual(20);
			for (const { papers, conditions, procedure, place, fee, contact } of printed) {
				expect([papers, conditions, procedure, place, fee, contact].filter((text) => text === '')).toEqual(
					[],
				);
			}
		},
	);

	it('H4: a household in need has a reason and measures in its file, and nobody else has', () => {
		for (const { special_groups, relief_reason, relief_measures } of [
			...town.households,
			...small.households,
		]) {
			const inNeed = special_groups.some((group) => group !== 'elderly_alone');
			expect([relief_reason !== null, relief_measures !== null]).toEqual([inNeed, inNeed]);
		}
		expect(count(small.households, (household) => household.relief_reason !== null)).toBeGreaterThan(3);
	});

	it('F3: an errand has 24 hours; what is settled on the spot or carried upward has no limit of its own', () => {
		const limits = town.services.map(({ ledger, limit_hours, limit_days }) => [
			ledger === 'proxy',
			limit_hours,
			limit_days,
		]);
		expect(
			limits.filter(
				([errand, hours, days]) => (errand === true ? hours !== 24 : hours !== null) || days !== null,
			),
		).toEqual([]);
	});
});
