import type { Field } from '@directus/types';
import type { Given, StepRule } from '../moves.js';
import { ruleOf, type StepKind } from '../rules.js';
import { LEVELS, type Ledger, type Level } from '../terms.js';

/** What of the cases the form of a step depends on. */
export interface StepTarget {
	id: string;
	number: string;
	title: string;
	ledger?: Ledger;
	level?: Level | null;
	asked_hours?: number | null;
}

interface Choice {
	value: string;
}

/** What may be said with every step besides what its kind takes. */
const ALWAYS = ['note', 'files', 'happened_at'] as const;

/**
 * The generated form of a kind of step: the fields that it needs, may have, and those that go with every step, in the order of the
 * data model; choices that no longer lead anywhere are left out.
 *
 * @param fields of `doorstep_case_steps`, as Directus's store holds them
 */
export function formOf(kind: StepKind, fields: readonly Field[], targets: readonly StepTarget[]): Field[] {
	const rule = ruleOf(kind);
	if (rule === undefined) return [];
	const shown: readonly string[] = [...rule.needs, ...rule.may, ...ALWAYS];
	return fields
		.filter((field) => shown.includes(field.field))
		.map((field) => ({
			...field,
			meta: field.meta && {
				...field.meta,
				hidden: false,
				readonly: false,
				conditions: null,
				required: isNeeded(rule, field.field as Given, targets),
				options: withChoices(field.meta.options, field.field, targets),
			},
		}));
}

/** What a form begins with: the hours that were asked for, where one case is to get them. */
export function firstValues(kind: StepKind, targets: readonly StepTarget[]): Record<string, unknown> {
	const [only] = targets;
	return kind === 'grant_time' && targets.length === 1 && only?.asked_hours
		? { hours: only.asked_hours }
		: {};
}

/** What is sent for one case; `client_id` lets it be sent again after a broken connection. */
export function stepFor(
	kind: StepKind,
	target: StepTarget,
	said: Readonly<Record<string, unknown>>,
	clientId: string,
): Record<string, unknown> {
	const asked = kind === 'grant_time' ? { hours: target.asked_hours } : {};
	const given = Object.entries(said).filter(
		([, value]) => value !== null && value !== undefined && value !== '',
	);
	return { ...asked, ...Object.fromEntries(given), case_id: target.id, kind, client_id: clientId };
}

function isNeeded(rule: StepRule, field: Given, targets: readonly StepTarget[]): boolean {
	const answeredBefore = field === 'hours' && targets.every(({ asked_hours }) => Boolean(asked_hours));
	return rule.needs.includes(field) && !answeredBefore;
}

function withChoices<Options>(options: Options, field: string, targets: readonly StepTarget[]): Options {
	const choices = (options as { choices?: Choice[] } | null)?.choices;
	if (choices === undefined) return options;
	return { ...options, choices: choices.filter(({ value }) => leadsOn(field, value, targets)) };
}

/** Another ledger, a higher level. */
function leadsOn(field: string, value: string, targets: readonly StepTarget[]): boolean {
	if (field === 'ledger') return targets.some(({ ledger }) => ledger !== value);
	if (field !== 'level') return true;
	const rank = LEVELS.indexOf(value as Level);
	return targets.some(({ level }) => rank > LEVELS.indexOf(level ?? 'team'));
}
