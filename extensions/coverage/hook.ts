import { randomBytes } from 'node:crypto';
import { defineHook } from '@directus/extensions-sdk';
import type { Application } from 'express';
import { databaseNow } from '../platform/clock.js';
import { platformOf, type EventContext } from '../platform/context.js';
import { localeOf, refusal } from '../platform/errors.js';
import { installationOf } from '../platform/installation.js';
import { registerPinyin, startFillingPinyin, type PinyinColumn } from '../platform/pinyin-column.js';
import { guardChangesByQuery, guardQuestions } from '../platform/protected-hook.js';
import { PLATFORM_REFUSALS, type PlatformRefusal } from '../platform/refusals.js';
import type { Fault } from '../platform/sent.js';
import { packagedSnapshot } from '../platform/shipped.js';
import { fieldWords } from '../platform/snapshot.js';
import { COVERAGE_OBJECTS } from './database.js';
import { checkHousehold, missingTarget } from './household-file.js';
import { mayPlace, PLACEMENTS } from './keepers.js';
import { PROTECTED } from './protected.js';
import { traceReads } from './traces.js';

const CADRES = 'doorstep_cadres';
const HOUSEHOLDS = 'doorstep_households';
const ASSIGNMENTS = 'doorstep_assignments';
/** 24 random bytes make 32 characters that nobody guesses. */
const TOKEN_BYTES = 24;
/** People on the phone say a name, and phones type Latin letters fastest: what they look for is found by pinyin too. */
const FOUND_BY_PINYIN: readonly PinyinColumn[] = [
	{ collection: HOUSEHOLDS, name: 'head_name', named: 'person' },
	{ collection: CADRES, name: 'name', named: 'person' },
	{ collection: 'doorstep_services', name: 'name', named: 'thing' },
];

type Sent = Record<string, unknown>;

export default defineHook(({ filter, init }, context) => {
	const platform = platformOf(context);
	const snapshot = packagedSnapshot();
	installationOf(platform.database).objects.push(...COVERAGE_OBJECTS);

	const household = async (sent: Sent, keys: string[], event: EventContext): Promise<Sent> => {
		const checked = await checkHousehold(sent, keys, event, platform);
		if (checked.ok) return checked.value;
		throw await refusalOf(checked.fault, event);
	};
	const refusalOf = async ({ code, field }: Fault, event: EventContext): Promise<Error> => {
		const locale = await localeOf(event.database, event.accountability?.user);
		const args = field === undefined ? {} : { field: fieldWords(snapshot, HOUSEHOLDS, field, locale) };
		return refusal(PLATFORM_REFUSALS, code, locale, { field, args });
	};
	filter<Sent>(`${HOUSEHOLDS}.items.create`, (sent, _meta, event) => household(sent, [], event));
	filter<Sent>(`${HOUSEHOLDS}.items.update`, (sent, meta, event) =>
		household(sent, meta['keys'] as string[], event),
	);
	// What is trimmed is spelt after that.
	registerPinyin(filter, FOUND_BY_PINYIN);
	init('app.after', () => {
		startFillingPinyin(platform, FOUND_BY_PINYIN);
	});

	guardQuestions(filter, platform, snapshot, PROTECTED);
	init('routes.before', ({ app }) => {
		(app as Application).use(guardChangesByQuery(platform, snapshot, PROTECTED));
	});
	traceReads(filter, platform);
	for (const placement of PLACEMENTS) {
		const { collection, field } = placement;
		for (const event of ['items.create', 'items.update']) {
			filter<Sent>(`${collection}.${event}`, async (sent, _meta, event) => {
				if (await mayPlace(placement, sent, event, platform)) return sent;
				const locale = await localeOf(event.database, event.accountability?.user);
				const args = { field: fieldWords(snapshot, collection, field, locale) };
				throw refusal(PLATFORM_REFUSALS, 'DOORSTEP_NOT_KEPT', locale, { field, args });
			});
		}
	}

	for (const event of ['items.create', 'items.update']) {
		filter<Sent>(`${HOUSEHOLDS}.${event}`, async (sent, _meta, event) => {
			const missing = await missingTarget(sent, event);
			if (missing !== undefined) throw await refusalOf(missing, event);
			return sent;
		});
	}

	filter<Sent>(`${CADRES}.items.create`, async (sent, _meta, event) => ({
		...(await sinceNow(sent, event)),
		card_token: randomBytes(TOKEN_BYTES).toString('base64url'),
	}));
	filter<Sent>(`${CADRES}.items.update`, (sent, _meta, event) => sinceNow(sent, event));

	const refuse = async (event: EventContext, code: PlatformRefusal, field?: string): Promise<never> => {
		const locale = await localeOf(event.database, event.accountability?.user);
		throw refusal(PLATFORM_REFUSALS, code, locale, { field });
	};
	for (const event of ['items.create', 'items.delete']) {
		filter(`${ASSIGNMENTS}.${event}`, (_sent, _meta, event) => refuse(event, 'DOORSTEP_APPEND_ONLY'));
	}
	filter<Sent>(`${ASSIGNMENTS}.items.update`, (sent, _meta, event) => {
		const field = Object.keys(sent).find((name) => name !== 'reason');
		return field === undefined ? sent : refuse(event, 'DOORSTEP_APPEND_ONLY', field);
	});
});

/** C4: a work state stands with the time of its change, which is the server's whatever was sent. */
async function sinceNow(
	{ work_state_since: _sent, ...sent }: Sent,
	{ database }: EventContext,
): Promise<Sent> {
	if (sent['work_state'] === undefined) return sent;
	return { ...sent, work_state_since: (await databaseNow(database)).toISOString() };
}
