/** What is tried on the rows of each collection: a change of each field that somebody could want, and a new row. */
import { randomInt, randomUUID } from 'node:crypto';
import { toldToday, type Matrix } from './rows.js';

export type Sent = Record<string, unknown>;

/** One field at a time, so that each cell of the table is tried by itself. */
export const CHANGES: Readonly<Record<string, Sent>> = {
	doorstep_cases: { title: '改', detail: '改', status: 'closed' },
	doorstep_case_steps: { note: '改' },
	doorstep_escalations: { acknowledged_at: '2026-01-01T00:00:00Z', name: '改' },
	doorstep_checks: { size: 5 },
	doorstep_check_cases: { outcome: 'unreached', position: 7 },
	doorstep_households: { phone: '1390000', head_name: '改', relief_reason: '改', people: 9, code: '改' },
	doorstep_assignments: { reason: '改' },
	doorstep_cadres: { work_state: 'meeting', phone: '1390000', card_token: 'x'.repeat(32), name: '改' },
	doorstep_villages: { name: '改', sort: 7 },
	doorstep_hamlets: { name: '改' },
	doorstep_services: { name: '改' },
	doorstep_departments: { phone: '改' },
	doorstep_calendar: { name: '改' },
	doorstep_escalation_rules: { name: '改' },
	doorstep_settings: { hotline: '改' },
	directus_files: { title: '改', description: '改' },
	directus_users: { title: '改', first_name: '改', appearance: 'dark', language: 'en-US' },
	directus_notifications: { status: 'archived', message: '改' },
	directus_comments: { comment: '改' },
	directus_shares: { name: '改' },
	directus_presets: { bookmark: '改' },
	directus_folders: { name: '改' },
	directus_roles: { name: '改' },
	directus_policies: { name: '改' },
	directus_flows: { name: '改' },
	directus_dashboards: { name: '改' },
	directus_panels: { name: '改' },
	directus_operations: { name: '改' },
	directus_translations: { value: '改' },
	directus_versions: { name: '改' },
	directus_settings: { project_descriptor: '改' },
};

/** As it is sent: what may have to be unique is. */
export function fresh(value: unknown): unknown {
	return value === '改' ? randomUUID().slice(0, 12) : value;
}

/** A new row for each collection; where it would hang is said by `at`, so that it can be near or foreign. */
export function creationOf({ people, rows, villages }: Matrix, collection: string): Sent | undefined {
	const first = (name: string) => rows.find((row) => row.collection === name)!.id;
	const word = randomUUID();
	const theCase = { collection: 'doorstep_cases', item: first('doorstep_cases') };
	const made: Readonly<Record<string, Sent>> = {
		doorstep_cases: { household: first('doorstep_households'), ledger: 'proxy', title: word },
		doorstep_case_steps: { case_id: first('doorstep_cases'), kind: 'note', note: word },
		doorstep_escalations: { case_id: first('doorstep_cases'), cycle: 9, rung: 9, name: word, recipients: [] },
		doorstep_checks: { ...toldToday(1) },
		doorstep_check_cases: {
			check_id: first('doorstep_checks'),
			case_id: first('doorstep_cases'),
			position: 9,
		},
		doorstep_households: {
			code: word,
			head_name: '改',
			hamlet: villages.home.hamlet,
			cadre: people.cadre.cadre,
		},
		doorstep_assignments: { household: first('doorstep_households'), cadre: people.cadre.cadre },
		doorstep_cadres: { name: word, user: null },
		doorstep_villages: { name: word },
		doorstep_hamlets: { name: word, village: villages.home.id },
		doorstep_services: { code: word, name: word, ledger: 'proxy' },
		doorstep_departments: { name: word },
		doorstep_calendar: {
			day: `2031-${String(randomInt(10, 13))}-${String(randomInt(10, 29))}`,
			working: true,
			ordinal: randomInt(20_000, 90_000),
		},
		doorstep_escalation_rules: {
			ledger: 'proxy',
			rung: 9,
			name: word,
			delay: 9999,
			unit: 'minutes',
			notify: ['cadre'],
		},
		directus_users: { email: `${word}@doorstep.example.com` },
		directus_notifications: { recipient: people.printer.user, subject: word, message: word },
		directus_comments: { ...theCase, comment: word },
		directus_shares: { ...theCase, name: word },
		directus_presets: { bookmark: word, collection: 'doorstep_cases', user: people.printer.user },
		directus_folders: { name: word },
		directus_roles: { name: word },
		directus_policies: { name: word, enforce_tfa: false, admin_access: false, app_access: false },
		directus_access: { policy: first('directus_policies'), user: people.printer.user },
		directus_permissions: {
			policy: first('directus_policies'),
			collection: 'doorstep_cases',
			action: 'read',
			fields: ['*'],
		},
		directus_flows: { name: word, trigger: 'manual' },
		directus_dashboards: { name: word },
		directus_translations: { key: word, language: 'zh-CN', value: word },
	};
	return made[collection];
}
