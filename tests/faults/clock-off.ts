/** How far a signal moves the clock on. */
const JUMP_MS = 600_000;

/**
 * Settings of an instance whose own clock is wrong by so many milliseconds; each SIGUSR2 moves it on by ten minutes. Its machine and
 * the database go on as ever: this is what a server does that lost its time server.
 *
 * @example startProvisioned({ env: clockOff(10 * DAY) })
 */
export function clockOff(offsetMs: number): Record<string, string> {
	const preload = `
		const Real = Date;
		let off = ${offsetMs};
		const now = () => Real.now() + off;
		globalThis.Date = new Proxy(Real, {
			construct: (target, given, as) => Reflect.construct(target, given.length === 0 ? [now()] : given, as),
			apply: () => new Real(now()).toString(),
			get: (target, name) => (name === 'now' ? now : Reflect.get(target, name)),
		});
		Real.prototype.constructor = globalThis.Date;
		process.on('SIGUSR2', () => { off += ${JUMP_MS}; });`;
	return { NODE_OPTIONS: `--import data:text/javascript,${encodeURIComponent(preload)}` };
}
