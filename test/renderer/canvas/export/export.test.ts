import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { descriptionHtml } from '../../../../renderer/canvas/export/description-html.ts';
import { descriptionWords } from '../../../../renderer/canvas/export/description-words.ts';
import { fileName } from '../../../../renderer/canvas/export/export-flow.ts';
import { flowSvg, wrapped } from '../../../../renderer/canvas/export/flow-svg.ts';
import { readColours } from '../../../../renderer/canvas/far/colours.ts';
import { buildScene } from '../../../../renderer/canvas/far/scene.ts';
import { startI18n } from '../../../../renderer/i18n/index.ts';
import { addNote, changeNote } from '../../../../renderer/store/note-edits.ts';
import { describeProject } from '../../../../shared/analyze/describe.ts';
import { lowerProject } from '../../../../shared/engine/lower/index.ts';
import type { Flow } from '../../../../shared/flow/project.ts';
import { sampleProject } from '../../../support/sample-project.ts';

const flow = sampleProject().flows.main as Flow;
const draw = (drawn: Flow, name: (text: string) => string = (text) => text) =>
  flowSvg(buildScene(drawn, {}), drawn.name, readColours(document.documentElement), {
    nameOf: (node) => name(node.name),
    kindOf: ({ type }) => type,
    summaryOf: () => 'says <hello> & goodbye',
    outputOf: ({ id }) => id,
  });
const parsed = (xml: string) => new DOMParser().parseFromString(xml, 'image/svg+xml');

describe('a flow as SVG', () => {
  it('[EX1] has every card, wire and note', () => {
    const noted = changeNote(addNote(flow, 'n', { x: 0, y: 400 }), 'n', { text: 'To do' });
    const svg = parsed(draw(noted));
    expect(svg.querySelector('parsererror')).toBeNull();
    expect(svg.querySelectorAll('path[marker-end]')).toHaveLength(buildScene(flow, {}).wires.length);
    for (const { name, type } of Object.values(flow.nodes)) {
      expect([...svg.querySelectorAll('g > title')].map((title) => title.textContent)).toContain(`${type}: ${name}`);
    }
    expect(svg.documentElement.textContent).toContain('To do');
  });

  it('[EX2] is well-formed whatever the names are', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 30 }), (text) => {
        const svg = parsed(draw(flow, () => text));
        expect(svg.querySelector('parsererror')).toBeNull();
        expect(svg.querySelector('script')).toBeNull();
      }),
      { numRuns: 50 },
    );
  });

  it('[EX3] breaks texts between words, and cuts what does not go in', () => {
    expect(wrapped('one two three', 7, 5)).toEqual(['one two', 'three']);
    expect(wrapped('one two three four', 7, 2)).toEqual(['one two', 'three …']);
    expect(wrapped('a\nb', 10, 3)).toEqual(['a', 'b']);
  });
});

describe('a description to print', () => {
  it('[EX4] says every node, with markup escaped', () => {
    const project = sampleProject();
    const [described] = describeProject(project, lowerProject(project).program);
    if (!described) throw new Error('there is a flow');
    const page = new DOMParser().parseFromString(
      descriptionHtml({ ...described, title: '<script>alert(1)</script>' }, 'en'),
      'text/html',
    );
    expect(page.querySelector('script')).toBeNull();
    expect(page.querySelector('h1')?.textContent).toBe('<script>alert(1)</script>');
    expect(page.querySelectorAll('section')).toHaveLength(described.nodes.length);
  });

  it.each([
    ['en', 'Says', 'Key 1', 'default handling'],
    ['pl', 'Mówi:', 'Klawisz 1', 'domyślna obsługa'],
  ])('[EX6] is in the language of the window: %s', (language, says, key, handling) => {
    const t = startI18n('en').getFixedT(language);
    const project = sampleProject();
    const [described] = describeProject(project, lowerProject(project).program, descriptionWords(t));
    const text = described?.nodes.flatMap(({ sentences }) => sentences).join('\n') ?? '';
    for (const word of [says, `${key} →`, handling]) expect(text).toContain(word);
    expect(text).not.toMatch(/describe\.|\{\{/);
  });

  it('[EX5] goes into a file whose name every system takes', () => {
    expect(fileName('Main / menu: "A"')).toBe('Main - menu- -A-');
    expect(fileName('...')).toBe('flow');
  });
});
