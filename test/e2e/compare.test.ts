import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createNode } from '../../shared/flow/catalogue.ts';
import type { Project } from '../../shared/flow/project.ts';
import { sampleProject } from '../../shared/flow/samples/index.ts';
import { violations } from '../support/axe.ts';
import { DesignerWindow } from '../support/designer-window.ts';

const PICTURES = process.env.DIALTREE_PICTURES;

let designer: DesignerWindow;
beforeAll(async () => {
  const project = sampleProject('en');
  designer = await DesignerWindow.open(project);
  designer.backend.keepVersion({ message: 'Spring' });
  await designer.reload(changed(project));
});
afterAll(() => designer?.close());

function changed(project: Project): Project {
  const after = structuredClone(project) as Project;
  const nodes = after.flows.main!.nodes;
  nodes.more = { ...createNode('say', 'News', { x: nodes.main!.position.x, y: nodes.main!.position.y + 420 }) };
  nodes.busy!.name = 'Nobody there';
  nodes.main!.connections['key:1'] = 'more';
  delete nodes.hours;
  const { support } = nodes;
  support!.connections = Object.fromEntries(Object.entries(support!.connections).filter(([, to]) => to !== 'hours'));
  return after;
}

const bar = () => designer.page.getByRole('toolbar', { name: 'Comparison' });

async function picture(name: string): Promise<void> {
  if (PICTURES === undefined) return;
  mkdirSync(PICTURES, { recursive: true });
  await designer.page.screenshot({ path: join(PICTURES, `${name}.png`) });
}

describe('a version beside the present, on the canvas', () => {
  it('[CP2] is shown from the page of versions: what is new, changed, removed, and leads elsewhere', async () => {
    const { page } = designer;
    await page.getByRole('navigation').getByRole('button', { name: 'Publish' }).click();
    await page.getByRole('button', { name: 'What changed since' }).click();
    await page.getByRole('button', { name: 'Show on the canvas' }).click();
    await bar().waitFor();
    expect(await bar().getByRole('status').textContent()).toBe(
      'Since “Spring”: 1 node added, 2 changed, 1 removed, 1 new connection',
    );
    await designer.card('more').getByRole('img', { name: 'Added' }).waitFor();
    await designer.card('busy').getByRole('img', { name: 'Changed' }).waitFor();
    const ghosts = page.getByRole('list', { name: 'Removed nodes' }).getByRole('listitem');
    expect(await ghosts.allTextContents()).toEqual(['Opening hours']);
    expect(await page.locator('.react-flow__edge path[data-noted=true]').count()).toBe(1);
    await picture('compare');
    expect(await violations(page)).toEqual([]);
  });

  it('[CP3] goes from one change to the next, follows what is edited, and ends', async () => {
    const { page } = designer;
    const place = () => page.locator('.react-flow__viewport').getAttribute('style');
    const before = await place();
    await bar().getByRole('button', { name: 'Next change' }).click();
    await expect.poll(place).not.toBe(before);
    await designer.card('more').click();
    await page.keyboard.press('Delete');
    await page.getByText(/^Since “Spring”: 0 nodes added/).waitFor();
    await bar().getByRole('button', { name: 'End the comparison' }).click();
    expect(await page.getByRole('list', { name: 'Removed nodes' }).count()).toBe(0);
    await expect.poll(() => page.locator('[data-compared]').count()).toBe(0);
  });
});
