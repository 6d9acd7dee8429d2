import type { Platform } from '../../extensions/platform/context.js';
import { POLICIES, policyId } from '../../extensions/platform/hats.js';
import { fixedId } from '../../extensions/platform/ids.js';
import type { ShippedRow } from '../../extensions/platform/provision.js';
import type { Snapshot } from '../../extensions/platform/snapshot.js';
import { LOCALES } from '../../extensions/platform/words.js';
import { calendarDays } from './calendar.js';
import { dashboards } from './dashboards.js';
import { LADDER } from './ladder.js';
import { lists } from './lists.js';
import { moduleBar } from './module-bar.js';
import { permissionsFor, PHOTOS_FOLDER } from './permissions.js';
import { shippedLabels } from './personal.js';
import { POLICY_TEXTS } from './policies.js';

/** All rows that come with the package: hats, what they may do, words, ladder, calendar, settings, lists. */
export async function rowsToShip(platform: Platform, snapshot: Snapshot): Promise<ShippedRow[]> {
	const calendarIsEmpty =
		(await platform.database('doorstep_calendar').first<object | undefined>('id')) === undefined;
	return [
		...hats(),
		...permissions(snapshot),
		{ collection: 'directus_folders', key: { id: PHOTOS_FOLDER }, values: { name: '干部照片 Officials' } },
		...words(),
		...ladder(),
		...calendar(calendarIsEmpty),
		...settings(),
		...lists(),
		moduleBar(),
		...dashboards(),
	];
}

function hats(): ShippedRow[] {
	return POLICIES.map((policy) => ({
		collection: 'directus_policies',
		key: { id: policyId(policy) },
		values: {
			...POLICY_TEXTS[policy],
			app_access: true,
			admin_access: policy === 'administrator',
			enforce_tfa: false,
		},
	}));
}

function permissions(snapshot: Snapshot): ShippedRow[] {
	return permissionsFor(snapshot).map(
		({ policy, collection, action, validation = null, presets = null, ...values }) => ({
			collection: 'directus_permissions',
			key: { policy: policyId(policy), collection, action },
			values: { ...values, validation, presets },
			needs: { collection: 'directus_policies', id: policyId(policy) },
		}),
	);
}

function words(): ShippedRow[] {
	return Object.entries(shippedLabels()).flatMap(([key, pair]) =>
		LOCALES.map((language, index) => ({
			collection: 'directus_translations',
			key: { key, language },
			values: { value: pair[index] },
		})),
	);
}

function ladder(): ShippedRow[] {
	return LADDER.map(({ id, ...values }) => ({
		collection: 'doorstep_escalation_rules',
		key: { id },
		values: { ...values, service: null },
	}));
}

/** In an empty calendar the count is given; later the database counts on from the days that stand there. */
function calendar(isEmpty: boolean): ShippedRow[] {
	return calendarDays().map(({ day, working, name, ordinal }) => ({
		collection: 'doorstep_calendar',
		key: { day },
		values: { working, name },
		atFirst: { id: fixedId(`day:${day}`), ...(isEmpty && { ordinal }) },
	}));
}

function settings(): ShippedRow[] {
	return [
		{
			collection: 'doorstep_settings',
			key: { id: fixedId('settings') },
			values: { proxy_hours: 24, triage_days: 2, time_zone: 'Asia/Shanghai' },
		},
	];
}
