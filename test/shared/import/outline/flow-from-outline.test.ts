import { describe, expect, it } from 'vitest';
import { sampleProject } from '../../../../shared/flow/samples/index.ts';
import { flowFromOutline } from '../../../../shared/import/outline/flow-from-outline.ts';
import {
  countingIds,
  emptyProject,
  errorsIn,
  importedFlow,
  nodeNamed,
  wires,
} from '../../../support/import-helpers.ts';

const SHOP = `Welcome to Harbour Bikes.
1 Sales
2 Workshop
  Is it a repair?
  1 Repair -> 101
  2 Hours: Nine to five.
  3 Again -> repeat
  * Back
0 Reception -> person Emma Hughes
8 Elsewhere -> +44 20 7946 0000
9 Message -> voicemail
no input -> Reception desk
invalid -> main menu`;

function written(text: string, project = emptyProject(), language: 'en' | 'pl' = 'en') {
  return flowFromOutline(project, text, { name: 'Shop', startName: 'Start', newId: countingIds(), language });
}
function importedFrom(text: string, project = emptyProject(), language: 'en' | 'pl' = 'en') {
  const { imported, problems } = written(text, project, language);
  expect(problems).toEqual([]);
  return imported!;
}

describe('a flow from an outline', () => {
  it('has a menu for each level, and a step for each line', () => {
    const imported = importedFrom(SHOP);
    expect(wires(importedFlow(imported))).toEqual([
      'start Start next → menu Shop',
      'menu Shop key:1 → queue Sales',
      'menu Shop key:2 → menu Workshop',
      'menu Shop key:0 → employee Reception',
      'menu Shop key:8 → external Elsewhere',
      'menu Shop key:9 → voicemail Message',
      'menu Shop no-input → queue no input',
      'menu Shop invalid → menu Shop',
      'menu Workshop key:1 → employee Repair',
      'menu Workshop key:2 → say Hours',
      'menu Workshop key:* → menu Shop',
      'say Hours next → menu Workshop',
    ]);
    expect(nodeNamed(importedFlow(imported), 'Workshop').data).toMatchObject({
      keys: ['1', '2', '*'],
      repeatKeys: ['3'],
    });
    expect(errorsIn(imported.project).filter((code) => code !== 'flow/queue-without-members')).toEqual([]);
  });

  it('makes who and what it names, and says so', () => {
    const { project, notes } = importedFrom(SHOP);
    expect(Object.values(project.people)).toEqual([
      { name: 'Emma Hughes', extension: '102' },
      { name: 'Repair', extension: '101' },
    ]);
    expect(Object.values(project.queues).map(({ name }) => name)).toEqual(['Sales', 'Reception desk']);
    expect(notes.map(({ code }) => code).toSorted()).toEqual([
      'person-made',
      'person-made',
      'queue-made',
      'queue-made',
    ]);
  });

  it('uses the people and queues of the project, whatever the case they are written in', () => {
    const sample = sampleProject('en');
    const { project, notes } = importedFrom('1 Oliver Grant\n2 queue sales\n3 -> 103\n4 voicemail for 101', sample);
    expect(notes).toEqual([]);
    expect(project.people).toEqual(sample.people);
    expect(project.queues).toEqual(sample.queues);
  });

  it('leaves a project with problems as it was', () => {
    const { problems, imported } = written('1 A\n1 B\n2 Gone -> menu Nowhere\n3 Back');
    expect(problems.map(({ line, code }) => `${line} ${code}`)).toEqual([
      '2 key-twice',
      '3 menu-unknown',
      '4 back-at-top',
    ]);
    expect(imported).toBeNull();
  });

  it('makes up what is said where nothing is written, in either language', () => {
    const say = (language: 'en' | 'pl') =>
      nodeNamed(importedFlow(importedFrom('1 Sales\n* Help -> 101', emptyProject(), language)), 'Shop').data;
    expect(say('en')).toMatchObject({ prompt: { text: 'For Sales, press 1. For Help, press star.' } });
    expect(say('pl')).toMatchObject({ prompt: { text: 'Sales: naciśnij 1. Help: naciśnij gwiazdkę.' } });
  });

  it('without keys says its text and hangs up', () => {
    expect(wires(importedFlow(importedFrom('We are closed.')))).toEqual([
      'start Start next → say',
      'say next → hang-up',
    ]);
  });

  it('understands Polish', () => {
    const flow = importedFlow(
      importedFrom(
        'Dzień dobry.\n1 Sprzedaż -> kolejka Sprzedaż\n2 Serwis\n  1 Rowery -> pracownik Jan\n  * Wstecz\n9 Poczta głosowa\n0 Rozłącz',
      ),
    );
    expect(wires(flow).slice(1)).toEqual([
      'menu Shop key:1 → queue Sprzedaż',
      'menu Shop key:2 → menu Serwis',
      'menu Shop key:9 → voicemail Poczta głosowa',
      'menu Shop key:0 → hang-up Rozłącz',
      'menu Serwis key:1 → employee Rowery',
      'menu Serwis key:* → menu Shop',
    ]);
  });

  it('places cards apart, callers first on the left', () => {
    const nodes = Object.values(importedFlow(importedFrom(SHOP)).nodes);
    const places = nodes.map(({ position }) => `${position.x},${position.y}`);
    expect(new Set(places).size).toBe(nodes.length);
    expect(nodes.find(({ type }) => type === 'start')?.position).toEqual({ x: 0, y: 0 });
  });
});
