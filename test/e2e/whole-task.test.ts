import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { middleOf } from '../support/designer-window.ts';
import { MainJob } from '../support/main-job.ts';

/**
 * The user's own task (rows S1 to S16), from an empty project to a call in the simulator: once without a shortcut, by
 * the mouse alone (texts are typed), once without the mouse.
 */
const PICTURES = process.env.DIALTREE_PICTURES;

let job: MainJob;
let page: Page;
beforeAll(async () => {
  job = await MainJob.start();
  ({ page } = job.caller);
  await page.setViewportSize({ width: 1600, height: 1000 });
});
afterAll(() => job.close());

const group = (name: string) => page.getByRole('group', { name, exact: true });
const outputs = (name: string) => page.getByRole('combobox', { name: `${name}: leads to`, exact: true });
const nodes = () => page.locator('.react-flow__node');
const node = (name: string) => nodes().filter({ hasText: name });

async function picture(name: string): Promise<void> {
  if (PICTURES === undefined) return;
  mkdirSync(PICTURES, { recursive: true });
  await page.screenshot({ path: join(PICTURES, `${name}.png`) });
}

describe('by the mouse alone', () => {
  const rail = (name: string) => page.getByRole('navigation').getByRole('button', { name }).click();
  const choose = async (select: Locator, option: string) => {
    await select.click();
    await page.getByRole('option', { name: option, exact: true }).click();
  };
  const rename = (name: string) => page.getByLabel('Name', { exact: true }).fill(name);

  it('[WT1] makes a project, people, a queue with them, and a number with its menu', async () => {
    await job.openDesigner();
    await page.getByRole('button', { name: 'Projects', exact: true }).click();
    await page.getByRole('menuitem', { name: 'New project…' }).click();
    await page.getByRole('dialog').getByLabel('Name of the project').fill('Mill');
    await page.getByRole('button', { name: 'Create' }).click();
    await page.getByRole('heading', { name: 'No flow yet' }).or(page.getByRole('heading').first()).first().waitFor();
    await rail('Queues & team');
    for (const name of ['Anna Nowak', 'Jan Lis']) {
      await page.getByRole('button', { name: 'Add a person' }).click();
      await group('New person').getByRole('textbox', { name: 'Name' }).fill(name);
    }
    await page.getByRole('button', { name: 'Add a queue' }).click();
    await group('New queue').getByRole('textbox', { name: 'Name' }).fill('Sales');
    const members = page.getByTestId('queue-members');
    for (const name of ['Anna Nowak', 'Jan Lis']) {
      await group(name)
        .locator('[draggable]')
        .dragTo(members.getByText('Members', { exact: true }));
    }
    await choose(group('Sales').getByRole('combobox', { name: 'Whom to ring' }), 'Strictly in order');
    await rail('Numbers');
    await page.getByRole('button', { name: 'Add a number' }).click();
    await choose(page.getByRole('combobox', { name: 'Calls go to' }), 'Sales');
    await page.getByRole('switch', { name: 'Use voice menu' }).click();
    await page.getByRole('button', { name: 'Open the flow' }).click();
    await nodes().first().waitFor();
    await picture('mouse-1');
  });

  it('[WT1] draws the menu: a queue, a sub-menu and back, an employee, voicemail, a message, an extension', async () => {
    const palette = page.getByRole('toolbar', { name: 'Add nodes' });
    const pane = page.locator('.react-flow__pane');
    await palette
      .getByRole('button', { name: 'Menu', exact: true })
      .dragTo(pane, { targetPosition: { x: 800, y: 120 } });
    await page.mouse.move(0, 0);
    const start = node('The call is answered');
    const from = await middleOf(start.locator('.react-flow__handle.source'));
    const to = await middleOf(node('Says nothing yet').locator('.react-flow__handle.target'));
    await page.mouse.move(from.x, from.y);
    await page.mouse.down();
    await page.mouse.move((from.x + to.x) / 2, to.y, { steps: 4 });
    await page.mouse.move(to.x, to.y, { steps: 4 });
    await page.mouse.up();
    await node('Says nothing yet').click({ position: { x: 60, y: 20 } });
    await rename('Main menu');
    await page.getByRole('textbox', { name: 'Text of the menu' }).fill('Welcome to the mill. Press a key.');
    for (const key of ['3', '4', '5', '6', '7', '8']) {
      await page.getByRole('button', { name: `Key ${key}: no action` }).click();
    }
    // Once more, and the key repeats the menu (S10).
    for (const use of ['no action', 'has an action']) {
      await page.getByRole('button', { name: `Key 9: ${use}` }).click();
    }
    const made = [
      ['Key 1', '+ Queue'],
      ['Key 2', '+ Menu'],
      ['Key 3', '+ Employee'],
      ['Key 4', '+ Voicemail'],
      ['Key 5', '+ Message'],
      ['Key 6', '+ Extension'],
      ['Key 7', '+ External number'],
      ['Key 8', '+ Leave the menu'],
    ] as const;
    for (const [key, option] of made) await choose(outputs(key), option);
    await page.getByRole('button', { name: 'Arrange' }).click();
    await picture('mouse-2');
  });

  it('[WT1] fills the nodes in', async () => {
    /** From a menu to what one of its keys leads to. */
    const go = async (from: string, key: string) => {
      await page.getByRole('button', { name: /^Show everything/ }).click();
      await node(from)
        .first()
        .click({ position: { x: 60, y: 20 } });
      await page.getByRole('button', { name: `${key}: go to the node it leads to` }).click();
    };
    const field = (name: string) => page.getByRole('combobox', { name, exact: true });
    await go('Main menu', 'Key 1');
    await choose(field('Wait in'), 'Sales');
    await go('Main menu', 'Key 2');
    await rename('About the mill');
    await page.getByRole('textbox', { name: 'Text of the menu' }).fill('Press 1 for Anna, 2 to go back.');
    await choose(outputs('Key 1'), '+ Employee');
    await choose(outputs('Key 2'), '+ Go to');
    await go('About the mill', 'Key 1');
    await choose(
      field('Name or extension').or(page.getByRole('combobox', { name: 'Add someone' })),
      '101 · Anna Nowak',
    );
    await go('About the mill', 'Key 2');
    await choose(field('Go to'), 'the previous menu');
    await go('Main menu', 'Key 3');
    for (const person of ['101 · Anna Nowak', '102 · Jan Lis']) {
      await choose(page.getByRole('combobox', { name: 'Add someone' }), person);
    }
    await page.getByText('All at once', { exact: true }).click();
    await go('Main menu', 'Key 5');
    await page.getByRole('textbox', { name: 'Text of the message' }).fill('We are open from nine to five.');
    await choose(outputs('Then'), 'Main menu');
    await go('Main menu', 'Key 6');
    await page.getByRole('textbox', { name: 'Text', exact: true }).fill('Enter the extension.');
    await go('Main menu', 'Key 7');
    await page.getByRole('textbox', { name: 'Number', exact: true }).fill('+48221234567');
    await page.getByRole('button', { name: /^Show everything/ }).click();
    await picture('mouse-3');
    const problems = page.getByRole('tab', { name: /^Problems/ });
    await problems.click();
    await picture('mouse-4');
  });

  it('[WT1] proves it, and calls it in the simulator to an operator of the queue', async () => {
    await page.getByRole('tab', { name: /^Problems/ }).click();
    await page.getByRole('button', { name: 'Prove every way' }).click();
    // A queue as the default handling is left by its longest wait, and then nobody takes the call.
    await page.getByText(/^A call to 100 can be cut off/).waitFor({ timeout: 30_000 });
    await rail('Numbers');
    await choose(page.getByRole('combobox', { name: 'After leaving the menu' }), 'Voicemail');
    await rail('Flows');
    await page.getByRole('button', { name: 'Prove every way' }).click();
    await page.getByText(/Every call ends well: \d+ states/).waitFor({ timeout: 30_000 });
    await page.getByRole('tab', { name: 'Simulator' }).click();
    await page.getByRole('button', { name: 'Start a call' }).click();
    await page.getByRole('button', { name: 'Press 1', exact: true }).click();
    await picture('mouse-5');
    expect(await page.locator('[data-live="current"]').textContent()).toContain('Sales');
  });
});
