/** Started by `audit.ts`: audits a database so many times and tells how that went. */
import process from 'node:process';
import { performance } from 'node:perf_hooks';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { audit, type AuditReport } from '../../extensions/cases/audit.js';
import { CASE_OBJECTS } from '../../extensions/cases/database.js';
import { FILE_OBJECTS } from '../../extensions/cases/files-database.js';
import { LADDER_OBJECTS } from '../../extensions/cases/ladder-database.js';
import { SEAL_OBJECTS } from '../../extensions/cases/seals.js';
import { COVERAGE_OBJECTS } from '../../extensions/coverage/database.js';
import { installationOf } from '../../extensions/platform/installation.js';
import { shippedSnapshot } from '../../extensions/platform/snapshot.js';
import { ROOT } from '../../seed/prepare.mjs';
import { connectTo, type DatabaseSettings } from '../harness/database.js';

export interface Audited {
	report: AuditReport;
	/** Each time. */
	seconds: number[];
	/** Bytes; `before`, of the process that has loaded all it needs. */
	memory: { before: number; most: number; heap: number };
}

const LOOK_EVERY_MS = 20;

const [settings = '{}', times = '1'] = process.argv.slice(2);
const knex = connectTo(JSON.parse(settings) as DatabaseSettings);
const snapshot = shippedSnapshot(pathToFileURL(join(ROOT, 'schema-snapshot.yaml')));
installationOf(knex).objects.push(
	...[...CASE_OBJECTS, ...LADDER_OBJECTS, ...FILE_OBJECTS, ...SEAL_OBJECTS, ...COVERAGE_OBJECTS],
);
await knex.raw('select 1');
(globalThis as { gc?: () => void }).gc?.();
const memory = { before: process.memoryUsage.rss(), most: 0, heap: 0 };
const look = setInterval(() => {
	const { rss, heapUsed } = process.memoryUsage();
	memory.most = Math.max(memory.most, rss);
	memory.heap = Math.max(memory.heap, heapUsed);
}, LOOK_EVERY_MS);
const seconds: number[] = [];
let report: AuditReport | undefined;
for (let n = 0; n < Number(times); n += 1) {
	const began = performance.now();
	report = await audit(knex, snapshot);
	seconds.push((performance.now() - began) / 1000);
}
clearInterval(look);
await knex.destroy();
process.send?.({ report, seconds, memory });
