import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MainJob } from '../support/main-job.ts';

/** The same task as `whole-task.test.ts`, without the mouse: whatever Tab does not reach, or has no name, fails here. */
const PICTURES = process.env.DIALTREE_PICTURES;
const MOST_TABS = 150;

let job: MainJob;
let page: Page;
beforeAll(async () => {
  job = await MainJob.start();
  ({ page } = job.caller);
  await page.setViewportSize({ width: 1600, height: 1000 });
});
afterAll(() => job.close());

const hasFocus = (locator: Locator) => locator.evaluate((element) => element === document.activeElement);

/** Presses Tab until what is meant has the focus. */
async function tabTo(locator: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  await locator.waitFor();
  for (let tabs = 0; tabs < MOST_TABS; tabs++) {
    if (await hasFocus(locator)) return;
    await page.keyboard.press(key);
  }
  throw new Error(`Tab does not reach ${locator.toString()}`);
}

const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true });
async function press(name: string): Promise<void> {
  await tabTo(button(name));
  await page.keyboard.press('Enter');
}

async function type(locator: Locator, text: string): Promise<void> {
  await tabTo(locator);
  await page.keyboard.press('Control+a');
  await page.keyboard.type(text);
}

/** Chooses in a list: typing narrows it down where it can be searched; arrows go to the option. */
async function choose(select: Locator, option: string): Promise<void> {
  await tabTo(select);
  if ((await select.getAttribute('readonly')) === null) {
    await page.keyboard.press('Control+a');
    await page.keyboard.type(option);
  }
  const wanted = page.getByRole('option', { name: option, exact: true });
  for (let arrows = 0; arrows < 40; arrows++) {
    await page.keyboard.press('ArrowDown');
    await wanted.waitFor();
    if ((await wanted.getAttribute('data-combobox-selected')) !== null) {
      await page.keyboard.press('Enter');
      await wanted.waitFor({ state: 'hidden' });
      return;
    }
  }
  throw new Error(`no arrow reaches ${option}`);
}

/** A page, or anything else, by the command palette. */
async function go(name: string): Promise<void> {
  await page.keyboard.press('Control+k');
  await page.getByRole('dialog').getByRole('combobox').waitFor();
  await page.keyboard.type(name);
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
}

const leads = (output: string) => page.getByRole('combobox', { name: `${output}: leads to`, exact: true });
const follow = (output: string) => press(`${output}: go to the node it leads to`);
const field = (name: string) => page.getByRole('textbox', { name, exact: true });

async function picture(name: string): Promise<void> {
  if (PICTURES === undefined) return;
  mkdirSync(PICTURES, { recursive: true });
  await page.screenshot({ path: join(PICTURES, `${name}.png`) });
}

describe('by the keyboard alone', () => {
  it('[WT2] makes a project, people, a queue with them, and a number with its menu', async () => {
    await job.openDesigner();
    await press('Projects');
    await page.getByRole('menuitem', { name: 'New project…' }).waitFor();
    await page.keyboard.press('ArrowDown');
    await tabToMenuItem('New project…');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor();
    await type(page.getByRole('dialog').getByLabel('Name of the project'), 'Mill');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor({ state: 'detached' });

    await go('Queues');
    for (const name of ['Anna Nowak', 'Jan Lis']) {
      await press('Add a person');
      await type(page.getByRole('group', { name: 'New person' }).getByRole('textbox', { name: 'Name' }), name);
    }
    await press('Add a queue');
    await type(page.getByRole('group', { name: 'New queue' }).getByRole('textbox', { name: 'Name' }), 'Sales');
    for (const name of ['101 · Anna Nowak', '102 · Jan Lis']) {
      await choose(page.getByRole('combobox', { name: 'Members', exact: true }), name);
    }
    await go('Numbers');
    await press('Add a number');
    await tabTo(page.getByRole('switch', { name: 'Use voice menu' }));
    await page.keyboard.press('Space');
    await press('Open the flow');
    await page.locator('.react-flow__node').first().waitFor();
    await picture('keys-1');
  });

  it('[WT2] draws the menu: a queue, a sub-menu with a way back, voicemail', async () => {
    await tabTo(page.locator('.react-flow__node').first());
    await page.keyboard.press('Enter');
    await choose(leads('Then'), '+ Menu');
    await follow('Then');
    await type(field('Name'), 'Main menu');
    await type(field('Text of the menu'), 'For sales press 1, for more press 2, to leave a message press 3.');
    await press('Key 3: no action');
    await choose(leads('Key 1'), '+ Queue');
    await choose(leads('Key 2'), '+ Menu');
    await choose(leads('Key 3'), '+ Voicemail');
    await follow('Key 1');
    await choose(page.getByRole('combobox', { name: 'Wait in' }), 'Sales');
    await go('Main menu');
    await follow('Key 2');
    await type(field('Name'), 'More');
    await type(field('Text of the menu'), 'For Anna press 1, to go back press 2.');
    await choose(leads('Key 1'), '+ Employee');
    await choose(leads('Key 2'), '+ Go to');
    await follow('Key 1');
    await choose(page.getByRole('combobox', { name: 'Add someone' }), '101 · Anna Nowak');
    await go('More');
    await follow('Key 2');
    await choose(page.getByRole('combobox', { name: 'Go to', exact: true }), 'the previous menu');
    await picture('keys-2');
  });

  it('[WT2] proves it, and calls it in the simulator to an operator of the queue', async () => {
    await press('Prove every way');
    await page.getByText(/Every call ends well|can be cut off/).waitFor({ timeout: 30_000 });
    // Nothing is left open or unsaid: what is listed are hints at most.
    expect(await page.getByRole('tab', { name: /^Problems/ }).textContent()).toBe('Problems');
    await tabTo(page.getByRole('tab', { name: /^Problems/ }), 'Shift+Tab');
    await page.keyboard.press('ArrowRight');
    await press('Start a call');
    await page.keyboard.press('1');
    await expect.poll(() => page.locator('[data-live="current"]').textContent()).toContain('Sales');
    await picture('keys-3');
  });
});

/** Menus go by arrows. */
async function tabToMenuItem(name: string): Promise<void> {
  const item = page.getByRole('menuitem', { name });
  for (let arrows = 0; arrows < 10; arrows++) {
    if (await hasFocus(item)) return;
    await page.keyboard.press('ArrowDown');
  }
  throw new Error(`no arrow reaches ${name}`);
}
