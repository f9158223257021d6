import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { violations } from '../support/axe.ts';
import { DesignerWindow } from '../support/designer-window.ts';
import { sampleProject } from '../support/sample-project.ts';

let designer: DesignerWindow;
beforeAll(async () => {
  designer = await DesignerWindow.open(sampleProject());
});
afterAll(() => designer?.close());
beforeEach(async () => {
  // The page that was open last is remembered.
  await designer.page.evaluate(() => localStorage.clear());
  await designer.reload(sampleProject());
});

const search = async (query: string) => {
  await designer.page.keyboard.press('Control+k');
  await designer.page.getByRole('combobox', { name: /^Search for anything/ }).fill(query);
};
const nameField = () => designer.page.getByRole('textbox', { name: 'Name', exact: true });

describe('search everywhere', () => {
  it('[SE1] finds a node by its name and goes to it', async () => {
    await search('sales q');
    await designer.page.keyboard.press('Enter');
    expect(await nameField().inputValue()).toBe('Sales queue');
  });

  it('[SE2] finds a node by what it says', async () => {
    const said = sampleProject().flows.main?.nodes.welcome;
    if (said?.type !== 'menu' || said.data.prompt.kind !== 'text') throw new Error('the sample welcomes');
    await search(said.data.prompt.text.slice(0, 14));
    await designer.page.keyboard.press('Enter');
    expect(await nameField().inputValue()).toBe(said.name);
  });

  it('[SE3] finds numbers, people, queues and pages', async () => {
    const project = sampleProject();
    const [number] = Object.values(project.numbers);
    const [person] = Object.values(project.people);
    for (const [query, heading] of [
      [number?.number, 'Numbers'],
      [person?.name, 'Queues & team'],
      ['settings', 'Settings'],
    ] as const) {
      await search(query ?? '');
      await designer.page.getByRole('option').first().waitFor();
      await designer.page.keyboard.press('Enter');
      await designer.page.getByRole('heading', { name: heading }).first().waitFor();
    }
  });

  it('[SE4] is closed by Escape, and has no fault that axe finds', async () => {
    await search('sales');
    await designer.page.getByRole('option').first().waitFor();
    expect(await violations(designer.page)).toEqual([]);
    await designer.page.keyboard.press('Escape');
    expect(await designer.page.getByRole('combobox', { name: /^Search for anything/ }).count()).toBe(0);
  });
});

describe('find and replace', () => {
  it('[SE5] shows what would become of each text, marks the nodes, and is one undo step', async () => {
    const { page } = designer;
    await page.keyboard.press('Control+h');
    await page.getByRole('textbox', { name: 'Find' }).fill('press');
    await page.getByRole('textbox', { name: 'Replace by' }).fill('push');
    const count = await page.getByRole('checkbox', { name: /^Replace in / }).count();
    expect(count).toBeGreaterThan(1);
    expect(await page.locator('[data-found="true"]').count()).toBeGreaterThan(0);
    expect(await page.locator('ins').first().textContent()).toMatch(/push/);
    expect(await violations(page)).toEqual([]);
    await page
      .getByRole('checkbox', { name: /^Replace in / })
      .last()
      .uncheck();
    await page.getByRole('button', { name: /^Replace in \d/ }).click();
    const texts = () => designer.flow().then((flow) => JSON.stringify(flow.nodes));
    expect(await texts()).toMatch(/push/i);
    await page.keyboard.press('Control+z');
    expect((await designer.flow()).nodes).toEqual(sampleProject().flows.main?.nodes);
    expect(await page.locator('[data-found="true"]').count()).toBe(0);
  });
});

describe('several cards at once', () => {
  const select = async () => {
    await designer.card('hours').click({ position: { x: 20, y: 10 } });
    await designer.card('bye').click({ position: { x: 20, y: 10 }, modifiers: ['Shift'] });
    await designer.card('sales').click({ position: { x: 20, y: 10 }, modifiers: ['Shift'] });
  };

  it('[SE6] are aligned and spread evenly, each one undo step', async () => {
    const { page } = designer;
    await select();
    await page.getByRole('button', { name: 'Align left' }).click();
    const left = (await designer.flow()).nodes;
    expect(new Set(['hours', 'bye', 'sales'].map((id) => left[id]?.position.x)).size).toBe(1);
    await page.getByRole('button', { name: 'Same gaps top to bottom' }).click();
    const ys = ['hours', 'bye', 'sales'].map((id) => designer.card(id).boundingBox());
    const boxes = (await Promise.all(ys)).sort((one, other) => (one?.y ?? 0) - (other?.y ?? 0));
    const gaps = boxes.slice(1).map((box, index) => {
      const before = boxes[index];
      return (box?.y ?? 0) - (before?.y ?? 0) - (before?.height ?? 0);
    });
    expect(Math.abs((gaps[0] ?? 0) - (gaps[1] ?? 99))).toBeLessThan(2);
    await page.keyboard.press('Control+z');
    await page.keyboard.press('Control+z');
    expect((await designer.flow()).nodes).toEqual(sampleProject().flows.main?.nodes);
  });

  it('[SE7] are shown by zooming to them', async () => {
    await designer.card('bye').click({ position: { x: 20, y: 10 } });
    await designer.page.keyboard.press('Shift+Digit2');
    await designer.page.getByText('100%', { exact: true }).waitFor();
    expect(await designer.card('bye').isVisible()).toBe(true);
  });
});
