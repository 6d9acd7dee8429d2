/** What makes two cases the same matter. */
export interface Matter {
	household: string;
	service: string;
}

/** Open cases of the same household and service are counted up to this; then there are more. */
export const SAME_CASES_SHOWN = 3;

/** Which case's form asks: a new one, or one that is still open, which is not its own double. */
export interface Asking {
	/** `+` while it is new. */
	primaryKey: string | number | null;
	status: unknown;
}

/**
 * The question for open cases of the same matter; null where a case is settled already and the question is idle.
 *
 * @example sameCaseQuery(matter, { primaryKey: '+', status: null })
 */
export function sameCaseQuery({ household, service }: Matter, { primaryKey, status }: Asking): object | null {
	const isNew = primaryKey === null || primaryKey === '+';
	if (!isNew && status !== 'open') return null;
	return {
		fields: ['id', 'number', 'title', 'status', 'ledger', 'due_at', 'breached_at'],
		filter: {
			household: { _eq: household },
			service: { _eq: service },
			status: { _eq: 'open' },
			...(!isNew && { id: { _neq: primaryKey } }),
		},
		sort: ['-received_at'],
		limit: SAME_CASES_SHOWN + 1,
	};
}
