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

/** What was given wins over what was kept, what was kept over what is made up. Given ones are kept too: the next start may not be told. */
export async function keepCredentials(home: string, given: Partial<Credentials>): Promise<Credentials> {
	const file = join(home, 'credentials.json');
	const credentials = {
		secret: randomBytes(32).toString('hex'),
		adminPassword: readablePassword(),
		demoPassword: readablePassword(),
		...(await readKept(file)),
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

async function readKept(file: string): Promise<Partial<Credentials>> {
	return existsSync(file) ? (JSON.parse(await readFile(file, 'utf8')) as Partial<Credentials>) : {};
}
