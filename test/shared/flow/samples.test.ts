import { describe, expect, test } from 'vitest';
import { lowerProject } from '../../../shared/engine/lower/index.ts';
import { simulate } from '../../../shared/engine/simulate.ts';
import { type NodeOf, outputsOf } from '../../../shared/flow/catalogue.ts';
import { parseProject } from '../../../shared/flow/migrations.ts';
import { type SampleLanguage, sampleProject } from '../../../shared/flow/samples/index.ts';
import { actions } from '../../support/engine-driver.ts';

const words: Readonly<Record<SampleLanguage, { press: RegExp; star: RegExp }>> = {
  en: { press: /press (\d|star)/g, star: /star/ },
  pl: { press: /naciśnij (\d|gwiazdkę)/g, star: /gwiazdkę/ },
};

describe.each(['en', 'pl'] as const)('the sample in %s', (language) => {
  const project = sampleProject(language);
  const nodes = project.flows.main!.nodes;
  const { program, diagnostics } = lowerProject(project);

  test('lowers without diagnostics', () => {
    expect(diagnostics).toEqual([]);
  });

  test('is a valid document, and a new one each time', () => {
    expect(parseProject(JSON.parse(JSON.stringify(project)))).toEqual(project);
    expect(sampleProject(language)).not.toBe(project);
  });

  test('is called by 100 and goes to the flow', () => {
    expect(Object.values(project.numbers)).toMatchObject([{ number: '100', useVoiceMenu: true, flowId: 'main' }]);
  });

  test('has people with extensions from 101 on', () => {
    const extensions = Object.values(project.people).map(({ extension }) => extension);
    expect(extensions).toEqual(['101', '102', '103', '104', '105', '106']);
  });

  test.each(['main', 'support'])('the menu "%s" announces exactly the keys that it has', (id) => {
    const menu = nodes[id] as NodeOf<'menu'>;
    if (menu.data.prompt.kind !== 'text') throw new Error('The prompt is a text.');
    const { press, star } = words[language];
    const announced = [...menu.data.prompt.text.matchAll(press)].map(([, key = '']) => (star.test(key) ? '*' : key));
    expect(announced.sort()).toEqual([...menu.data.keys, ...menu.data.repeatKeys].sort());
  });

  test('reads everything in its own language', () => {
    for (const source of Object.values(program.prompts)) expect(source).toMatchObject({ kind: 'text', language });
  });

  test('has no cards that overlap, and wires lead to the right except back to a menu', () => {
    const cards = Object.entries(nodes).map(([id, node]) => ({
      id,
      ...node.position,
      height: 90 + 24 * outputsOf(node).length,
    }));
    const overlaps = cards.flatMap((a) =>
      cards
        .filter((b) => a.id < b.id && Math.abs(a.x - b.x) < 240 && a.y < b.y + b.height && b.y < a.y + a.height)
        .map((b) => `${a.id} over ${b.id}`),
    );
    expect(overlaps).toEqual([]);
    const back = Object.entries(nodes).flatMap(([from, node]) =>
      Object.values(node.connections)
        .filter((to) => nodes[to]!.position.x <= node.position.x)
        .map((to) => `${from} to ${to}`),
    );
    expect(back).toEqual(['support to main', 'hours to support']);
  });

  test.each([
    ['1@500', 'queued', { queueId: 'sales' }],
    ['0@500', 'dialled', { people: ['reception'] }],
    ['2@500 1@1500', 'dialled', { people: ['technician', 'technician2'] }],
    ['2@500 2@1500', 'queued', { queueId: 'billing' }],
    ['2@500 *@1500 9@2500 1@3500', 'queued', { queueId: 'sales' }],
    ['', 'dialled', { people: ['reception'] }],
    ['7@500 7@1500 7@2500', 'dialled', { people: ['reception'] }],
  ])('keys %j lead to the right people', (keys, type, where) => {
    const { trace } = simulate(program, {
      target: { kind: 'number', numberId: 'main-line' },
      actions: actions(keys),
      world: { promptMs: 400, talkMs: 1000 },
    });
    expect(trace.find((entry) => entry.type === type)).toMatchObject(where);
    expect(trace.at(-1)).toMatchObject({ type: 'ended', by: 'far-end', cause: 'normal' });
  });
});
