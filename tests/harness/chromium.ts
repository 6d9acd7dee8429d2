import { findBrowser } from '../../seed/prepare.mjs';

/**
 * The browser for tests of the studio, or null after one loud line that they are skipped.
 * With DOORSTEP_REQUIRE_SERVICES=1 an absent one is an error, so that no check passes by skipping.
 */
export function findChromium(): string | null {
	const found = findBrowser();
	if (found !== null) return found;

	const named = process.env['DOORSTEP_CHROMIUM'];
	const absence = named
		? `DOORSTEP_CHROMIUM names ${named}, which cannot be run`
		: 'no Chromium is installed (DOORSTEP_CHROMIUM names one elsewhere)';
	if (process.env['DOORSTEP_REQUIRE_SERVICES'] === '1') {
		throw new Error(`For the browser tests ${absence}, and DOORSTEP_REQUIRE_SERVICES=1 demands one.`);
	}
	console.warn(`\n  !!  SKIPPED: every test in a browser: ${absence}.\n`);
	return null;
}
