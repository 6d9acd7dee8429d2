import { SENSITIVE_FIELDS } from './sensitive.js';

/** Personal data of a household that are emptied when they are erased, besides its head's name and the pinyin of it. */
export const EMPTIED_FIELDS = ['phone', 'people', ...SENSITIVE_FIELDS] as const;

/**
 * Why personal data are erased, by the cases of article 47 of the Personal Information Protection Law. A list, so that the reason,
 * which stays, tells nothing personal itself.
 */
export const ERASE_REASONS = [
	'purpose_achieved',
	'retention_expired',
	'consent_withdrawn',
	'unlawful',
	'other_law',
] as const;
