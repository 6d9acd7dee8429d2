/**
 * What must be there before anything of ours can run: Node, the packages, the build.
 * Plain JavaScript without dependencies, because it runs in a fresh clone.
 */
import { spawn, spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, join } from 'node:path';
import process from 'node:process';

export const ROOT = join(import.meta.dirname ?? '', '..');
const OLDEST_NODE = [20, 19];

/** Ends the process with one sentence in both languages. @param {string} zh @param {string} en @returns {never} */
export function refuse(zh, en) {
	console.error(`\n${zh}\n${en}\n`);
	process.exit(1);
}

/** Refuses a Node that Directus does not run on. */
export function requireNode() {
	const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
	const [oldestMajor = 0, oldestMinor = 0] = OLDEST_NODE;
	if (major > oldestMajor || (major === oldestMajor && minor >= oldestMinor)) return;
	refuse(
		`需要 Node.js ${OLDEST_NODE.join('.')} 或更高版本，当前为 ${process.versions.node}。`,
		`Node.js ${OLDEST_NODE.join('.')} or newer is needed; this is ${process.versions.node}.`,
	);
}

/** Installs the packages if those on disk are not the ones that the lock file names. */
export async function installWhenNeeded() {
	if (packagesAreInstalled()) return;
	const hasLock = existsSync(join(ROOT, 'package-lock.json'));
	await runStep(
		'正在安装依赖（首次约 4 分钟） / Installing packages (about 4 minutes the first time)',
		'npm',
		[hasLock ? 'ci' : 'install', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'],
	);
}

/** Builds the extension if a source is newer than what was built. */
export async function buildWhenNeeded() {
	if (buildIsFresh()) return;
	await runStep('正在构建扩展（约 20 秒） / Building the extension (about 20 seconds)', 'npm', [
		'run',
		'build',
	]);
}

/** What browser tests run in: any Chromium of the last years. */
const BROWSERS = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge'];
const BROWSERS_ELSEWHERE = [
	'/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
	'/Applications/Chromium.app/Contents/MacOS/Chromium',
	'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
	'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
];

/** The browser that DOORSTEP_CHROMIUM names, and no other then; else the first one that is installed. @returns {string | null} */
export function findBrowser() {
	const named = process.env['DOORSTEP_CHROMIUM'];
	if (named) return mayRun(named) ? named : null;
	const onPath = (process.env['PATH'] ?? '')
		.split(delimiter)
		.flatMap((folder) => BROWSERS.map((name) => join(folder, name)));
	return [...onPath, ...BROWSERS_ELSEWHERE].find(mayRun) ?? null;
}

/** Installs Chromium and Chinese letters where that is one command; else says how to. Without them, the browser tests are skipped loudly. */
export async function installBrowserWhenNeeded() {
	const named = process.env['DOORSTEP_CHROMIUM'];
	if (findBrowser() !== null && (named || hasChineseFont())) return;
	if (named) {
		console.warn(
			`\n${named} 不存在或无法运行（DOORSTEP_CHROMIUM）。 / DOORSTEP_CHROMIUM names ${named}, which is not there.\n`,
		);
		return;
	}
	const isRoot = process.getuid?.() === 0;
	const install = 'apt-get install --yes --no-install-recommends chromium fonts-noto-cjk';
	if (isRoot && existsSync('/etc/debian_version') && isInstalled('apt-get')) {
		const output = await tryStep(
			'正在安装 Chromium 和中文字体 / Installing Chromium and a Chinese font',
			'sh',
			['-c', `export DEBIAN_FRONTEND=noninteractive; apt-get update && ${install}`],
		);
		if (output === null) return;
		console.warn(output.trimEnd().split('\n').slice(-5).join('\n'));
	}
	console.warn(
		`\n浏览器测试需要 Chromium 和中文字体。Debian 上请执行：sudo ${install}；也可用环境变量 DOORSTEP_CHROMIUM 指定浏览器。\n` +
			`Browser tests need Chromium and a Chinese font. On Debian: sudo ${install}. DOORSTEP_CHROMIUM can name another browser.\n`,
	);
}

/** Elsewhere than on Linux the system brings one. */
function hasChineseFont() {
	if (process.platform !== 'linux' || !isInstalled('fc-list')) return process.platform !== 'linux';
	return spawnSync('fc-list', [':lang=zh', 'family']).stdout.length > 0;
}

/** @param {string} command */
function isInstalled(command) {
	return (process.env['PATH'] ?? '').split(delimiter).some((folder) => mayRun(join(folder, command)));
}

/** @param {string} file */
function mayRun(file) {
	try {
		accessSync(file, constants.X_OK);
		return true;
	} catch {
		return false;
	}
}

/** The file of a package's command, to be run by this very Node. @param {string} name @param {string} bin */
export function commandOf(name, bin) {
	const manifest = createRequire(import.meta.url).resolve(`${name}/package.json`);
	return join(manifest, '..', readJson(manifest).bin[bin]);
}

/**
 * Runs a Node script in this terminal until it ends, hands it the signals that end us, and gives its exit code.
 *
 * @param {string[]} args @param {NodeJS.ProcessEnv} env @returns {Promise<number>}
 */
export function runNode(args, env = process.env) {
	// The channel tells the script when this process dies without a word.
	const child = spawn(process.execPath, args, {
		cwd: ROOT,
		env,
		stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
	});
	for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
		process.on(signal, () => {
			// Ctrl-C reaches the whole terminal, the script included: only wait for it.
			if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
		});
	}
	if (process.env['npm_lifecycle_event']) whenOrphaned(() => child.kill('SIGTERM'));
	return new Promise((resolve, reject) => {
		child.once('error', reject);
		child.once('exit', (code) => resolve(code ?? 1));
	});
}

