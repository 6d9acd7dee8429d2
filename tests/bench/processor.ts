import { readFileSync } from 'node:fs';

/** Linux counts in hundredths of a second. */
const TICK_MS = 10;

/** Processor time that a process has used so far, in milliseconds: what else the machine does matters little to it. NaN where the system does not tell. */
export function processorMsOf(pid: number): number {
	try {
		const [, after = ''] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ');
		const fields = after.split(' ');
		// The 14th and 15th field of the line, of which the first two are cut off.
		return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
	} catch {
		return NaN;
	}
}
