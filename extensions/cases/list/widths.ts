import { onBeforeUnmount, onMounted, ref, type Ref } from 'vue';

/** How wide an element and the screen are in pixels; to be called in a component's set-up. The element's is 0 until it is on screen. */
export function useWidths(element: Ref<HTMLElement | null>): {
	width: Ref<number>;
	screenWidth: Ref<number>;
} {
	const width = ref(0);
	const screenWidth = ref(window.innerWidth);
	const observer = new ResizeObserver(([entry]) => {
		if (entry !== undefined) width.value = entry.contentRect.width;
	});
	const look = (): void => {
		screenWidth.value = window.innerWidth;
	};
	onMounted(() => {
		if (element.value !== null) observer.observe(element.value);
		window.addEventListener('resize', look);
	});
	onBeforeUnmount(() => {
		observer.disconnect();
		window.removeEventListener('resize', look);
	});
	return { width, screenWidth };
}
