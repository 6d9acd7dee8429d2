/** What linters and test runners, which do not look into single-file components, may know of one. */
declare module '*.vue' {
	import type { DefineComponent } from 'vue';
	const component: DefineComponent<object, object, unknown>;
	export default component;
}
