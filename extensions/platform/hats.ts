import { fixedId } from './ids.js';

/**
 * Hats are policies that stack on a user; one person may wear several (design: never one role each). The last two are given
 * beside a hat: they open households' personal circumstances to those who answer for them, and to those who lead their village.
 */
export const POLICIES = [
	'administrator',
	'cadre',
	'team_leader',
	'town_leader',
	'supervisor',
	'data_clerk',
	'village_clerk',
	'printer',
	'sensitive_information',
	'sensitive_villages',
] as const;
export type Policy = (typeof POLICIES)[number];

/** The id of the policy row that stands for a hat. */
export function policyId(policy: Policy): string {
	return fixedId(`policy:${policy}`);
}

/** SQL for the active users who wear a hat: by themselves, by their role, or by a role above it. */
export function wearersSql(policy: Policy): string {
	return holdersSql(`a.policy = '${policyId(policy)}'`);
}

/** SQL for whether one user, a row under this alias, is active and wears a hat: the same as being among its wearers, asked of them alone. */
export function wearsSql(policy: Policy, user: string): string {
	return `(${user}.status = 'active' and exists (select 1 from directus_access a where a.policy = '${policyId(policy)}'
		and (a."user" = ${user}.id or a.role in (with recursive above(role) as (
			select ${user}.role union select r.parent from directus_roles r join above on r.id = above.role
		) select above.role from above where above.role is not null))))`;
}

/** SQL for the active users who have an administrator's rights, whichever policy gives them. */
export const ADMINISTRATORS_SQL = holdersSql(
	'a.policy in (select p.id from directus_policies p where p.admin_access)',
);

function holdersSql(policies: string): string {
	const access = `select a.role, a."user" from directus_access a where ${policies}`;
	return `select u.id as person from directus_users u where u.status = 'active' and (
		u.id in (select h."user" from (${access}) h where h."user" is not null)
		or u.role in (with recursive wearing(role) as (
			select h.role from (${access}) h where h.role is not null
			union select below.id from directus_roles below join wearing on below.parent = wearing.role
		) select wearing.role from wearing))`;
}
