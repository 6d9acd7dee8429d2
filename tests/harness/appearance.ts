/** What can be wrong with how a screen of ours looks; each function names the faults that it finds. */
import type { Page } from 'playwright-core';

/** Everything that we draw in the studio; the rest of a page is Directus's. */
const OURS = [
	...['.case-progress', '.step-drawer', '.pick', '.service', '.quick', '.files', '.case-light'],
	...['.doorstep-panel', '.case-list', '.bar[role=region]', '.home', '.ladder', '.calendar:has(.months)'],
].join();

/** Directus's own parts inside ours: their colours and words are the theme's. */
const THEIRS = '.v-button, .type-note, .v-pagination';

/** A page that can be pushed sideways, and parts of ours that stick out of theirs. What scrolls in a frame of its own may be wide. */
export function overflows(page: Page): Promise<string[]> {
	return page.evaluate((ours) => {
		const faults: string[] = [];
		const wide = document.documentElement.scrollWidth - window.innerWidth;
		if (wide > 0) faults.push(`the page is ${wide} px too wide`);
		const isFramed = (element: Element): boolean => {
			const above = element.parentElement;
			if (above?.closest(ours) == null) return false;
			return getComputedStyle(above).overflowX !== 'visible' || isFramed(above);
		};
		for (const root of document.querySelectorAll(ours)) {
			const frame = root.closest('main')?.getBoundingClientRect().right ?? window.innerWidth;
			const limit = Math.min(frame, window.innerWidth) + 1;
			for (const element of [root, ...root.querySelectorAll('*')]) {
				const { right, width, height } = element.getBoundingClientRect();
				if (width <= 1 || height <= 1 || right <= limit || isFramed(element)) continue;
				faults.push(
					`${element.tagName} ${element.getAttribute('class') ?? ''} ends at ${Math.round(right)} px`,
				);
			}
		}
		return [...new Set(faults)];
	}, OURS);
}

/** Words that are none: keys that were not translated, values as the database holds them. */
export async function untranslated(page: Page): Promise<string[]> {
	const text = await page.locator('body').innerText();
	return [...new Set(text.match(/\$t:\S*|\b[a-z]+(?:_[a-z]+)+\b/g) ?? [])];
}

/** Buttons and headings of ours in the wrong language, or without a name that can be read out. */
export function foreignWords(page: Page, language: 'zh-CN' | 'en-US'): Promise<string[]> {
	return page.evaluate(
		({ ours, english }) => {
			const faults: string[] = [];
			for (const element of document.querySelectorAll<HTMLElement>(
				'button, dt, th:not([scope=row]), h2, h3, legend',
			)) {
				// A form of Directus may stand in a part of ours, and a part of ours in such a form: the nearest says whose it is.
				const owner = element.closest(`.v-form, .v-pagination, ${ours}`);
				if (owner === null || owner.matches('.v-form, .v-pagination')) continue;
				if (!element.checkVisibility() || element.matches('[role=option]')) continue;
				const label = element.getAttribute('aria-label') ?? element.querySelector('[aria-label]')?.ariaLabel;
				const name = (label ?? element.innerText).trim();
				if (element.tagName === 'BUTTON' && name === '') {
					const icon = element.querySelector<HTMLElement>('[data-icon]')?.dataset['icon'] ?? '';
					faults.push(`a button without a name (${icon})`);
				}
				const isForeign = english ? /^\p{Script=Han}+$/u.test(name) : /^[A-Za-z][a-z ]+$/.test(name);
				if (isForeign) faults.push(`“${name}”`);
			}
			return [...new Set(faults)];
		},
		{ ours: OURS, english: language === 'en-US' },
	);
}

/** Text of ours that stands out too little from what is behind it: WCAG 2.2 AA, 4.5 to 1, large letters 3 to 1. */
export function contrastFaults(page: Page): Promise<string[]> {
	return page.evaluate(
		({ ours, theirs }) => {
			type Colour = [red: number, green: number, blue: number, alpha: number];
			const canvas = document.createElement('canvas');
			canvas.width = canvas.height = 1;
			const pen = canvas.getContext('2d', { willReadFrequently: true });
			/** The browser itself knows every way in which a colour can be written. */
			const parsed = (text: string): Colour => {
				if (pen === null) throw new Error('This browser cannot draw.');
				pen.clearRect(0, 0, 1, 1);
				pen.fillStyle = text;
				pen.fillRect(0, 0, 1, 1);
				const [red = 0, green = 0, blue = 0, alpha = 0] = pen.getImageData(0, 0, 1, 1).data;
				return [red, green, blue, alpha / 255];
			};
			const over = ([r, g, b, a]: Colour, [red, green, blue]: Colour): Colour => [
				...([r * a + red * (1 - a), g * a + green * (1 - a), b * a + blue * (1 - a)] as const),
				1,
			];
			const ancestors = (element: Element): Element[] =>
				element.parentElement === null ? [element] : [element, ...ancestors(element.parentElement)];
			const behind = (element: Element): Colour =>
				ancestors(element)
					.map((each) => parsed(getComputedStyle(each).backgroundColor))
					.reduceRight((below, colour) => over(colour, below), [255, 255, 255, 1]);
			const luminance = ([red, green, blue]: Colour): number => {
				const [r = 0, g = 0, b = 0] = [red, green, blue].map((value) => {
					const part = value / 255;
					return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
				});
				return 0.2126 * r + 0.7152 * g + 0.0722 * b;
			};
			const faults: string[] = [];
			for (const root of document.querySelectorAll(ours)) {
				for (const element of [root, ...root.querySelectorAll('*')]) {
					const text = [...element.childNodes]
						.filter((node) => node.nodeType === Node.TEXT_NODE)
						.map((node) => node.textContent?.trim())
						.join('');
					// What cannot be used may be pale; what is only heard has no colour.
					const box = element.getBoundingClientRect();
					if (element.closest(theirs) !== null) continue;
					if (text === '' || !element.checkVisibility() || box.width <= 1 || box.height <= 1) continue;
					if (element.closest('[disabled]:not([disabled=false]), .disabled, [aria-disabled=true]') !== null)
						continue;
					const style = getComputedStyle(element);
					const back = behind(element);
					const opacity = ancestors(element).reduce(
						(product, each) => product * Number(getComputedStyle(each).opacity),
						1,
					);
					const [r, g, b, a] = parsed(style.color);
					const [one, other] = [luminance(over([r, g, b, a * opacity], back)), luminance(back)];
					const ratio = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
					const size = Number.parseFloat(style.fontSize);
					const isLarge = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
					if (ratio < (isLarge ? 3 : 4.5)) {
						faults.push(
							`“${text.slice(0, 20)}” ${ratio.toFixed(2)} in ${element.getAttribute('class') ?? ''}`,
						);
					}
				}
			}
			return [...new Set(faults)];
		},
		{ ours: OURS, theirs: THEIRS },
	);
}

/** Presses Tab until the wanted element has the focus, and says whether it shows that it has. */
export async function reachedByTab(page: Page, wanted: string, most = 60): Promise<string> {
	for (let presses = 0; presses < most; presses++) {
		await page.keyboard.press('Tab');
		const found = await page.evaluate((text) => {
			const focused = document.activeElement;
			if (!(focused instanceof HTMLElement) || focused.innerText.trim() !== text) return null;
			const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(focused);
			const isSeen = (outlineStyle !== 'none' && outlineWidth !== '0px') || boxShadow !== 'none';
			return isSeen ? 'reached and seen' : 'reached, but not seen to be';
		}, wanted);
		if (found !== null) return found;
	}
	return 'not reached';
}
