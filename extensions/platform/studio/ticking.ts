import { onBeforeUnmount, onMounted, ref, type Ref } from 'vue';

/** The time in milliseconds, refreshed while the component stands; to be called in its set-up. */
export function useNow(everyMs = 30_000): Ref<number> {
	const now = ref(Date.now());
	let timer: ReturnType<typeof setInterval> | undefined;
	onMounted(() => {
		timer = setInterval(() => (now.value = Date.now()), everyMs);
	});
	onBeforeUnmount(() => clearInterval(timer));
	return now;
}
