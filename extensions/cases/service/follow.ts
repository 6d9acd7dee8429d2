/** What of a new case's form a service brings along. */
export interface Followed {
	ledger: string;
	name: string;
}

/** A field of the form with the value that it gets. */
export interface FieldSet {
	field: 'ledger' | 'title';
	value: string | null;
}

/**
 * What the form gets when a service is chosen, changed or taken back: its ledger and its name as the title, where nothing stands
 * yet or what stands came from the service before. What a person typed stays.
 *
 * @param form its present values
 * @param former the service that stood there before
 * @example fieldsToSet({}, null, { ledger: 'proxy', name: '新生儿落户' }) // [{ field: 'ledger', … }, { field: 'title', … }]
 */
export function fieldsToSet(
	form: Readonly<Record<string, unknown>>,
	former: Followed | null,
	chosen: Followed | null,
): FieldSet[] {
	const wanted: readonly [FieldSet['field'], string | undefined, string | undefined][] = [
		['ledger', former?.ledger, chosen?.ledger],
		['title', former?.name, chosen?.name],
	];
	return wanted.flatMap(([field, before, value = null]) => {
		const standing = textOf(form[field]);
		const mayFollow = standing === '' || standing === before;
		return mayFollow && standing !== (value ?? '') ? [{ field, value }] : [];
	});
}

function textOf(value: unknown): string {
	return typeof value === 'string' ? value.trim() : '';
}
