import type { World } from './history.js';
import type { Team } from './play.js';
import { itemAt, type Random } from './random.js';
import type { CadreRow, HouseholdRow, Township } from './rows.js';

/** Whom cases fall to. */
export interface Cast {
	householdsOf: (cadre: string) => readonly HouseholdRow[];
	teamOf: (household: HouseholdRow, random: Random) => Team;
	/** The next cadre with households: all have their turn before one comes again. */
	nextCadre: () => string;
	/** The same for cases that run late, so that lateness is nobody's alone. */
	nextLateCadre: () => string;
}

export function castOf(township: Township, world: World, random: Random): Cast {
	const field = township.cadres.filter(({ posting }) => posting === 'field');
	const byCadre = new Map<string, HouseholdRow[]>();
	for (const household of township.households) {
		const held = byCadre.get(household.cadre);
		if (held === undefined) byCadre.set(household.cadre, [household]);
		else held.push(household);
	}
	const hats = new Map(township.users.map((user) => [user.id, user.hats]));
	const supervisors = township.cadres.filter(({ id }) => world.supervisors.has(id));
	const atOffices = (suits: (hats: readonly string[]) => boolean) =>
		township.cadres.filter(
			({ posting, origin, user }) => posting === 'office' && origin === 'town' && suits(hats.get(user) ?? []),
		);
	const windows = atOffices((worn) => worn.length === 1);
	const desks = windows.length > 0 ? windows : atOffices((worn) => worn.includes('data_clerk'));
	const villageOf = new Map(township.hamlets.map((hamlet) => [hamlet.id, hamlet.village]));
	const cadre = (id: string): CadreRow => {
		const row = world.cadres.get(id);
		if (row === undefined) throw new Error(`no cadre ${id}`);
		return row;
	};

	return {
		householdsOf: (id) => byCadre.get(id) ?? [],
		nextCadre: turns(field, random),
		nextLateCadre: turns(field, random),
		teamOf: (household, chance) => {
			const village = world.villages.get(villageOf.get(household.hamlet) ?? '');
			if (village === undefined) throw new Error(`household ${household.code} lies in no village`);
			const deputy = cadre(village.deputy);
			const colleagues = field.filter(({ id, village: at }) => at === village.id && id !== household.cadre);
			const [supervisor, otherSupervisor] = chance.shuffled(supervisors);
			return {
				cadre: cadre(household.cadre),
				colleague: colleagues.length > 0 ? chance.pick(colleagues) : deputy,
				deputy,
				leader: cadre(village.leader),
				townLeader: cadre(village.town_leader),
				desk: chance.pick(desks),
				supervisor: supervisor ?? deputy,
				otherSupervisor: otherSupervisor ?? deputy,
			};
		},
	};
}

function turns(cadres: readonly CadreRow[], random: Random): () => string {
	let left: CadreRow[] = [];
	return () => {
		if (left.length === 0) left = random.shuffled(cadres);
		return itemAt(left.splice(0, 1), 0).id;
	};
}
