import { defineHook } from '@directus/extensions-sdk';
import type { Application } from 'express';
import { platformOf, type EventContext } from '../platform/context.js';
import { localeOf } from '../platform/errors.js';
import { installationOf } from '../platform/installation.js';
import { packagedSnapshot } from '../platform/shipped.js';
import { readable } from '../platform/unavailable.js';
import { recordCase, recordStep } from './actions.js';
import { guardAssets, keepAttached, withoutHidden } from './attachments.js';
import { correctCase, acknowledge } from './changes.js';
import { CASE_OBJECTS } from './database.js';
import { CASE_ERASURE, startRemovingErasedFiles } from './erasure.js';
import { attachAgain, FILE_OBJECTS } from './files-database.js';
import { answerWithoutDatabase } from './health.js';
import { LADDER_OBJECTS } from './ladder-database.js';
import { checkRule } from './ladder-sent.js';
import { registerLists } from './lists-hook.js';
import type { Done, NotDone } from './outcome.js';
import { startSweeping } from './poller.js';
import { RUNG_OBJECTS } from './rungs-database.js';
import { SEAL_OBJECTS, SEAL_WHAT_STANDS } from './seals.js';
import { refusalOf } from './words.js';

const CASES = 'doorstep_cases';
const STEPS = 'doorstep_case_steps';
const ESCALATIONS = 'doorstep_escalations';
const CALENDAR = 'doorstep_calendar';
const RULES = 'doorstep_escalation_rules';
const FILES = 'directus_files';

export default defineHook(({ filter, init }, context) => {
	const platform = platformOf(context);
	const snapshot = packagedSnapshot();
	const { objects, once, repairs, erasures } = installationOf(platform.database);
	objects.push(...CASE_OBJECTS, ...RUNG_OBJECTS, ...LADDER_OBJECTS, ...FILE_OBJECTS, ...SEAL_OBJECTS);
	once.push(SEAL_WHAT_STANDS);
	repairs.push(attachAgain);
	erasures.push(CASE_ERASURE);

	const answer = async (
		asked: Promise<Done | NotDone> | NotDone,
		collection: string,
		event: EventContext,
	) => {
		const outcome = await Promise.resolve(asked).catch((error: unknown) => {
			throw readable(error);
		});
		if (outcome.done) return outcome.payload;
		const locale = await localeOf(event.database, event.accountability?.user);
		throw refusalOf(outcome, collection, snapshot, locale);
	};
	const refuse =
		(collection: string, code: NotDone['code'] = 'DOORSTEP_APPEND_ONLY') =>
		(_sent: unknown, _meta: unknown, event: unknown) =>
			answer({ done: false, code }, collection, event as EventContext);

	filter(`${CASES}.items.create`, (sent, _meta, event) =>
		answer(recordCase(sent, event, platform), CASES, event),
	);
	filter(`${STEPS}.items.create`, (sent, _meta, event) =>
		answer(recordStep(sent, event, platform), STEPS, event),
	);
	filter(`${CASES}.items.update`, (sent, meta, event) =>
		answer(correctCase(sent, meta['keys'] as string[], event, platform), CASES, event),
	);
	filter(`${ESCALATIONS}.items.update`, (sent, meta, event) =>
		answer(acknowledge(sent, meta['keys'] as string[], event, platform), ESCALATIONS, event),
	);
	filter<string[]>('files.delete', async (keys, _meta, event) => {
		const refusal = await keepAttached(keys, event, platform);
		if (refusal !== undefined) await answer(refusal, FILES, event);
		return keys;
	});
	filter<object[]>('files.read', (rows, _meta, event) => withoutHidden(rows, event, platform));
	filter(`${RULES}.items.create`, (sent, _meta, event) =>
		answer(checkRule(sent, undefined, event, platform), RULES, event),
	);
	filter(`${RULES}.items.update`, (sent, meta, event) =>
		answer(checkRule(sent, meta['keys'] as string[], event, platform), RULES, event),
	);
	filter(`${STEPS}.items.update`, refuse(STEPS));
	filter(`${ESCALATIONS}.items.create`, refuse(ESCALATIONS));
	for (const collection of [CASES, STEPS, ESCALATIONS])
		filter(`${collection}.items.delete`, refuse(collection));
	filter(`${CALENDAR}.items.delete`, refuse(CALENDAR, 'DOORSTEP_CALENDAR_KEPT'));

	registerLists(filter, platform);
	init('middlewares.before', ({ app }) => {
		(app as Application).get('/doorstep/health', answerWithoutDatabase(platform));
	});
	init('routes.before', ({ app }) => {
		(app as Application).use('/assets', guardAssets(platform));
	});
	init('app.after', () => {
		startSweeping(platform);
		startRemovingErasedFiles(platform);
	});
});
