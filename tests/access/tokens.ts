import { randomBytes, randomInt, randomUUID } from 'node:crypto';

/** A word that stands in one field of one row and nowhere else. */
export function token(): string {
	return `qz${randomBytes(6).toString('hex')}`;
}

/** A number that stands in one field of one row and nowhere else, where only numbers may stand. */
export function phoneToken(): string {
	return `000-${String(randomInt(1e12)).padStart(12, '0')}`;
}

/** A word of the same form that stands nowhere. */
export function oddFor(word: string): string {
	if (word.startsWith('qz')) return word.replace(/^qz[0-9a-f]+/, token());
	if (word.startsWith('000-')) return phoneToken();
	if (word.includes('-')) return word.length === 36 ? randomUUID() : '2026-999999';
	return randomBytes(word.length / 2).toString('hex');
}

const TOKENS =
	/qz[0-9a-f]{12}|\b000-\d{12}\b|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|\b\d{4}-\d{6}\b|\b[0-9a-f]{64}\b|\b[0-9a-f]{32}\b/gi;

/** Every token, id and case number in an answer, whatever its form. */
export function tokensIn(text: string): Set<string> {
	return new Set(Array.from(text.matchAll(TOKENS), ([found]) => found.toLowerCase()));
}
