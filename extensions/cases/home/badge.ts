import { inWords, localeFrom } from '../../platform/words.js';
import { HOME_WORDS } from './words.js';

/**
 * How many things wait, on our icon in the module bar. Directus has no way for a module to show that, and makes the bar's links itself: so
 * a style sheet of ours draws it after the link that leads to us, and a poller keeps it true.
 */
const EVERY_MS = 60_000;
const STYLE_ID = 'doorstep-badge';

let timer: ReturnType<typeof setInterval> | undefined;

/** Starts looking, or looks at once where that was started before, as after something was done; ends by itself when nobody is logged in. */
export function keepBadge(): void {
	if (timer === undefined) {
		timer = setInterval(() => void look(), EVERY_MS);
		document.addEventListener('visibilitychange', lookWhenSeen);
	}
	void look();
}

function stop(): void {
	clearInterval(timer);
	timer = undefined;
	document.removeEventListener('visibilitychange', lookWhenSeen);
	draw(0);
}

function lookWhenSeen(): void {
	if (document.visibilityState === 'visible') void look();
}

async function look(): Promise<void> {
	if (document.visibilityState === 'hidden') return;
	try {
		// The studio stands at `…/admin/`, the API beside it.
		const answer = await fetch(new URL('../doorstep/waiting', document.baseURI), {
			credentials: 'same-origin',
		});
		if (answer.status === 401 || answer.status === 403) stop();
		if (!answer.ok) return;
		const { data } = (await answer.json()) as { data: { count: number } };
		draw(data.count);
	} catch {
		// Offline: the last number stays until the next look.
	}
}

function draw(count: number): void {
	let style = document.getElementById(STYLE_ID);
	if (style === null) {
		style = document.createElement('style');
		style.id = STYLE_ID;
		document.head.append(style);
	}
	const link = new URL('doorstep', document.baseURI).pathname;
	style.textContent = badgeCss(count, link, document.documentElement.lang);
}

/**
 * The rule that draws a number on the link with this path, with words for those who listen; nothing for zero.
 *
 * @example badgeCss(12, '/admin/doorstep', 'zh-CN')
 */
export function badgeCss(count: number, path: string, language: string): string {
	if (count <= 0) return '';
	const shown = count > 99 ? '99+' : String(count);
	const heard = inWords(HOME_WORDS.badge, localeFrom(language), { count: String(count) });
	const link = `.module-bar a[href=${JSON.stringify(path)}]`;
	return `${link} { position: relative; }
${link}::after {
	content: "${shown}";
	content: "${shown}" / "${heard}";
	position: absolute;
	inset-block-start: 6px;
	inset-inline-end: 4px;
	box-sizing: border-box;
	min-inline-size: 18px;
	padding: 0 4px;
	border-radius: 9px;
	background: color-mix(in srgb, var(--theme--danger), black 20%);
	color: white;
	font-size: 11px;
	font-weight: 700;
	line-height: 18px;
	text-align: center;
	pointer-events: none;
}`;
}
