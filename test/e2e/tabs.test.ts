import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Project } from '../../shared/flow/project.ts';
import { violations } from '../support/axe.ts';
import { DesignerWindow } from '../support/designer-window.ts';
import { sampleProject } from '../support/sample-project.ts';

function threeFlows(): Project {
  const project = sampleProject();
  const { main } = project.flows;
  if (!main) throw new Error('the sample has a flow');
  return { ...project, flows: { main, night: { ...main, name: 'At night' }, holiday: { ...main, name: 'Holidays' } } };
}

let designer: DesignerWindow;
beforeAll(async () => {
  designer = await DesignerWindow.open(threeFlows());
});
afterAll(() => designer?.close());

const tabs = () => designer.page.getByRole('tablist', { name: 'Open flows' }).getByRole('tab');
const open = async (name: string) => {
  await designer.page.getByRole('button', { name: 'Choose a flow' }).click();
  await designer.page.getByRole('menuitem', { name, exact: true }).click();
};
const heading = () => designer.page.getByRole('heading', { level: 1 }).textContent();
const zoom = () => designer.page.getByRole('button', { name: /^\d+%$/ }).textContent();

describe('several flows', () => {
  it('[TA1] have a tab each once there are two, in which arrows go along', async () => {
    const { page } = designer;
    expect(await tabs().count()).toBe(0);
    await open('At night');
    await open('Holidays');
    expect(await tabs().allTextContents()).toEqual(['Main menu', 'At night', 'Holidays']);
    expect(await violations(page)).toEqual([]);
    await page.getByRole('tab', { name: 'Holidays' }).focus();
    await page.keyboard.press('ArrowLeft');
    expect(await heading()).toBe('At night');
  });

  it('[TA2] are found as they were looked at', async () => {
    const { page } = designer;
    const fitted = await zoom();
    await page.getByRole('button', { name: /^\d+%$/ }).click();
    await expect.poll(zoom).toBe('100%');
    await page.getByRole('tab', { name: 'Main menu' }).click();
    await expect.poll(zoom).toBe(fitted);
    await page.getByRole('tab', { name: 'At night' }).click();
    await expect.poll(zoom).toBe('100%');
  });

  it('[TA3] are closed; the neighbour comes up, and one tab is none', async () => {
    const { page } = designer;
    await page.getByRole('tab', { name: 'At night' }).focus();
    await page.keyboard.press('Delete');
    expect(await heading()).toBe('Main menu');
    await page.getByRole('tab', { name: 'Holidays' }).click();
    await page.getByRole('button', { name: 'Close this tab' }).click();
    expect(await heading()).toBe('Main menu');
    expect(await tabs().count()).toBe(0);
  });
});
