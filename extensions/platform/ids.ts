import { createHash } from 'node:crypto';

/**
 * The same UUID for the same name, everywhere and for ever: rows that we ship can be found again on an upgrade.
 * Shaped as a name-based UUID (RFC 9562, version 8).
 *
 * @example fixedId('policy:cadre')
 */
export function fixedId(name: string): string {
	const hex = createHash('sha256').update(`doorstep:${name}`).digest('hex');
	const variant = ((parseInt(hex.charAt(16), 16) & 0x3) | 0x8).toString(16);
	return [
		hex.slice(0, 8),
		hex.slice(8, 12),
		`8${hex.slice(13, 16)}`,
		`${variant}${hex.slice(17, 20)}`,
		hex.slice(20, 32),
	].join('-');
}
