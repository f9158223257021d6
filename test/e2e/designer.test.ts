import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { DesignerWindow, middleOf } from '../support/designer-window.ts';
import { callSummary } from '../support/fake-bridge.ts';
import { sampleProject } from '../support/sample-project.ts';

let designer: DesignerWindow;
beforeAll(async () => {
  designer = await DesignerWindow.open(sampleProject());
});
afterAll(() => designer?.close());
beforeEach(() => designer.reload(sampleProject()));

const undo = () => designer.page.keyboard.press('Control+z');
/** A place of the canvas where nothing is, below everything. */
const emptyPlace = async () => {
  const { x, y } = await middleOf(designer.card('support'));
  return { x, y: y + 190 };
};

describe('wires by mouse', () => {
  it('[DE1] from an open output to a card connect them', async () => {
    await designer.pull(await middleOf(designer.handle('welcome', 'no-input')), await middleOf(designer.handle('bye')));
    expect((await designer.flow()).nodes.welcome?.connections['no-input']).toBe('bye');
  });

  it('[DE2] dropped anywhere on a card connect too', async () => {
    await designer.pull(await middleOf(designer.handle('welcome', 'no-input')), await middleOf(designer.card('hours')));
    expect((await designer.flow()).nodes.welcome?.connections['no-input']).toBe('hours');
  });

  it('[DE3] dropped on the empty canvas offer what fits, and the choice is one undo step', async () => {
    await designer.pull(await middleOf(designer.handle('welcome', 'no-input')), await emptyPlace());
    await designer.page.getByRole('combobox', { name: 'Lead this output to…' }).fill('mess');
    await designer.page.keyboard.press('Enter');
    const added = (await designer.flow()).nodes.welcome?.connections['no-input'] ?? '';
    expect((await designer.flow()).nodes[added]?.type).toBe('say');
    await undo();
    expect((await designer.flow()).nodes).toEqual(sampleProject().flows.main?.nodes);
  });

  it('[DE4] are moved to another card by their end, and let go on the empty canvas', async () => {
    const end = await middleOf(designer.handle('sales'));
    await designer.pull({ x: end.x - 8, y: end.y }, await middleOf(designer.handle('hours')));
    expect((await designer.flow()).nodes.welcome?.connections['key:1']).toBe('hours');
    await undo();
    await designer.pull({ x: end.x - 8, y: end.y }, await emptyPlace());
    await designer.page.getByRole('option', { name: 'Disconnect' }).click();
    expect((await designer.flow()).nodes.welcome?.connections).not.toHaveProperty('key:1');
  });

  it('[DE5] are offered by a click on an open output', async () => {
    await designer.page.getByRole('button', { name: 'No key: not connected' }).first().click();
    await designer.page.getByRole('option', { name: /Sales queue/ }).click();
    expect((await designer.flow()).nodes.welcome?.connections['no-input']).toBe('sales');
  });
});

describe('cards by mouse', () => {
  it('[DE6] come from the palette to where they are dropped', async () => {
    const place = await emptyPlace();
    await designer.page
      .getByRole('toolbar', { name: 'Add nodes' })
      .getByRole('button', { name: 'Queue', exact: true })
      .dragTo(designer.page.locator('.react-flow__pane'), {
        targetPosition: await inside('.react-flow__pane', place),
      });
    const nodes = Object.values((await designer.flow()).nodes).filter((node) => node.type === 'queue');
    expect(nodes).toHaveLength(2);
  });

  it('[DE7] are moved together, as one undo step', async () => {
    const { page } = designer;
    await designer.card('hours').click({ position: { x: 20, y: 10 } });
    await designer.card('bye').click({ position: { x: 20, y: 10 }, modifiers: ['Shift'] });
    const box = await designer.card('hours').boundingBox();
    const from = { x: (box?.x ?? 0) + 20, y: (box?.y ?? 0) + 10 };
    await designer.pull(from, { x: from.x + 40, y: from.y + 60 });
    const { nodes } = await designer.flow();
    const moved = (id: string, before: { x: number; y: number }) => ({
      x: (nodes[id]?.position.x ?? 0) - before.x,
      y: (nodes[id]?.position.y ?? 0) - before.y,
    });
    const by = moved('hours', { x: 720, y: 300 });
    expect(by.y).toBeGreaterThan(40);
    expect(moved('bye', { x: 1100, y: 300 })).toEqual(by);
    await undo();
    expect((await designer.flow()).nodes).toEqual(sampleProject().flows.main?.nodes);
    expect(await page.getByRole('button', { name: 'Undo' }).isDisabled()).toBe(true);
  });

  it('[DE8] are arranged without overlaps, and undone at once', async () => {
    await designer.page.getByRole('button', { name: 'Arrange automatically' }).click();
    await designer.page.getByRole('button', { name: 'Undo' }).and(designer.page.locator(':enabled')).waitFor();
    const after = (await designer.flow()).nodes;
    expect(after.bye?.position).not.toEqual(sampleProject().flows.main?.nodes.bye?.position);
    expect(after.start?.position).toEqual({ x: 0, y: 0 });
    await undo();
    expect((await designer.flow()).nodes).toEqual(sampleProject().flows.main?.nodes);
  });
});

