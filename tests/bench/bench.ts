import type { Print } from './measure.js';
import type { Template } from '../harness/template.js';

/** Measures one subject on each database and prints what it found. */
export type Bench = (templates: readonly Template[], print: Print) => Promise<void>;
