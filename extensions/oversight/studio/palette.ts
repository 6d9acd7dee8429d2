/** Red, green and blue from 0 to 255. */
export type Rgb = readonly [red: number, green: number, blue: number];

/** What of the studio's theme charts are drawn with. */
export const THEME_COLOURS = {
	text: '--theme--foreground',
	accent: '--theme--foreground-accent',
	line: '--theme--border-color-subdued',
	background: '--theme--background',
	primary: '--theme--primary',
	danger: '--theme--danger',
} as const;
export type Theme = Readonly<Record<keyof typeof THEME_COLOURS, Rgb>>;

/**
 * Colours of a chart. Whatever has an order is told apart by how light it is, in one hue: nobody needs to tell red from green, a grey
 * print-out keeps it, and the studio's own colour stays.
 */
export interface Palette {
	text: string;
	accent: string;
	line: string;
	background: string;
	main: string;
	warning: string;
	/** From strong to faint, so many as asked for. */
	shades: (count: number) => string[];
	/** From nothing to much, for a heat map. */
	heat: string[];
}

/** How much of the theme's colour the faintest shade keeps: less could not be told from the page. */
const FAINTEST = 0.28;
const HEAT = [0.06, 0.35, 0.65, 1];

/** The colours of charts under a theme, light or dark. */
export function paletteOf(theme: Theme): Palette {
	const tint = (share: number, colour = theme.primary): string => css(mixed(theme.background, colour, share));
	return {
		text: css(theme.text),
		accent: css(theme.accent),
		line: css(theme.line),
		background: css(theme.background),
		main: css(theme.primary),
		warning: css(theme.danger),
		shades: (count) =>
			Array.from({ length: count }, (_, at) => tint(1 - ((1 - FAINTEST) * at) / Math.max(1, count - 1))),
		heat: HEAT.map((share) => tint(share)),
	};
}

/**
 * A colour between two, by the share of the second.
 *
 * @example mixed([0, 0, 0], [255, 255, 255], 0.2) // [51, 51, 51]
 */
export function mixed(one: Rgb, other: Rgb, share: number): Rgb {
	const at = (index: 0 | 1 | 2): number => Math.round(one[index] + (other[index] - one[index]) * share);
	return [at(0), at(1), at(2)];
}

function css([red, green, blue]: Rgb): string {
	return `#${[red, green, blue].map((part) => part.toString(16).padStart(2, '0')).join('')}`;
}
