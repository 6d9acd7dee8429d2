import { fixedId } from './ids.js';

/** Hats are policies that stack on a user; one person may wear several (design: never one role each). */
export const POLICIES = [
	'administrator',
	'cadre',
	'team_leader',
	'town_leader',
	'supervisor',
	'data_clerk',
	'printer',
] as const;
export type Policy = (typeof POLICIES)[number];

/** The id of the policy row that stands for a hat. */
export function policyId(policy: Policy): string {
	return fixedId(`policy:${policy}`);
}
