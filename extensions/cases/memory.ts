import type { Knex } from 'knex';

/** What one transaction has done so far; a retried transaction begins with an empty one. */
interface TransactionMemory {
	/** The highest case id that is locked. */
	highestLocked: string | undefined;
	/** Cases created in it, with the time at which the household raised them, where that was given. */
	created: Map<string, Date | null>;
}

const memories = new WeakMap<Knex, TransactionMemory>();

export function memoryOf(transaction: Knex): TransactionMemory {
	let memory = memories.get(transaction);
	if (memory === undefined) {
		memory = { highestLocked: undefined, created: new Map() };
		memories.set(transaction, memory);
	}
	return memory;
}
