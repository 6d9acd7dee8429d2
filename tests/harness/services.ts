import { connect } from 'node:net';

/** Where the services are that only some tests need. An empty variable counts as none. */
const ADDRESSES = {
	PostgreSQL: { variable: 'DOORSTEP_PG', url: 'postgres://postgres@127.0.0.1:5432/postgres', port: 5432 },
	Redis: { variable: 'DOORSTEP_REDIS', url: 'redis://127.0.0.1:6379', port: 6379 },
};

export type Service = keyof typeof ADDRESSES;

/** The URL of a service, whether or not anything answers there. */
export function urlOf(service: Service): string {
	const { variable, url } = ADDRESSES[service];
	return process.env[variable] || url;
}

/**
 * The URL of a service that answers, or null after one loud line that its tests are skipped.
 * With DOORSTEP_REQUIRE_SERVICES=1 an absent service is an error, so that no check passes by skipping.
 *
 * @example const redis = await findService('Redis'); describe.skipIf(redis === null)('…', () => …)
 */
export async function findService(service: Service): Promise<string | null> {
	const url = urlOf(service);
	const { hostname, port } = new URL(url);
	if (await answers(hostname, Number(port || ADDRESSES[service].port))) return url;

	const absence = `${service} does not answer at ${hostname}:${port || ADDRESSES[service].port} (${ADDRESSES[service].variable} names another)`;
	if (process.env['DOORSTEP_REQUIRE_SERVICES'] === '1') {
		throw new Error(`${absence}, and DOORSTEP_REQUIRE_SERVICES=1 demands it.`);
	}
	console.warn(`\n  !!  SKIPPED: every test that needs ${service}. ${absence}.\n`);
	return null;
}

function answers(host: string, port: number): Promise<boolean> {
	return new Promise((resolve) => {
		const socket = connect({ host, port, timeout: 2_000 });
		const settle = (answer: boolean) => {
			socket.destroy();
			resolve(answer);
		};
		socket.once('connect', () => settle(true));
		socket.once('timeout', () => settle(false));
		socket.once('error', () => settle(false));
	});
}
