import { randomUUID } from 'node:crypto';
import { policyId, type Policy } from '../../extensions/platform/hats.js';
import { logIn, type Client } from './request.js';
import type { Township } from './township.js';

/** Somebody with a log-in; officials have a row among the cadres as well. */
export interface Person {
	/** Id in `doorstep_cadres`. */
	cadre: string;
	/** Id in `directus_users`. */
	user: string;
	email: string;
	client: Client;
}

/** Two villages with the people around them, made by the API: just enough for one rule and its foreign record. */
export interface World {
	/** Answers for `household`. */
	cadre: Person;
	/** Same village, other household (`neighbour`). */
	colleague: Person;
	/** Other village (`foreign`). */
	stranger: Person;
	leader: Person;
	deputy: Person;
	townLeader: Person;
	/** In charge of `service` (分管领导), of no village. */
	inCharge: Person;
	supervisor: Person;
	clerk: Person;
	/** Named as the data clerk of `village`. */
	villageClerk: Person;
	/** Of `village` and of `otherVillage`. */
	hamlet: string;
	otherHamlet: string;
	household: string;
	neighbour: string;
	foreign: string;
	village: string;
	otherVillage: string;
	service: string;
	department: string;
}

/** Of everybody in a world. */
export const PASSWORD = `pass-${randomUUID()}`;

export async function buildWorld(township: Township): Promise<World> {
	const { admin } = township;
	const village = await create(admin, 'doorstep_villages', { name: `村-${randomUUID()}` });
	const otherVillage = await create(admin, 'doorstep_villages', { name: `村-${randomUUID()}` });
	const hamlet = await create(admin, 'doorstep_hamlets', { name: '一社', village });
	const otherHamlet = await create(admin, 'doorstep_hamlets', { name: '一社', village: otherVillage });
	const person = (name: string, hats: Policy[], more: object = {}) => makePerson(township, name, hats, more);
	const cadre = await person('甲', ['cadre', 'sensitive_information'], { village });
	const colleague = await person('乙', ['cadre', 'sensitive_information'], { village });
	const stranger = await person('丙', ['cadre', 'sensitive_information'], { village: otherVillage });
	const leader = await person('队长', [
		'cadre',
		'team_leader',
		'sensitive_information',
		'sensitive_villages',
	]);
	const deputy = await person('副队长', [
		'cadre',
		'team_leader',
		'sensitive_information',
		'sensitive_villages',
	]);
	const townLeader = await person('包片领导', [
		'cadre',
		'town_leader',
		'sensitive_information',
		'sensitive_villages',
	]);
	const inCharge = await person('分管领导', [
		'cadre',
		'town_leader',
		'sensitive_information',
		'sensitive_villages',
	]);
	const supervisor = await person('督导员', ['cadre', 'supervisor']);
	const clerk = await person('信息员', ['data_clerk']);
	const villageClerk = await person('嘎查村信息员', ['village_clerk']);
	await admin.ok('PATCH', `/items/doorstep_villages/${village}`, {
		leader: leader.cadre,
		deputy: deputy.cadre,
		town_leader: townLeader.cadre,
		data_clerk: villageClerk.cadre,
	});
	const household = (of: Person, where: string) =>
		create(admin, 'doorstep_households', {
			code: randomUUID(),
			hamlet: where,
			head_name: '户主',
			cadre: of.cadre,
		});
	return {
		...{
			cadre,
			colleague,
			stranger,
			leader,
			deputy,
			townLeader,
			inCharge,
			supervisor,
			clerk,
			villageClerk,
			hamlet,
			otherHamlet,
			village,
			otherVillage,
		},
		household: await household(cadre, hamlet),
		neighbour: await household(colleague, hamlet),
		foreign: await household(stranger, otherHamlet),
		service: await create(admin, 'doorstep_services', {
			code: randomUUID(),
			name: '低保申请',
			category: '救助',
			ledger: 'proxy',
			in_charge: inCharge.cadre,
		}),
		department: await create(admin, 'doorstep_departments', { name: `旗交通局-${randomUUID()}` }),
	};
}

export async function makePerson(
	township: Township,
	name: string,
	hats: Policy[],
	more: object = {},
): Promise<Person> {
	const { admin } = township;
	const email = `${randomUUID()}@doorstep.example.com`;
	const policies = hats.map((hat) => ({ policy: policyId(hat) }));
	const account = await admin.ok<{ id: string }>('POST', '/users', {
		email,
		password: PASSWORD,
		first_name: name,
		language: 'zh-CN',
		policies,
	});
	const cadre = await create(admin, 'doorstep_cadres', { name, post: '干事', user: account.id, ...more });
	return { cadre, user: account.id, email, client: await logIn(township.url, email, PASSWORD) };
}

/** @returns the new row's id */
export async function create(client: Client, collection: string, row: object): Promise<string> {
	return (await client.ok<{ id: string }>('POST', `/items/${collection}`, row)).id;
}

export interface CaseRow {
	id: string;
	number: string;
	status: string;
	ledger: string;
	level: string | null;
	holder: string | null;
	cadre: string;
	received_at: string;
	due_at: string;
	first_due_at: string;
	resolved_at: string | null;
	closed_at: string | null;
	breached_at: string | null;
	next_rung_at: string | null;
	rung: number;
	cycle: number;
	title: string;
}

/** Records a case as `by`; a proxy case unless said otherwise. */
export function recordCase(by: Person, household: string, more: object = {}): Promise<CaseRow> {
	return by.client.ok<CaseRow>('POST', '/items/doorstep_cases', {
		household,
		ledger: 'proxy',
		title: '新生儿落户',
		...more,
	});
}

/** Adds a step as `by`; gives the answer, refused or not. */
export function step(by: Person | { client: Client }, caseId: string, kind: string, more: object = {}) {
	return by.client.request<{ id: string; seq: number }>('POST', '/items/doorstep_case_steps', {
		case_id: caseId,
		kind,
		...more,
	});
}

export async function readCase(by: { client: Client } | Person, id: string): Promise<CaseRow> {
	return by.client.ok<CaseRow>('GET', `/items/doorstep_cases/${id}`);
}
