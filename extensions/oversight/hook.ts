import { defineHook } from '@directus/extensions-sdk';
import { platformOf, type EventContext } from '../platform/context.js';
import { localeOf, refusal } from '../platform/errors.js';
import { installationOf } from '../platform/installation.js';
import { packagedSnapshot } from '../platform/shipped.js';
import { fieldWords } from '../platform/snapshot.js';
import { readable } from '../platform/unavailable.js';
import { drawCheck, keepDrawn, noteTry, saveCheck, type Outcome } from './checks.js';
import { OVERSIGHT_OBJECTS } from './database.js';
import { REFUSALS } from './strings.js';

const CHECKS = 'doorstep_checks';
const CHECK_CASES = 'doorstep_check_cases';

export default defineHook(({ filter }, context) => {
	const platform = platformOf(context);
	const snapshot = packagedSnapshot();
	installationOf(platform.database).objects.push(...OVERSIGHT_OBJECTS);

	const answer = async (asked: Promise<Outcome> | Outcome, collection: string, event: EventContext) => {
		const outcome = await Promise.resolve(asked).catch((error: unknown) => {
			throw readable(error);
		});
		if (outcome.done) return outcome.payload;
		const { code, field } = outcome;
		const locale = await localeOf(event.database, event.accountability?.user);
		const args = field === undefined ? {} : { field: fieldWords(snapshot, collection, field, locale) };
		throw refusal(REFUSALS, code, locale, { field, args });
	};

	filter(`${CHECKS}.items.create`, (sent, _meta, event) => answer(drawCheck(sent, event), CHECKS, event));
	filter(`${CHECKS}.items.update`, (sent, meta, event) =>
		answer(saveCheck(sent, meta['keys'] as string[], event, platform), CHECKS, event),
	);
	filter(`${CHECK_CASES}.items.create`, (sent, _meta, event) =>
		answer(keepDrawn(sent, event), CHECK_CASES, event),
	);
	filter(`${CHECK_CASES}.items.update`, (sent, meta, event) =>
		answer(noteTry(sent, meta['keys'] as string[], event, platform), CHECK_CASES, event),
	);
	for (const collection of [CHECKS, CHECK_CASES])
		filter(`${collection}.items.delete`, (_sent, _meta, event) =>
			answer({ done: false, code: 'DOORSTEP_APPEND_ONLY' }, collection, event),
		);
});
