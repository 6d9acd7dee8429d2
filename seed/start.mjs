/** `npm start`: from a fresh clone to a running studio with the demo township. */
import { createServer } from 'node:net';
import process from 'node:process';
import { buildWhenNeeded, installWhenNeeded, refuse, requireNode, runNode } from './prepare.mjs';

requireNode();
await requirePort(process.env['HOST'] || '127.0.0.1', Number(process.env['PORT'] || 8055));
await installWhenNeeded();
await buildWhenNeeded();
process.exitCode = await runNode(['--import', 'tsx', 'seed/start.ts']);

/** Before four minutes of installing, not after. @param {string} host @param {number} port */
async function requirePort(host, port) {
	const server = createServer();
	/** @type {NodeJS.ErrnoException | null} */
	const error = await new Promise((resolve) => {
		server.once('error', resolve);
		server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(null)));
	});
	if (error === null) return;
	if (error.code === 'EADDRINUSE') {
		refuse(
			`端口 ${port} 已被占用（农事户办可能已在运行）。换一个端口：PORT=8056 npm start`,
			`Port ${port} is taken (Doorstep may be running already). Choose another one: PORT=8056 npm start`,
		);
	}
	refuse(
		`无法监听 ${host}:${port}：${error.message}`,
		`Doorstep cannot listen on ${host}:${port}: ${error.message}`,
	);
}
