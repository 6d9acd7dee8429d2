import type { Policy } from '../../extensions/platform/hats.js';
import type { Ledger } from '../../extensions/cases/terms.js';

export type Size = 'demo' | 'small';

/** The township's name and numbers in `doorstep_settings`. */
export interface SettingsRow {
	township: string;
	issuing_body: string;
	hotline: string;
}

/** A village and its work team; all three are cadres. */
export interface VillageRow {
	id: string;
	name: string;
	leader: string;
	deputy: string;
	town_leader: string;
	data_clerk: string;
}

export interface HamletRow {
	id: string;
	village: string;
	name: string;
}

export type WorkState = 'in_village' | 'on_duty' | 'training' | 'meeting';

/** The card's token is a secret and therefore the server's to draw. */
export interface CadreRow {
	id: string;
	user: string;
	name: string;
	post: string;
	phone: string;
	posting: 'field' | 'office';
	origin: 'town' | 'banner' | 'city' | 'village';
	village: string | null;
	work_state: WorkState;
}

export interface UserRow {
	id: string;
	email: string;
	/** The whole name: written together, as Chinese names are. */
	first_name: string;
	last_name: string | null;
	language: 'zh-CN';
	hats: Policy[];
}

export interface DepartmentRow {
	id: string;
	name: string;
	level: 'banner' | 'city' | 'other';
	phone: string;
}

export interface ServiceRow {
	id: string;
	code: string;
	name: string;
	category: string;
	ledger: Ledger;
	limit_hours: number | null;
	limit_days: number | null;
	calendar: 'clock' | 'working';
	department_limit: string | null;
	statutory_limit: string | null;
	/** One paper a line. */
	papers: string;
	conditions: string;
	/** One step a line. */
	procedure: string;
	place: string;
	fee: string;
	contact: string;
	proxy: 'yes' | 'with_person' | 'no';
	in_charge: string | null;
	in_handbook: boolean;
}

export const SPECIAL_GROUPS = [
	'elderly_alone',
	'disabled',
	'children',
	'serious_illness',
	'minimum_living',
	'extreme_poverty',
	'monitored',
] as const;
export type SpecialGroup = (typeof SPECIAL_GROUPS)[number];

export interface HouseholdRow {
	id: string;
	code: string;
	hamlet: string;
	kind: 'resident' | 'away';
	head_name: string;
	phone: string;
	people: number;
	cadre: string;
	special_groups: SpecialGroup[];
	relief_reason: string | null;
	relief_measures: string | null;
}

/** A whole township as rows, in no need of a database. */
export interface Township {
	settings: SettingsRow;
	villages: VillageRow[];
	hamlets: HamletRow[];
	cadres: CadreRow[];
	users: UserRow[];
	departments: DepartmentRow[];
	services: ServiceRow[];
	households: HouseholdRow[];
}
