import { existsSync } from 'node:fs';
import { connect } from 'node:net';
import { delimiter, join } from 'node:path';
import process from 'node:process';

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

	const why = `${service} does not answer at ${hostname}:${port || ADDRESSES[service].port} (${ADDRESSES[service].variable} names another)`;
	return absent(service, why);
}

/**
 * Where the programs are of which a test runs a server of its own, to be stopped and starved: the first folder that has them all,
 * of the path or of these. Says so and gives null like `findService`.
 */
export function findPrograms(programs: readonly string[], elsewhere: readonly string[] = []): string | null {
	const folders = [...(process.env['PATH'] ?? '').split(delimiter), ...elsewhere];
	const found = folders.find((folder) => programs.every((program) => existsSync(join(folder, program))));
	const what = programs.join(', ');
	return found ?? absent(`a server of its own (${what})`, `The path has no folder with ${what}`);
}

/** Says what is skipped, or throws where that is not allowed. */
export function absent(what: string, why: string): null {
	if (process.env['DOORSTEP_REQUIRE_SERVICES'] === '1') {
		throw new Error(`${why}, and DOORSTEP_REQUIRE_SERVICES=1 demands it.`);
	}
	console.warn(`\n  !!  SKIPPED: every test that needs ${what}. ${why}.\n`);
	return null;
}

/** Whether anybody listens there. */
export function answers(host: string, port: number): Promise<boolean> {
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
