import { inject, onBeforeUnmount, provide, readonly, ref, type InjectionKey, type Ref } from 'vue';

const RUNNING: InjectionKey<Ref<number>> = Symbol('running uploads');

/** How many uploads are under way in the fields below a form: what is sent before they end goes without them. */
export function countUploads(): Readonly<Ref<number>> {
	const running = ref(0);
	provide(RUNNING, running);
	return readonly(running);
}

/** For a field with files: counts an upload for the form above until it has ended, or the field is gone. */
export function useCounted(): Tally['counted'] {
	const { counted, release } = tallyOf(inject(RUNNING, ref(0)));
	onBeforeUnmount(release);
	return counted;
}

export interface Tally {
	counted: <Result>(upload: Promise<Result>) => Promise<Result>;
	/** Nobody waits for what is still under way. */
	release: () => void;
}

/** One field's share of what is running. */
export function tallyOf(running: Ref<number>): Tally {
	const mine = new Set<Promise<unknown>>();
	const ended = (upload: Promise<unknown>): void => {
		if (mine.delete(upload)) running.value -= 1;
	};
	return {
		counted: async (upload) => {
			mine.add(upload);
			running.value += 1;
			try {
				return await upload;
			} finally {
				ended(upload);
			}
		},
		release: () => [...mine].forEach(ended),
	};
}
