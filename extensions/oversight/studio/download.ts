/** Hands a file to whoever sits at the screen. */
export function download(content: Blob, fileName: string): void {
	const link = document.createElement('a');
	link.href = URL.createObjectURL(content);
	link.download = fileName;
	link.click();
	// The browser reads it after the click.
	setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/** Twice as fine as on screen, for paper. */
const SCALE = 2;

/**
 * A drawing as a picture for reports.
 *
 * @param svg with its own size: behind the table it has none on screen
 * @param background the page's colour: without one, dark letters would stand on whatever is behind them
 */
export async function pngOf(svg: SVGSVGElement, background: string): Promise<Blob> {
	const [width, height] = [svg.width.baseVal.value, svg.height.baseVal.value];
	const image = new Image();
	image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(new XMLSerializer().serializeToString(svg))}`;
	await image.decode();
	const canvas = document.createElement('canvas');
	canvas.width = width * SCALE;
	canvas.height = height * SCALE;
	const pen = canvas.getContext('2d');
	if (pen === null) throw new Error('This browser cannot draw.');
	pen.fillStyle = background;
	pen.fillRect(0, 0, canvas.width, canvas.height);
	pen.drawImage(image, 0, 0, canvas.width, canvas.height);
	return new Promise((done, failed) => {
		canvas.toBlob(
			(blob) => (blob === null ? failed(new Error('The picture is empty.')) : done(blob)),
			'image/png',
		);
	});
}
