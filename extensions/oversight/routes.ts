import { defineEndpoint } from '@directus/extensions-sdk';
import { databaseNow } from '../platform/clock.js';
import { platformOf } from '../platform/context.js';
import { localeOf, refusal } from '../platform/errors.js';
import { eventOf, handled, refusalTo, type AccountableRequest } from '../platform/http.js';
import { installationOf } from '../platform/installation.js';
import { rowExists } from '../platform/references.js';
import type { Fault } from '../platform/sent.js';
import { figureRows, overviewOf, type Reader } from './answers.js';
import { readDeadlines, readFigures, readOverview, type Narrowed, type Read } from './asked.js';
import { deadlineBoard } from './deadlines.js';
import { heldScope, scopeOf, type Viewer } from './scope.js';
import { REFUSALS, type OversightRefusal } from './strings.js';
import { viewerOf } from './viewer.js';

interface NotYours {
	code: OversightRefusal;
	field: string;
}

/** Figures for panels and reports (F6, S6), over what the caller may count. */
export default defineEndpoint({
	id: 'doorstep',
	handler: (router, context) => {
		const platform = platformOf(context);
		const { database } = platform;

		const answering = <Asked extends Narrowed>(
			read: (query: unknown, now: Date) => Read<Asked>,
			answer: (
				asked: Asked,
				reader: Reader & { viewer: Viewer },
				request: AccountableRequest,
			) => Promise<object>,
		) =>
			handled(platform, async (request, response) => {
				const { accountability } = request;
				if (!accountability?.user) throw await refusalTo(platform, request, 'DOORSTEP_LOG_IN');
				if (installationOf(database).state !== 'ready')
					throw await refusalTo(platform, request, 'DOORSTEP_UNAVAILABLE');
				const now = await databaseNow(database);
				const locale = await localeOf(database, accountability.user);
				const refuse = ({ code, field }: Fault | NotYours): Error =>
					refusal(REFUSALS, code, locale, { field });
				const asked = read(request.query, now);
				if (!asked.ok) throw refuse(asked.fault);
				const viewer = await viewerOf(database, accountability.user, accountability, now);
				const { village, byPerson } = asked.value;
				const counted = scopeOf(viewer, village);
				const exists = village === null || (await rowExists(database, 'doorstep_villages', village));
				if (counted === undefined || !exists) throw refuse(notYours('village'));
				const scope = byPerson ? heldScope(viewer, counted) : counted;
				if (scope === undefined) throw refuse(notYours('by'));
				response.json({ data: await answer(asked.value, { scope, now, locale, viewer }, request) });
			});

		router.get(
			'/overview',
			answering(readOverview, (asked, reader) => overviewOf(database, asked, reader)),
		);
		router.get(
			'/figures',
			answering(readFigures, (asked, reader) => figureRows(database, asked, reader)),
		);
		router.get(
			'/deadlines',
			answering(readDeadlines, async (asked, reader, request) =>
				deadlineBoard(asked, reader, reader.viewer, await eventOf(platform, request), platform),
			),
		);
	},
});

function notYours(field: string): NotYours {
	return { code: 'DOORSTEP_FIGURES_NOT_YOURS', field };
}