/** Between npm and us stands a shell that does not hand on signals: who ends npm, ends the shell, and we only see it gone. @param {() => void} act */
function whenOrphaned(act) {
	const parent = process.ppid;
	const watch = setInterval(() => {
		if (process.ppid === parent) return;
		clearInterval(watch);
		act();
	}, 500);
	watch.unref();
}

/** By content, not by date: a checkout changes the date of an unchanged lock file. */
function packagesAreInstalled() {
	const wanted = join(ROOT, 'package-lock.json');
	const present = join(ROOT, 'node_modules', '.package-lock.json');
	if (!existsSync(present)) return false;
	if (!existsSync(wanted)) return true;
	const installed = readJson(present).packages;
	return Object.entries(readJson(wanted).packages).every(
		([path, { version, optional }]) =>
			path === '' || installed[path]?.version === version || (optional && !installed[path]),
	);
}

function buildIsFresh() {
	const { app, api } = readJson(join(ROOT, 'package.json'))['directus:extension'].path;
	const built = [app, api].map((file) => changedAt(join(ROOT, file)));
	const sources = ['extensions', 'package.json', 'extension.config.js', 'package-lock.json'];
	return Math.min(...built) >= Math.max(...sources.map((source) => changedAt(join(ROOT, source))));
}

/** When anything in there last changed; a folder's own date tells of files that are gone. @param {string} path @returns {number} */
function changedAt(path) {
	const stats = statSync(path, { throwIfNoEntry: false });
	if (stats === undefined) return 0;
	if (!stats.isDirectory()) return stats.mtimeMs;
	return Math.max(stats.mtimeMs, ...readdirSync(path).map((name) => changedAt(join(path, name))));
}

/** A long step without which nothing goes on. @param {string} what @param {string} command @param {string[]} args */
async function runStep(what, command, args) {
	const output = await tryStep(what, command, args);
	if (output === null) return;
	console.error(output);
	refuse(`“${command} ${args.join(' ')}”失败。`, `"${command} ${args.join(' ')}" failed.`);
}

/**
 * A long step: says what it does and how long it has taken.
 *
 * @param {string} what @param {string} command @param {string[]} args
 * @returns {Promise<string | null>} its output if it failed, null if it is done
 */
async function tryStep(what, command, args) {
	const start = Date.now();
	const seconds = () => Math.round((Date.now() - start) / 1000);
	console.log(`${what} …`);
	const ticker = setInterval(() => console.log(`  … ${seconds()} s`), 15_000);
	/** @type {Buffer[]} */
	const output = [];
	const child = spawn(command, args, {
		cwd: ROOT,
		shell: process.platform === 'win32',
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	child.stdout.on('data', (chunk) => output.push(chunk));
	child.stderr.on('data', (chunk) => output.push(chunk));
	const code = await new Promise((resolve, reject) => {
		child.once('error', reject);
		child.once('close', resolve);
	}).finally(() => clearInterval(ticker));
	if (code !== 0) return Buffer.concat(output).toString();
	console.log(`  ✓ ${seconds()} s`);
	return null;
}

/** @param {string} path */
function readJson(path) {
	return JSON.parse(readFileSync(path, 'utf8'));
}
