import { randomBytes } from 'node:crypto';
import process from 'node:process';

/** The short form runs with all other tests; `DOORSTEP_FAULTS=long` is for a night. */
export const LONG = process.env['DOORSTEP_FAULTS'] === 'long';

export const KILL_ROUNDS = LONG ? 200 : 20;
export const CASES_A_ROUND = 500;
/** How long an instance stands still. */
export const STOPPED_MS = LONG ? 600_000 : 4_000;
/** Rounds of several sweeps at once. */
export const ROUNDS_AT_ONCE = LONG ? 50 : 5;

/** Where and when a fault strikes is drawn from it; stands in the names of tests, so that a failure tells it. */
export const SEED = process.env['DOORSTEP_FAULTS_SEED'] ?? randomBytes(4).toString('hex');
