import { shippedSnapshot, type Snapshot } from './snapshot.js';

/** The snapshot stands beside `dist/` in the package; bundling keeps `import.meta.url` at `dist/api.js`. */
export function packagedSnapshot(): Snapshot {
	return shippedSnapshot(new URL('../schema-snapshot.yaml', import.meta.url));
}
