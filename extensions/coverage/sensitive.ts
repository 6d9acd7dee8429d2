/** Personal circumstances of a household: read and written by a policy of their own, and every look leaves a trace. */
export const SENSITIVE_FIELDS = ['special_groups', 'relief_reason', 'relief_measures'] as const;
