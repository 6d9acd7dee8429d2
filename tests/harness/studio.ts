/** What people do in the studio's forms, by the words that they see. */
import type { Locator, Page } from 'playwright-core';
import type { Seat } from './browser.js';

type Place = Page | Locator;

/** A field of a form by its label; Directus ties no label to its input. */
export function fieldOf(place: Place, label: string): Locator {
	// A field may hold a form of its own: only its own label counts.
	const name = pageOf(place).locator(':scope > .v-menu .field-name', { hasText: exactly(label) });
	return place.locator('.field').filter({ has: name });
}

export async function fillIn(place: Place, label: string, text: string): Promise<void> {
	await fieldOf(place, label).getByRole('textbox').fill(text);
}

/** Types into one of our fields that look for a row, and takes the one that shows `wanted`. */
export async function look(place: Place, label: string, typed: string, wanted: string): Promise<void> {
	await place.getByRole('combobox', { name: label }).fill(typed);
	await place.getByRole('option').filter({ hasText: wanted }).first().click();
}

/** Opens the list behind a relation of Directus's own, and takes the row that shows `wanted`. */
export async function pickRow(place: Place, label: string, wanted: string): Promise<void> {
	await fieldOf(place, label).locator('.many-to-one button').first().click();
	const drawer = pageOf(place).locator('.v-drawer').last();
	await drawer.getByRole('row').filter({ hasText: wanted }).first().click();
	await drawer.getByRole('button', { name: 'check', exact: true }).click();
	await drawer.waitFor({ state: 'detached' });
}

/** Presses one of the radio buttons of a field. */
export async function choose(place: Place, label: string, choice: string): Promise<void> {
	await fieldOf(place, label).getByText(choice, { exact: true }).click();
}

/** A day in Directus's calendar, at noon. */
export async function chooseDay(place: Place, label: string, day: Date): Promise<void> {
	await fieldOf(place, label).getByRole('button', { name: 'today' }).click();
	const name = new Intl.DateTimeFormat('en-US', { dateStyle: 'full', timeZone: 'Asia/Shanghai' }).format(day);
	const calendar = pageOf(place).locator('.v-date-picker');
	await calendar.getByRole('button', { name, exact: true }).click();
	// Beside the calendar, not Escape: that one would close the drawer as well.
	await pageOf(place).getByRole('heading', { level: 1 }).last().click();
	await calendar.waitFor({ state: 'detached' });
}

/** “保存并继续”: the row stays on screen. */
export async function saveAndStay({ page }: Seat): Promise<void> {
	await page.getByRole('banner').getByRole('button', { name: 'more_vert' }).click();
	await page.getByText('保存并继续').click();
}

/** The tick: back to the list. */
export async function save({ page }: Seat): Promise<void> {
	await page.getByRole('banner').getByRole('button', { name: 'check', exact: true }).click();
}

/** The panel of a case that is open on screen. */
export function panelOf({ page }: Seat): Locator {
	return page.locator('.case-progress');
}

/** Opens a case and waits for its panel. */
export async function openCase(seat: Seat, id: string): Promise<Locator> {
	await seat.go(`/content/doorstep_cases/${id}`);
	const panel = panelOf(seat);
	await panel.getByRole('heading', { name: '办理过程' }).waitFor();
	return panel;
}

/** Presses the button of a step and gives the drawer with its form. */
export async function begin(seat: Seat, step: string): Promise<Locator> {
	await panelOf(seat).getByRole('button', { name: step, exact: true }).click();
	return drawerOf(seat, step);
}

/** The drawer with this heading, once it stands. */
export async function drawerOf({ page }: Seat, heading: string): Promise<Locator> {
	await page.getByRole('heading', { name: heading, level: 1, exact: true }).waitFor();
	return page.locator('.step-drawer');
}

/** Sends the form of a step and waits until it stands in the timeline. */
export async function send(seat: Seat, drawer: Locator, timeline: string): Promise<void> {
	await drawer.getByRole('button', { name: '提交' }).click();
	await drawer.waitFor({ state: 'detached' });
	await panelOf(seat).getByRole('listitem').filter({ hasText: timeline }).first().waitFor();
}

function exactly(text: string): RegExp {
	return new RegExp(`^\\s*${text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')}\\s*$`);
}

function pageOf(place: Place): Page {
	return 'goto' in place ? place : place.page();
}
