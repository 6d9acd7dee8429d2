import { fixedId } from '../../extensions/platform/ids.js';
import { headName } from './names.js';
import { numbered, officials, padded, type Officials } from './officials.js';
import { mobileNumber } from './phones.js';
import { CODE_PREFIX, departments, HAMLET_NAMES, SETTINGS, VILLAGE_NAMES } from './places.js';
import { itemAt, randomOf, type Random } from './random.js';
import { reliefOf, type Relief } from './relief.js';
import type { CadreRow, HamletRow, HouseholdRow, Size, SpecialGroup, Township, VillageRow } from './rows.js';
import { HOUSEHOLDS_A_CADRE, SCALES, type Scale } from './scale.js';
import { services } from './services.js';

export type * from './rows.js';

/** The invented township in its two sizes, or at any other scale (C1, C2): the same rows at each call, on every machine. */
export function buildTownship(size: Size, scale: Scale = SCALES[size]): Township {
	const random = randomOf(`township:${size}`);
	const names = VILLAGE_NAMES.slice(0, scale.villages);
	const ids = names.map((_, index) => fixedId(`demo:village:${padded(index + 1, 2)}`));
	const people = officials(scale, ids, random);
	const villages = names.map((name, index) => villageOf(name, itemAt(ids, index), index, scale, people));
	const hamlets = ids.map((village, index) => hamletsOf(village, index, scale, random));
	const cadres = [
		...people.teamLeaders,
		...people.townLeaders,
		...people.deputies,
		...people.supervisors,
		...people.desks,
		...people.field,
	];
	return {
		settings: { ...SETTINGS },
		villages,
		hamlets: hamlets.flat(),
		cadres,
		users: people.users,
		departments: departments(),
		services: services(people.townLeaders.map(({ id }) => id)),
		households: withRelief(householdsOf(ids, hamlets, people.field, scale, random), size),
	};
}

function villageOf(name: string, id: string, index: number, scale: Scale, people: Officials): VillageRow {
	const share = (count: number) => Math.floor((index * count) / scale.villages);
	return {
		id,
		name,
		leader: itemAt(people.teamLeaders, share(scale.teamLeaders)).id,
		deputy: itemAt(people.deputies, index).id,
		town_leader: itemAt(people.townLeaders, share(scale.townLeaders)).id,
		data_clerk: itemAt(people.deputies, index).id,
	};
}

function hamletsOf(village: string, index: number, scale: Scale, random: Random): HamletRow[] {
	const count =
		itemAt(scale.teamSizes, index % scale.teamSizes.length) +
		random.between(0, 2) +
		(scale.villages > 2 ? 0 : 3);
	return random
		.shuffled(HAMLET_NAMES)
		.slice(0, count)
		.map((name, n) => ({ id: fixedId(`demo:hamlet:${padded(index + 1, 2)}-${n + 1}`), village, name }));
}

/** C2: every household has one cadre, and a cadre's households lie in neighbouring hamlets of one village. */
function householdsOf(
	villages: readonly string[],
	hamlets: readonly (readonly HamletRow[])[],
	field: readonly CadreRow[],
	scale: Scale,
	random: Random,
): Omit<HouseholdRow, keyof Relief>[] {
	const total = scale.residents + scale.away;
	const shares = sharesOf(total, field.length, random);
	const kinds = random.shuffled<HouseholdRow['kind']>([
		...numbered(scale.residents, () => 'resident' as const),
		...numbered(scale.away, () => 'away' as const),
	]);
	let n = 0;
	return villages.flatMap((village, index) => {
		const holders = field.flatMap((cadre, at) =>
			cadre.village === village ? numbered(itemAt(shares, at), () => cadre.id) : [],
		);
		const around = itemAt(hamlets, index);
		return holders.map((cadre, place): Omit<HouseholdRow, keyof Relief> => {
			const code = `${CODE_PREFIX}-${padded(index + 1, 2)}-${padded(place + 1, 4)}`;
			const kind = itemAt(kinds, n);
			n += 1;
			return {
				id: fixedId(`demo:household:${code}`),
				code,
				hamlet: itemAt(around, Math.floor((place * around.length) / holders.length)).id,
				kind,
				head_name: headName(random),
				phone: mobileNumber('household', n),
				people: random.weighted(PEOPLE_IN_A_HOUSEHOLD),
				cadre,
				special_groups: specialGroups(kind, random),
			};
		});
	});
}

/** H4: drawn apart, so that more texts change no other row. */
function withRelief(households: readonly Omit<HouseholdRow, keyof Relief>[], size: Size): HouseholdRow[] {
	const random = randomOf(`relief:${size}`);
	return households.map((household) => ({ ...household, ...reliefOf(household.special_groups, random) }));
}

const PEOPLE_IN_A_HOUSEHOLD = [
	[1, 12],
	[2, 34],
	[3, 22],
	[4, 16],
	[5, 10],
	[6, 6],
] as const;

/** Shares that differ a little, keep within the bounds of a cadre's load, and add up to `total`. */
function sharesOf(total: number, cadres: number, random: Random): number[] {
	const { least, most } = HOUSEHOLDS_A_CADRE;
	const even = Math.floor(total / cadres);
	const spread = cadres > 2 ? Math.min(even - least, most - even - 1) : 0;
	const shares = numbered(cadres, () => even + random.between(-spread, spread));
	let left = total - shares.reduce((sum, share) => sum + share, 0);
	while (left !== 0) {
		const at = random.between(0, cadres - 1);
		const changed = itemAt(shares, at) + Math.sign(left);
		if (changed < least || changed > most) continue;
		shares[at] = changed;
		left -= Math.sign(left);
	}
	return shares;
}

/** H5: few households are in a special group, and of those who live elsewhere fewer still. */
function specialGroups(kind: HouseholdRow['kind'], random: Random): SpecialGroup[] {
	const groups: readonly (readonly [SpecialGroup, number])[] =
		kind === 'resident'
			? [
					['elderly_alone', 0.05],
					['disabled', 0.045],
					['children', 0.012],
					['serious_illness', 0.03],
					['minimum_living', 0.05],
					['extreme_poverty', 0.012],
					['monitored', 0.015],
				]
			: [
					['disabled', 0.015],
					['serious_illness', 0.012],
					['minimum_living', 0.012],
				];
	const chosen = groups.filter(([, share]) => random.chance(share)).map(([group]) => group);
	// Support for those in extreme poverty takes the place of the minimum-living payment.
	return chosen.includes('extreme_poverty') ? chosen.filter((group) => group !== 'minimum_living') : chosen;
}
