import type { Policy } from '../../extensions/platform/hats.js';
import { fixedId } from '../../extensions/platform/ids.js';
import { elderName, officialName } from './names.js';
import { mobileNumber } from './phones.js';
import { itemAt, type Random } from './random.js';
import type { CadreRow, UserRow, WorkState } from './rows.js';
import type { Scale } from './scale.js';

/** Every official of the township, by what they do; each has a user. */
export interface Officials {
	/** Those who hold households, village by village. */
	field: CadreRow[];
	/** 驻村工作队队长. */
	teamLeaders: CadreRow[];
	/** 包片领导, and 分管领导 of services. */
	townLeaders: CadreRow[];
	/** 副队长 (村党支部书记), one a village. */
	deputies: CadreRow[];
	supervisors: CadreRow[];
	/** Data clerk, printer and those at windows. */
	desks: CadreRow[];
	users: UserRow[];
}

const TEAM_LEADER_POSTS = [
	'镇党委副书记',
	'镇人大主席',
	'镇组织委员',
	'镇宣传委员',
	'镇武装部部长',
	'副镇长',
	'副镇长',
	'镇统战委员',
];
const TOWN_LEADER_POSTS = ['镇党委书记', '镇长', '镇政法委员', '副镇长'];
const SUPERVISOR_POSTS = ['镇纪委副书记', '镇督查专干', '镇纪检干事', '镇督查干事'];
const DESK_POSTS = [
	'便民服务中心主任',
	'便民服务中心窗口干部',
	'民政窗口干部',
	'农牧综合服务中心干部',
	'司法所干部',
	'综合行政执法队干部',
	'党政综合办公室干部',
];
const FIELD_POSTS = [
	'驻村干部',
	'驻村干部',
	'农牧技术员',
	'民政助理员',
	'党建办干事',
	'综合治理中心干事',
	'水利员',
];
const BANNER_POSTS = [
	'旗农牧局选派干部',
	'旗水利局选派干部',
	'旗教育体育局选派干部',
	'旗民政局选派干部',
	'旗司法局选派干部',
];
const CITY_POSTS = ['市农牧局选派干部', '市文化和旅游局选派干部', '市卫生健康委员会选派干部'];

/** @param villages ids in order; the area of each town leader and team leader follows from this order */
export function officials(scale: Scale, villages: readonly string[], random: Random): Officials {
	const names = new Set<string>();
	const users: UserRow[] = [];
	const appoint = (
		login: string,
		hats: Policy[],
		row: Pick<CadreRow, 'post' | 'posting' | 'origin' | 'village' | 'work_state'>,
	): CadreRow => {
		const name = row.origin === 'village' ? elderName(random, names) : officialName(random, names);
		const user: UserRow = {
			id: fixedId(`demo:user:${login}`),
			email: `${login}@doorstep.example.com`,
			first_name: name,
			last_name: null,
			language: 'zh-CN',
			hats,
		};
		users.push(user);
		const phone = mobileNumber('cadre', users.length);
		return { id: fixedId(`demo:cadre:${login}`), user: user.id, name, phone, ...row };
	};
	const office = (post: string, work_state: WorkState = 'on_duty') => {
		return { post, posting: 'office', origin: 'town', village: null, work_state } as const;
	};

	const teamLeaders = numbered(scale.teamLeaders, (n) =>
		appoint(
			`leader-${padded(n, 2)}`,
			['cadre', 'team_leader', 'sensitive_information', 'sensitive_villages'],
			office(itemAt(TEAM_LEADER_POSTS, n - 1), n % 3 === 0 ? 'on_duty' : 'in_village'),
		),
	);
	const townLeaders = numbered(scale.townLeaders, (n) =>
		appoint(
			`town-leader-${padded(n, 2)}`,
			['cadre', 'town_leader', 'sensitive_information', 'sensitive_villages'],
			office(itemAt(TOWN_LEADER_POSTS, n - 1)),
		),
	);
	const deputies = villages.map((village, index) =>
		// S2: the deputy keeps the village's information base too.
		appoint(
			`deputy-${padded(index + 1, 2)}`,
			['cadre', 'team_leader', 'village_clerk', 'sensitive_information', 'sensitive_villages'],
			{
				post: '嘎查村党支部书记',
				posting: 'office',
				origin: 'village',
				village,
				work_state: index % 4 === 3 ? 'on_duty' : 'in_village',
			},
		),
	);
	const supervisors = numbered(scale.supervisors, (n) =>
		appoint(`supervisor-${n}`, ['cadre', 'supervisor'], office(itemAt(SUPERVISOR_POSTS, n - 1))),
	);
	const clerk = appoint('clerk', ['cadre', 'data_clerk'], office('镇服务信息库信息员'));
	const printer = appoint('printer', ['cadre', 'printer'], office('镇文印员'));
	const windows = numbered(scale.desks, (n) =>
		appoint(
			`desk-${padded(n, 2)}`,
			['cadre'],
			office(itemAt(DESK_POSTS, n - 1), n === 5 ? 'meeting' : 'on_duty'),
		),
	);

	const places = villages.flatMap((village, index) =>
		numbered(itemAt(scale.teamSizes, index % scale.teamSizes.length), () => village),
	);
	const origins = dispatched(places, scale);
	const field = places.map((village, index) => {
		const origin = itemAt(origins, index);
		return appoint(`cadre-${padded(index + 1, 3)}`, ['cadre', 'sensitive_information'], {
			post: random.pick(origin === 'town' ? FIELD_POSTS : origin === 'banner' ? BANNER_POSTS : CITY_POSTS),
			posting: 'field',
			origin,
			village,
			work_state: random.weighted<WorkState>([
				['in_village', 72],
				['on_duty', 18],
				['training', 6],
				['meeting', 4],
			]),
		});
	});
	return {
		field,
		teamLeaders,
		townLeaders,
		deputies,
		supervisors,
		desks: [clerk, printer, ...windows],
		users,
	};
}

/** C1: the banner's and the city's members are spread over the teams, the last of each team first. */
function dispatched(places: readonly string[], scale: Scale): CadreRow['origin'][] {
	const total = scale.fromBanner + scale.fromCity;
	const fromTheEnd = places.map((village, index) => ({
		index,
		rank: places.slice(index + 1).filter((v) => v === village).length,
	}));
	const chosen = fromTheEnd
		.sort((a, b) => a.rank - b.rank || a.index - b.index)
		.slice(0, total)
		.map(({ index }) => index);
	const origins = places.map((): CadreRow['origin'] => 'town');
	chosen.forEach((index, n) => {
		// Spread the city's over the banner's as evenly as whole numbers allow.
		const cityUpTo = (count: number) => Math.floor((count * scale.fromCity) / total);
		origins[index] = cityUpTo(n + 1) > cityUpTo(n) ? 'city' : 'banner';
	});
	return origins;
}

export function numbered<T>(count: number, make: (n: number) => T): T[] {
	return Array.from({ length: count }, (_, index) => make(index + 1));
}

/** @example padded(7, 3) // '007' */
export function padded(n: number, digits: number): string {
	return String(n).padStart(digits, '0');
}
