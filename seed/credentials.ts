/** Passwords that nobody gave are made up once and kept beside the instance, so that every start prints the same ones. */
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

export interface Credentials {
	secret: string;
	adminPassword: string;
	/** Shared by everybody in the demo township. */
	demoPassword: string;
}

/**
 * On the first start what was given is kept beside what is made up: the next start may not be told. Later what was given counts
 * for that start alone, so that a wrong password costs nothing; the demo's people keep the password that they were given at first.
 */
export async function keepCredentials(home: string, given: Partial<Credentials>): Promise<Credentials> {
	const file = join(home, 'credentials.json');
	if (existsSync(file)) {
		const kept = JSON.parse(await readFile(file, 'utf8')) as Credentials;
		return { ...kept, ...given, demoPassword: kept.demoPassword };
	}
	const credentials = {
		secret: randomBytes(32).toString('hex'),
		adminPassword: readablePassword(),
		demoPassword: readablePassword(),
		...given,
	};
	await writeFile(file, `${JSON.stringify(credentials, null, '\t')}\n`, { mode: 0o600 });
	return credentials;
}

/**
 * 60 bits in letters and digits that cannot be mistaken for one another.
 *
 * @example readablePassword() // 'k7qx-m3vd-9hwt'
 */
function readablePassword(): string {
	const letters = 'abcdefghjkmnpqrstuvwxyz23456789';
	// 31 letters from 256 bytes: the slight lean towards the first ones costs nothing here.
	const chosen = [...randomBytes(12)].map((byte) => letters[byte % letters.length]).join('');
	return chosen.replace(/(.{4})(?=.)/g, '$1-');
}
