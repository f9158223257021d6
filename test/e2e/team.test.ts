import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { violations } from '../support/axe.ts';
import { DesignerWindow } from '../support/designer-window.ts';
import { sampleProject } from '../support/sample-project.ts';

let designer: DesignerWindow;
beforeAll(async () => {
  const project = sampleProject();
  project.people.eve = { name: 'Eve Brown', extension: '110' };
  designer = await DesignerWindow.open(project);
  await designer.page.setViewportSize({ width: 1440, height: 1400 });
  await designer.page.getByRole('navigation').getByRole('button', { name: 'Queues & team' }).click();
});
afterAll(() => designer?.close());

const list = () => designer.page.getByRole('list', { name: 'Members of Sales' });
const names = async () => (await list().getByRole('listitem').allInnerTexts()).map((text) => text.split(' ')[0]);

describe('accessibility', () => {
  it('has no fault that axe finds in what callers are told, nor in the webhook of voicemail', async () => {
    const { page } = designer;
    const goTo = (name: string) => page.getByRole('navigation').getByRole('button', { name }).click();
    await page.getByText('More settings').click();
    await page.getByRole('switch', { name: /^Callers are told how long/ }).check({ force: true });
    await page.getByRole('switch', { name: /^Callers are told something/ }).check({ force: true });
    await page.getByRole('textbox', { name: /^Callers are told something/ }).fill('Hello {caller.name}');
    expect(await violations(page)).toEqual([]);
    await page.getByText('More settings').click();
    await goTo('Settings');
    await page.getByRole('textbox', { name: 'Address that is told' }).fill('http://crm.example');
    await page.getByRole('button', { name: 'Send a test' }).click();
    await page.getByText('The test has arrived.').waitFor();
    expect(await violations(page)).toEqual([]);
    await goTo('Queues & team');
  });
});

describe('members of a queue, by the mouse', () => {
  it('[TP9] are dragged in from the people, to the place where they are dropped', async () => {
    const { page } = designer;
    expect(await names()).toEqual(['Ann', 'Bob']);
    const eve = page.getByRole('group', { name: 'Eve Brown' }).locator('[draggable]');
    await eve.dragTo(list().getByRole('listitem').nth(1), { targetPosition: { x: 40, y: 4 } });
    expect(await names()).toEqual(['Ann', 'Eve', 'Bob']);
  });

  it('[TP9] are dragged up and down, and onto the queue to be the last', async () => {
    const first = list().getByRole('listitem').first();
    await list()
      .getByRole('listitem')
      .nth(2)
      .dragTo(first, { targetPosition: { x: 40, y: 4 } });
    expect(await names()).toEqual(['Bob', 'Ann', 'Eve']);
    await first.dragTo(designer.page.getByTestId('queue-members').getByText('Members', { exact: true }));
    expect(await names()).toEqual(['Ann', 'Eve', 'Bob']);
    expect(await violations(designer.page)).toEqual([]);
  });
});
