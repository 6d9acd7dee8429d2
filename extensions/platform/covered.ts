import { isDeepStrictEqual } from 'node:util';

/** What a permission lets somebody read. */
export interface ReadRule {
	/** `*` stands for all. */
	fields: readonly string[];
	/** Of which rows; null or empty for all. */
	rows: unknown;
	/** Whether it holds wherever the person logs in. */
	everywhere: boolean;
}

/**
 * Whether no rule gives a person rows of which this field is kept from them. Directus lets people ask by a field that any of their
 * rules grants, over the rows of all of them: who cares for some households and looks at all could guess in the rest.
 */
export function opensInAllRows(rules: readonly ReadRule[], field: string): boolean {
	const granting = rules.filter((rule) => grants(rule, field));
	const covering = granting.filter((rule) => rule.everywhere);
	return (
		covering.length > 0 &&
		rules.every((rule) => granting.includes(rule) || covering.some((other) => covers(other.rows, rule.rows)))
	);
}

/** Whether one of the rules grants the field in every row. */
export function opensWithoutCondition(rules: readonly ReadRule[], field: string): boolean {
	return rules.some((rule) => rule.everywhere && grants(rule, field) && isEmpty(rule.rows));
}

/**
 * Whether each alternative of `inner` stands word for word among those of `outer`: no more than that is looked for, so a rule that
 * says the same in other words is not covered.
 *
 * @example covers({ _or: [{ a: { _eq: 1 } }, { b: { _eq: 2 } }] }, { b: { _eq: 2 } }) // true
 */
export function covers(outer: unknown, inner: unknown): boolean {
	if (isEmpty(outer)) return true;
	if (isEverything(inner)) return false;
	const known = alternativesOf(outer);
	return alternativesOf(inner).every((alternative) =>
		known.some((other) => isDeepStrictEqual(other, alternative)),
	);
}

function grants({ fields }: ReadRule, field: string): boolean {
	return fields.includes('*') || fields.includes(field);
}

function alternativesOf(rows: unknown): unknown[] {
	const { _or: alternatives, ...rest } = rows as { _or?: unknown };
	return Array.isArray(alternatives) && Object.keys(rest).length === 0 ? alternatives : [rows];
}

/** One empty alternative makes Directus drop them all, and so does a list of none. */
function isEverything(rows: unknown): boolean {
	if (isEmpty(rows)) return true;
	const alternatives = alternativesOf(rows);
	return alternatives.length === 0 || alternatives.some(isEmpty);
}

function isEmpty(rows: unknown): boolean {
	return rows === null || rows === undefined || Object.keys(rows).length === 0;
}
