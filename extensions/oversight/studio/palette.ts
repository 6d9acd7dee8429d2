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
	heat: [least: string, most: string];
	/** What can be read on a square of the map, by its share of the most. */
	onHeat: (share: number) => string;
}

/** How much of the theme's colour the faintest shade keeps: less could not be told from the page. */
const FAINTEST = 0.38;
const LEAST_HEAT = 0.06;

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
		heat: [tint(LEAST_HEAT), tint(1)],
		onHeat: (share) => {
			const square = mixed(theme.background, theme.primary, LEAST_HEAT + (1 - LEAST_HEAT) * share);
			return css(
				contrast(theme.accent, square) >= contrast(theme.background, square)
					? theme.accent
					: theme.background,
			);
		},
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

/**
 * How well one colour stands out from another, as WCAG defines it.
 *
 * @example contrast([0, 0, 0], [255, 255, 255]) // 21
 */
export function contrast(one: Rgb, other: Rgb): number {
	const [lighter = 0, darker = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
	return (lighter + 0.05) / (darker + 0.05);
}

function luminance(colour: Rgb): number {
	const [red = 0, green = 0, blue = 0] = colour.map((value) => {
		const part = value / 255;
		return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
	});
	return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function css([red, green, blue]: Rgb): string {
	return `#${[red, green, blue].map((part) => part.toString(16).padStart(2, '0')).join('')}`;
}
