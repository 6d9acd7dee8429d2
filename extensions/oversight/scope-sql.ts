import type { Ledger } from '../cases/terms.js';
import type { Scope } from './scope.js';

/** A condition on `c` and the values that it names. */
export interface ScopeSql {
	where: string;
	bindings: Record<string, string>;
}

/** Whose cases count. */
export function scopeSql(
	{ villages, answerers, complaints }: Omit<Scope, 'byHolder'>,
	ledger: Ledger | null,
): ScopeSql {
	const bindings: Record<string, string> = {};
	const bind = (value: string): string => {
		const name = `b${Object.keys(bindings).length}`;
		bindings[name] = value;
		return `:${name}`;
	};
	// An empty list is nobody's, and stands for no row at all.
	const among = (values: readonly string[]): string =>
		values.length === 0 ? '(null)' : `(${values.map(bind).join(', ')})`;

	const conditions: string[] = [];
	if (ledger !== null) conditions.push(`c.ledger = ${bind(ledger)}`);
	if (complaints === false) conditions.push('c.about_cadre is null');
	else if (complaints.but !== null) conditions.push(`c.about_cadre is distinct from ${bind(complaints.but)}`);
	if (villages !== null)
		conditions.push(`c.household in (select p.id from doorstep_households p
			join doorstep_hamlets y on y.id = p.hamlet where y.village in ${among(villages)})`);
	if (answerers !== null)
		conditions.push(`(c.household in (select p.id from doorstep_households p where p.cadre in ${among(answerers)})
			or c.holder in ${among(answerers)})`);
	return { where: conditions.length === 0 ? 'true' : conditions.join(' and '), bindings };
}
