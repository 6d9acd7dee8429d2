/** Walking through the studio as somebody, and gathering whatever should not have met them. */
import type { Locator, Request, Response } from 'playwright-core';
import { screenshot, type Seat } from './browser.js';

export interface Walk {
	/** Each with the place where it was met. */
	faults: string[];
	/** Opens a path by its address, as a link in a mail does, and looks. */
	open: (path: string, wanted?: readonly string[]) => Promise<void>;
	/** Presses something that leads elsewhere, and looks. */
	press: (place: Locator, where: string, wanted?: readonly string[]) => Promise<void>;
	/** Reads the page once it has come to rest: the words that have to stand there do, and nothing that must not. */
	look: (where: string, wanted?: readonly string[]) => Promise<void>;
	/** Waits until nothing is under way any more. */
	rest: () => Promise<void>;
}

/** How Directus and we say that something is refused, is not there or went wrong. */
const REFUSALS =
	/找不到页面|没有权限|无权|禁止|未知错误|未找到|出错了|正在读取失败|无法读取|FORBIDDEN|Forbidden|Page Not Found|don't have permission|Unexpected Error|Not Found/;
const UUID = /\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b(?!@)/;
/** Keys that were not translated, names of collections and fields. */
const RAW = /\$t:\S*|\bdoorstep_\w+/;
/** A page is at rest when nothing was asked for so long. */
const REST_MS = 150;
const PATIENCE_MS = 15_000;

/** @param foreign words of rows that this person must not see anywhere */
export function walkOf(seat: Seat, who: string, foreign: readonly string[]): Walk {
	const { page } = seat;
	const faults: string[] = [];
	const asked = new Set<Request>();
	let since = Date.now();
	let met: string[] = [];
	page.on('request', (request) => {
		since = Date.now();
		// What an earlier page had asked for is answered to nobody.
		if (request.isNavigationRequest()) asked.clear();
		else if (['fetch', 'xhr'].includes(request.resourceType())) asked.add(request);
	});
	const answered = (request: Request): void => {
		since = Date.now();
		asked.delete(request);
	};
	page.on('requestfinished', answered);
	page.on('requestfailed', answered);
	page.on('response', (answer: Response) => {
		if (answer.status() >= 400 && !answer.url().endsWith('/favicon.ico'))
			met.push(
				`${String(answer.status())} ${answer.request().method()} ${decodeURIComponent(new URL(answer.url()).pathname)}`,
			);
	});

	const rest = async (): Promise<void> => {
		const late = Date.now() + PATIENCE_MS;
		const busy = page.locator('.v-progress-circular:visible, .v-skeleton-loader:visible').first();
		for (;;) {
			if (asked.size === 0 && Date.now() - since > REST_MS && (await busy.count()) === 0) return;
			if (Date.now() > late) return;
			await page.waitForTimeout(50);
		}
	};

	const look = async (where: string, wanted: readonly string[] = []): Promise<void> => {
		await rest();
		for (const word of wanted) {
			await page
				.getByText(word)
				.first()
				.waitFor({ timeout: 5_000 })
				.catch(() => faults.push(`${who}, ${where}: “${word}” is missing`));
		}
		const text = await page.locator('body').innerText();
		const values = await page
			.locator('input:visible, textarea:visible')
			.evaluateAll((inputs: (HTMLInputElement | HTMLTextAreaElement)[]) => inputs.map(({ value }) => value));
		const all = [text, ...values].join('\n');
		const found = [REFUSALS, UUID, RAW].flatMap((bad) => bad.exec(all)?.[0] ?? []);
		found.push(...foreign.filter((word) => all.includes(word)).map((word) => `foreign ${word}`));
		const fresh = [...met, ...found].map((fault) => `${who}, ${where}: ${fault}`);
		met = [];
		if (fresh.length > 0) await screenshot(page, `walk-fault-${who}-${where}`);
		faults.push(...fresh);
	};

	return {
		faults,
		look,
		rest,
		async open(path, wanted) {
			await seat.go(path);
			await look(path, wanted);
		},
		async press(place, where, wanted) {
			await place.click();
			await look(where, wanted);
		},
	};
}
