/** A process that does nothing but sweep, again and again, until it is killed: it starts in a fraction of the time of a Directus. */
import process from 'node:process';
import { sweep } from '../../extensions/cases/sweep.js';
import { connectTo, type DatabaseSettings } from '../harness/database.js';

const database = connectTo(JSON.parse(process.argv[2] ?? '{}') as DatabaseSettings);
await database.raw('select 1');
process.once('disconnect', () => process.exit());
process.send?.('ready');
for (;;) await sweep(database);
