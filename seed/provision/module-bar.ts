import type { ShippedRow } from '../../extensions/platform/provision.js';

/** An entry of `directus_settings.module_bar`. */
type Entry = Readonly<Record<string, unknown>>;

const OURS: Entry = { type: 'module', id: 'doorstep', enabled: true };

/** What Directus 11.17 shows while nobody has arranged the bar; from its app, which exports it to nobody. */
const AS_DIRECTUS_HAS_IT: readonly Entry[] = [
	{ type: 'module', id: 'content', enabled: true },
	{ type: 'module', id: 'visual', enabled: false },
	{ type: 'module', id: 'users', enabled: true },
	{ type: 'module', id: 'files', enabled: true },
	{ type: 'module', id: 'insights', enabled: true },
	{ type: 'module', id: 'deployments', enabled: false },
	{
		...{ type: 'link', id: 'docs', name: '$t:documentation', icon: 'help' },
		...{ url: 'https://docs.directus.io', enabled: true },
	},
	{ type: 'module', id: 'settings', enabled: true, locked: true },
];

/** The bar with our module: in front where nobody has arranged it, else at its end; where it stands already, as it stands. */
export function withOurs(bar: readonly Entry[] | null): readonly Entry[] {
	if (bar === null) return [OURS, ...AS_DIRECTUS_HAS_IT];
	return bar.some(({ id }) => id === OURS['id']) ? bar : [...bar, OURS];
}

/** The settings have one row, or none while they are all as Directus has them. */
export function moduleBar(): ShippedRow {
	return {
		collection: 'directus_settings',
		key: {},
		values: {},
		atFirst: { module_bar: withOurs(null) },
		addTo: ({ module_bar: bar }) => ({ module_bar: withOurs((bar as Entry[] | null | undefined) ?? null) }),
	};
}
