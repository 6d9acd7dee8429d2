/**
 * Numbers that belong to nobody: mobile numbers begin with 160, which no operator has, and landlines with the area code 0000.
 * One range for each use, so that no number occurs twice.
 */
const FIRST_OF_RANGE = { cadre: 16_000_000_000, household: 16_000_010_000 } as const;

/** @example mobileNumber('cadre', 1) // '16000000001' */
export function mobileNumber(range: keyof typeof FIRST_OF_RANGE, n: number): string {
	return String(FIRST_OF_RANGE[range] + n);
}

/** @example landline(12) // '0000-6600012' */
export function landline(n: number): string {
	return `0000-${6_600_000 + n}`;
}
