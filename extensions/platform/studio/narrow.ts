/** Below this the studio draws its side panels over the page (pixels). */
const NARROW = 960;

/** Where the studio keeps whether its side panels are closed. */
const PANELS = ['nav-bar-collapsed', 'sidebar-collapsed'];

/**
 * Lets a phone begin with the page itself: the studio opens both of its panels over it at every start, and whoever stands in a
 * farmyard would have to close two of them first. What somebody opens afterwards stays open as they please.
 */
export function beginWithThePage(): void {
	if (window.innerWidth >= NARROW) return;
	for (const key of PANELS) {
		const [oldValue, newValue] = [localStorage.getItem(key), 'true'];
		localStorage.setItem(key, newValue);
		// After a log-in the studio has read it already, and listens for changes as from another tab.
		window.dispatchEvent(new StorageEvent('storage', { key, oldValue, newValue, storageArea: localStorage }));
	}
}
