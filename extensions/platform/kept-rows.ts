import type { DatabaseObject, TriggerAction } from './database-objects.js';

/** Of an update, whether one of these columns gets another value. */
export function changed(columns: readonly string[]): string {
	return `(${columns.map((column) => `NEW.${column} is distinct from OLD.${column}`).join(' or ')})`;
}

/** What was written stays: rows of the table are neither deleted one by one nor all at once. */
export function neverDeleted(table: string, name: string): DatabaseObject[] {
	const refuse: TriggerAction[] = [{ refuseWhen: 'true', code: 'DOORSTEP_APPEND_ONLY' }];
	return [
		{
			kind: 'trigger',
			name: `doorstep_${name}_kept`,
			table,
			timing: 'before',
			event: 'delete',
			actions: refuse,
		},
		{
			kind: 'trigger',
			name: `doorstep_${name}_not_truncated`,
			table,
			timing: 'before',
			event: 'truncate',
			actions: refuse,
		},
	];
}
