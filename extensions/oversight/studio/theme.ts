import { onBeforeUnmount, onMounted, shallowRef, type Ref, type ShallowRef } from 'vue';
import { paletteOf, THEME_COLOURS, type Palette, type Rgb, type Theme } from './palette.js';

/** The palette of the studio's theme, read anew when somebody changes it; null until the element stands. To be called in a set-up. */
export function usePalette(element: Readonly<ShallowRef<HTMLElement | null>>): Ref<Palette | null> {
	const palette = shallowRef<Palette | null>(null);
	const read = (): void => {
		if (element.value !== null) palette.value = paletteOf(themeOf(element.value));
	};
	// Directus changes the class of the body, and the system may turn dark by itself.
	const watcher = new MutationObserver(read);
	const system = matchMedia('(prefers-color-scheme: dark)');
	onMounted(() => {
		read();
		watcher.observe(document.body, { attributes: true, attributeFilter: ['class', 'style'] });
		system.addEventListener('change', read);
	});
	onBeforeUnmount(() => {
		watcher.disconnect();
		system.removeEventListener('change', read);
	});
	return palette;
}

function themeOf(element: HTMLElement): Theme {
	const style = getComputedStyle(element);
	const colours = Object.entries(THEME_COLOURS).map(([name, variable]) => [
		name,
		parsed(style.getPropertyValue(variable)),
	]);
	return Object.fromEntries(colours) as Record<keyof typeof THEME_COLOURS, Rgb>;
}

/** The browser itself knows every way in which a theme may write a colour. */
function parsed(colour: string): Rgb {
	const canvas = document.createElement('canvas');
	canvas.width = canvas.height = 1;
	const pen = canvas.getContext('2d');
	if (pen === null) return [0, 0, 0];
	pen.fillStyle = colour.trim();
	pen.fillRect(0, 0, 1, 1);
	const [red = 0, green = 0, blue = 0] = pen.getImageData(0, 0, 1, 1).data;
	return [red, green, blue];
}
