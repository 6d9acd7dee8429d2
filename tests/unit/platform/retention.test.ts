import { expect, test } from 'vitest';
import { activityDays, tracesGoEarly } from '../../../extensions/platform/retention.js';

test.each<[unknown, unknown, number | null]>([
	[undefined, '1d', null],
	[false, '90d', null],
	['false', '90d', null],
	[true, undefined, 90],
	['true', '90d', 90],
	['1', '26w', 182],
	[true, '1 year', 365],
	[true, '4320h', 180],
	[true, '15552000000', 180],
	[true, 0, 0],
	[true, 'for ever', null],
])('L1: RETENTION_ENABLED=%s, ACTIVITY_RETENTION=%s keeps traces for %s days', (enabled, span, days) => {
	const env = { RETENTION_ENABLED: enabled, ACTIVITY_RETENTION: span };
	expect(activityDays(env)).toBe(days);
	expect(tracesGoEarly(env)).toBe(days !== null && days < 180);
});
