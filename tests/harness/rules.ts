/** The row rules of the hats, as they are shipped, for measuring and for looking at query plans. */
import { ROOT } from '../../seed/prepare.mjs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Policy } from '../../extensions/platform/hats.js';
import { shippedSnapshot } from '../../extensions/platform/snapshot.js';
import { permissionsFor, type Permission } from '../../seed/provision/permissions.js';

export type Filter = Readonly<Record<string, unknown>>;

/** Every permission as provisioned. */
export const PERMISSIONS: readonly Permission[] = permissionsFor(
	shippedSnapshot(pathToFileURL(join(ROOT, 'schema-snapshot.yaml'))),
);

/**
 * What an administrator has to ask for to see the rows of a collection that this person sees: the rules of all their hats, with their
 * id in place of the variable. What opens sensitive information opens no further rows.
 */
export function ruleFor(person: { user: string; hats: readonly Policy[] }, collection: string): Filter {
	const rules = PERMISSIONS.filter(
		(it) =>
			it.collection === collection &&
			it.action === 'read' &&
			!it.policy.startsWith('sensitive_') &&
			person.hats.includes(it.policy),
	).map(({ permissions }) => permissions);
	if (rules.some((rule) => Object.keys(rule).length === 0)) return {};
	return as(person.user, rules.length === 1 ? (rules[0] ?? {}) : { _or: rules });
}

/** A rule as it stands for one user. */
export function as(user: string, rule: Filter): Filter {
	return JSON.parse(JSON.stringify(rule).replaceAll('$CURRENT_USER', user)) as Filter;
}

/**
 * Every way in which a rule can be kept: lists of conditions that hold together.
 *
 * @example alternativesOf({ _and: [a, { _or: [b, c] }] }) // [[a, b], [a, c]]
 */
export function alternativesOf(rule: Filter): Filter[][] {
	const { _and: all, _or: any } = rule as { _and?: Filter[]; _or?: Filter[] };
	if (any !== undefined) return any.flatMap(alternativesOf);
	if (all === undefined) return [[rule]];
	return all.reduce<Filter[][]>(
		(ways, part) => ways.flatMap((way) => alternativesOf(part).map((more) => [...way, ...more])),
		[[]],
	);
}

/** @example pathOf({ holder: { user: { _eq: '$CURRENT_USER' } } }) // 'holder.user._eq' */
export function pathOf(condition: Filter): string {
	const [[key, value] = ['', null]] = Object.entries(condition);
	return typeof value === 'object' && value !== null ? `${key}.${pathOf(value as Filter)}` : key;
}