describe('by keyboard', () => {
  it('[DE9] arrows go from card to card, Enter opens the settings', async () => {
    const { page } = designer;
    await designer.card('start').focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    const name = page.getByRole('textbox', { name: 'Name', exact: true });
    expect(await name.inputValue()).toBe('Sales queue');
    expect(await name.evaluate((input) => input === document.activeElement)).toBe(true);
  });

  it('[DE10] Delete takes a card out, Alt with arrows moves it', async () => {
    const { page } = designer;
    await designer.card('bye').focus();
    await page.keyboard.press('Space');
    await page.keyboard.press('Alt+ArrowDown');
    await page.keyboard.press('Alt+ArrowDown');
    expect((await designer.flow()).nodes.bye?.position).toEqual({ x: 1100, y: 340 });
    await undo();
    expect((await designer.flow()).nodes.bye?.position).toEqual({ x: 1100, y: 300 });
    await page.keyboard.press('Delete');
    expect((await designer.flow()).nodes).not.toHaveProperty('bye');
    expect((await designer.flow()).nodes.hours?.connections).toEqual({});
  });

  it('[DE11] / adds a node, and nothing happens while a field has the keyboard', async () => {
    const { page } = designer;
    await designer.card('start').focus();
    await page.keyboard.press('/');
    await page.keyboard.type('hang');
    await page.keyboard.press('Enter');
    const count = Object.keys((await designer.flow()).nodes).length;
    expect(count).toBe(9);
    await page.getByRole('textbox', { name: 'Name', exact: true }).focus();
    await page.keyboard.type('/x');
    await page.keyboard.press('Backspace');
    await page.keyboard.press('Delete');
    expect(Object.keys((await designer.flow()).nodes)).toHaveLength(count);
  });

  it('[DE12] copies and pastes through the system clipboard, also into another window', async () => {
    const { page } = designer;
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await designer.card('support').focus();
    await page.keyboard.press('Space');
    await page.keyboard.press('Control+c');
    expect(await page.evaluate(() => navigator.clipboard.readText())).toContain('"dialtree": "nodes"');
    const other = await designer.secondPage();
    await other.bringToFront();
    await other.locator('.react-flow__pane').click({ position: { x: 400, y: 20 } });
    await other.keyboard.press('Control+v');
    await other.locator('.react-flow__node', { hasText: 'Support 2' }).waitFor();
    await other.close();
    // The first window takes what the second saved.
    await page.bringToFront();
    await page.locator('.react-flow__node', { hasText: 'Support 2' }).waitFor();
  });
});

describe('a live call', () => {
  it('[DE13] lights its path, pulses where it is, and stays until dismissed', async () => {
    const { backend, page } = designer;
    backend.changeCall(callSummary());
    backend.traceCall(
      'call-1',
      { atMs: 0, type: 'node-entered', flowId: 'main', nodeId: 'start' },
      { atMs: 1, type: 'outcome', nodeId: 'start', output: 'next' },
      { atMs: 1, type: 'node-entered', flowId: 'main', nodeId: 'welcome' },
    );
    await page.locator('[data-id="welcome"] [data-live="current"]').waitFor();
    await page.locator('[data-id="start"] [data-live="visited"]').waitFor();
    expect(await page.locator('path[data-taken="true"]').count()).toBe(1);
    backend.traceCall('call-1', { atMs: 9, type: 'ended', by: 'caller', cause: 'normal' });
    backend.changeCall(callSummary({ phase: 'ended', endedAtMs: 1_700_000_009_000 }));
    await page.locator('[data-id="welcome"] [data-live="visited"]').waitFor();
    await page.getByRole('button', { name: 'Take the path off the canvas' }).click();
    expect(await page.locator('[data-live]').count()).toBe(0);
  });
});

describe('the page', () => {
  it('[DE14] keeps to its security policy and hides its token', async () => {
    expect(designer.page.url()).not.toContain('token');
    // The phone has no telephone server here, and says so; nothing else may complain.
    const complaints = designer.browser.complaints.filter((text) => !text.includes('WebSocket'));
    expect(complaints).toEqual([]);
  });
});

async function inside(selector: string, screen: { x: number; y: number }): Promise<{ x: number; y: number }> {
  const box = await designer.page.locator(selector).boundingBox();
  return { x: screen.x - (box?.x ?? 0), y: screen.y - (box?.y ?? 0) };
}
