import { randomBytes } from 'node:crypto';
import { defineHook } from '@directus/extensions-sdk';
import { databaseNow } from '../platform/clock.js';
import { platformOf, type EventContext } from '../platform/context.js';
import { localeOf, refusal } from '../platform/errors.js';
import { installationOf } from '../platform/installation.js';
import { registerPinyin, startFillingPinyin, type PinyinColumn } from '../platform/pinyin-column.js';
import { PLATFORM_REFUSALS, type PlatformRefusal } from '../platform/refusals.js';
import { COVERAGE_OBJECTS } from './database.js';

const CADRES = 'doorstep_cadres';
const ASSIGNMENTS = 'doorstep_assignments';
/** 24 random bytes make 32 characters that nobody guesses. */
const TOKEN_BYTES = 24;
/** People on the phone say a name, and phones type Latin letters fastest: what they look for is found by pinyin too. */
const FOUND_BY_PINYIN: readonly PinyinColumn[] = [
	{ collection: 'doorstep_households', name: 'head_name', named: 'person' },
	{ collection: CADRES, name: 'name', named: 'person' },
	{ collection: 'doorstep_services', name: 'name', named: 'thing' },
];

type Sent = Record<string, unknown>;

export default defineHook(({ filter, init }, context) => {
	const platform = platformOf(context);
	installationOf(platform.database).objects.push(...COVERAGE_OBJECTS);
	registerPinyin(filter, FOUND_BY_PINYIN);
	init('app.after', () => {
		startFillingPinyin(platform, FOUND_BY_PINYIN);
	});

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
