/** People at screens: a real Chromium in front of a Directus that serves the studio. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { expect, inject } from 'vitest';
import { ROOT } from '../../seed/prepare.mjs';
import { findChromium } from './chromium.js';
import type { Township } from './township.js';
import { PASSWORD, type Person } from './world.js';

export interface Screen {
	/** In CSS pixels; 1280 unless said otherwise. */
	width?: number;
	/** A phone: fingers instead of a mouse. */
	touch?: boolean;
}

/** Somebody in front of a screen, logged in. */
export interface Seat {
	page: Page;
	/** Opens a path of the studio, and waits until its own part of the page stands. */
	go: (path: string) => Promise<void>;
	/** A refusal that the story is about: the browser writes each to its console. */
	expectRefusal: (status: number) => void;
}

/** A browser with a township behind it. */
export interface Studio {
	/** Of the demo by e-mail, or of a world. One seat for each person and screen. */
	seat(who: string | Person, screen?: Screen): Promise<Seat>;
	/** To be called after each test: fails on whatever a page has complained about, and keeps a picture of a test that failed. */
	check(test: { name: string; failed: boolean }): Promise<void>;
	close(): Promise<void>;
}

/**
 * What the studio writes to the console without us as well (measured on a Directus without this package): its favicon is a setting, and
 * while none is chosen the browser asks for one that is not there.
 */
const STUDIO_COMPLAINS = [/404 .*\/favicon\.ico$/];

const SCREENSHOTS = join(ROOT, '.cache', 'screenshots');
const HEIGHTS = { phone: 844, desk: 900 };
/** Directus and Chromium share two cores with whatever else runs. */
const PATIENCE_MS = 15_000;

export async function openStudio(township: Township): Promise<Studio> {
	const executablePath = findChromium();
	if (executablePath === null) throw new Error('There is no browser.');
	const browser = await chromium.launch({
		executablePath,
		args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-dev-shm-usage'],
	});
	const seats = new Map<string, Promise<Taken>>();

	return {
		async seat(who, screen = {}) {
			const { email, password } = logInOf(who);
			const key = `${email} ${JSON.stringify(screen)}`;
			const taken = seats.get(key) ?? take(browser, township.url, { email, password }, screen);
			seats.set(key, taken);
			return taken;
		},
		async check({ name, failed }) {
			const taken = await Promise.all(seats.values());
			if (failed) await Promise.all(taken.map(({ page }, at) => screenshot(page, `failed-${at}-${name}`)));
			expect(taken.flatMap(({ takeComplaints }) => takeComplaints())).toEqual([]);
		},
		close: () => browser.close(),
	};
}

/** A picture for people to look at, in `.cache/screenshots/`. */
export async function screenshot(page: Page, name: string): Promise<void> {
	await mkdir(SCREENSHOTS, { recursive: true });
	const file = `${name.replaceAll(/[^\p{L}\p{N}]+/gu, '-').slice(0, 60)}.png`;
	await page.screenshot({ path: join(SCREENSHOTS, file), animations: 'disabled' });
}

interface Taken extends Seat {
	/** Since the last time. */
	takeComplaints: () => string[];
}

function logInOf(who: string | Person): { email: string; password: string } {
	if (typeof who !== 'string') return { email: who.email, password: PASSWORD };
	const { admin, demoPassword } = inject('template');
	return who === admin.email ? admin : { email: who, password: demoPassword };
}

async function take(
	browser: Browser,
	url: string,
	logIn: { email: string; password: string },
	{ width = 1280, touch = false }: Screen,
): Promise<Taken> {
	const context = await browser.newContext({
		viewport: { width, height: touch ? HEIGHTS.phone : HEIGHTS.desk },
		...(touch && { hasTouch: true, isMobile: true, deviceScaleFactor: 2 }),
		locale: 'zh-CN',
		timezoneId: 'Asia/Shanghai',
	});
	context.setDefaultTimeout(PATIENCE_MS);
	// On a narrow screen the studio's two sides lie over the page until somebody has closed them, once for each browser.
	await context.addInitScript((narrow) => {
		if (!narrow) return;
		localStorage.setItem('nav-bar-collapsed', 'true');
		localStorage.setItem('sidebar-collapsed', 'true');
	}, width < 960);
	await logInTo(context, url, logIn);
	const page = await context.newPage();
	// Directus asks administrators for the project's owner whenever it can.
	const remindMeLater = page.getByRole('button', { name: /^(稍后提醒|Remind Later)$/ });
	await page.addLocatorHandler(remindMeLater, () => remindMeLater.click());
	let complaints: string[] = [];
	const refusals = new Set<number>();
	page.on('pageerror', (error) => complaints.push(error.stack ?? error.message));
	page.on('console', (message) => {
		if (message.type() !== 'error') return;
		const complaint = `${message.text()} ${message.location().url}`;
		const isRefusal = [...refusals].some((status) => complaint.includes(`status of ${status}`));
		if (!isRefusal && !STUDIO_COMPLAINS.some((known) => known.test(complaint))) complaints.push(complaint);
	});
	return {
		page,
		async go(path) {
			await page.goto(`${url}/admin${path}`);
			await page.locator('#main-content, main').first().waitFor();
		},
		expectRefusal: (status) => refusals.add(status),
		takeComplaints() {
			const taken = complaints;
			complaints = [];
			refusals.clear();
			return taken;
		},
	};
}

/** As the log-in form does it; that form is Directus's own. The context keeps the cookie. */
async function logInTo(
	context: BrowserContext,
	url: string,
	logIn: { email: string; password: string },
): Promise<void> {
	const answer = await context.request.post(`${url}/auth/login`, { data: { ...logIn, mode: 'session' } });
	if (!answer.ok())
		throw new Error(`${logIn.email} cannot log in: ${answer.status()} ${await answer.text()}`);
}
