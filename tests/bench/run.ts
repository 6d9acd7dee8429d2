/** `npm run bench [name…] [sqlite|postgres]`: measures on this machine and prints tables. It asserts nothing: how fast is fast enough depends on the machine, ratios less so. */
import { availableParallelism, cpus, totalmem } from 'node:os';
import process from 'node:process';
import { findService } from '../harness/services.js';
import { prepareTemplate, type Template } from '../harness/template.js';
import { connectTo, type DatabaseKind } from '../harness/database.js';
import { benchAccess } from './access.js';
import { benchAudit } from './audit.js';
import type { Bench } from './bench.js';
import { benchFigures } from './figures.js';
import { benchSweep } from './sweep.js';
import { benchWrites } from './writes.js';

const BENCHES: Readonly<Record<string, Bench>> = {
	sweep: benchSweep,
	writes: benchWrites,
	audit: benchAudit,
	access: benchAccess,
	figures: benchFigures,
};

const DATABASES = ['sqlite', 'postgres'] as const satisfies readonly DatabaseKind[];

const asked = process.argv.slice(2);
const unknown = asked.filter((word) => !(word in BENCHES) && !isDatabase(word));
if (unknown.length > 0) {
	const known = [...Object.keys(BENCHES), ...DATABASES].join(', ');
	console.error(`Nothing here is called ${unknown.join(', ')}; there are: ${known}.`);
	process.exit(1);
}
const there = (await findService('PostgreSQL')) === null ? DATABASES.slice(0, 1) : DATABASES;
const kinds = asked.some(isDatabase) ? there.filter((kind) => asked.includes(kind)) : there;
const named = asked.filter((word) => !isDatabase(word));

const templates: Template[] = [];
for (const kind of kinds) templates.push(await prepareTemplate(kind));

console.log(`\n${await machine()}\n`);
for (const [name, bench] of Object.entries(BENCHES)) {
	if (named.length > 0 && !named.includes(name)) continue;
	console.log(`## ${name}\n`);
	await bench(templates, (line) => console.log(line));
}

async function machine(): Promise<string> {
	const versions = [`Node.js ${process.versions.node}`];
	for (const { stages } of templates) {
		if ('failure' in stages.bare) throw new Error(stages.bare.failure);
		const knex = connectTo(stages.bare.database);
		const sqlite = stages.bare.database['DB_CLIENT'] === 'sqlite3';
		const [row] = await knex.select<{ version: string }[]>(
			knex.raw(sqlite ? 'sqlite_version() as version' : "current_setting('server_version') as version"),
		);
		versions.push(`${sqlite ? 'SQLite' : 'PostgreSQL'} ${row?.version.split(' ')[0] ?? ''}`);
		await knex.destroy();
	}
	const memory = Math.round(totalmem() / 2 ** 30);
	return `${availableParallelism()} × ${cpus()[0]?.model ?? 'processor'}, ${memory} GB; ${versions.join(', ')}; database, Directus and client on one machine`;
}

function isDatabase(word: string): word is DatabaseKind {
	return (DATABASES as readonly string[]).includes(word);
}
