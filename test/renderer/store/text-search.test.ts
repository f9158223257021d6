import fc from 'fast-check';
import { produce } from 'immer';
import { describe, expect, it } from 'vitest';
import { findTexts, replacedText, replaceTexts, type TextQuery } from '../../../renderer/store/text-search.ts';
import { type Project, ProjectSchema } from '../../../shared/flow/project.ts';
import { node, sampleProject } from '../../support/sample-project.ts';

const query = (find: string, part: Partial<TextQuery> = {}): TextQuery => ({
  find,
  matchCase: false,
  wholeWords: false,
  ...part,
});

/** The sample with these texts said by its nodes `bye` and, from the library, `greeting`. */
function saying(text: string, library = ''): Project {
  const project = structuredClone(sampleProject());
  const { nodes } = project.flows.main ?? {};
  if (nodes) nodes.bye = node('say', { name: 'Bye', data: { prompt: { kind: 'text', text } } });
  project.prompts.greeting = { name: 'Greeting', sources: { en: { kind: 'text', text: library } } };
  return project;
}
const found = (project: Project, asked: TextQuery) =>
  findTexts(project, asked).flatMap(({ text, ranges }) => ranges.map(([from, to]) => text.slice(from, to)));

describe('looking for texts', () => {
  it('[TS1] finds every place in nodes and in the library', () => {
    const hits = findTexts(saying('zebra and Zebra', 'a ZEBRA'), query('zebra'));
    expect(hits.map(({ id, ranges }) => [id, ranges.length])).toEqual([
      ['main/bye/prompt', 2],
      ['prompt/greeting/en', 1],
    ]);
  });

  it('[TS1] finds what queues say, and replaces it', () => {
    const before = saying('');
    const texts = { musicOnHold: 'A zebra sings.', waitingPrompt: 'The zebra waits.' };
    for (const [member, text] of Object.entries(texts)) {
      Object.assign(before.queues.sales!, { [member]: { kind: 'text', text } });
    }
    const hits = findTexts(before, query('zebra'));
    expect(hits.map(({ id }) => id)).toEqual(['queue/sales/musicOnHold', 'queue/sales/waitingPrompt']);
    const { sales } = produce(before, (draft) => replaceTexts(draft, hits.slice(1), 'horse')).queues;
    expect([sales?.musicOnHold, sales?.waitingPrompt]).toMatchObject([
      { text: texts.musicOnHold },
      { text: 'The horse waits.' },
    ]);
  });

  it('[TS2] heeds case and whole words where asked to, in any language', () => {
    const project = saying('Łódka, łódka i łódkami; ód');
    expect(found(project, query('łódka'))).toEqual(['Łódka', 'łódka', 'łódka']);
    expect(found(project, query('łódka', { matchCase: true }))).toEqual(['łódka', 'łódka']);
    expect(found(project, query('łódka', { wholeWords: true }))).toEqual(['Łódka', 'łódka']);
    expect(found(project, query('ód', { wholeWords: true }))).toEqual(['ód']);
  });

  it('[TS3] takes every sign as it stands', () => {
    expect(found(saying('costs $5.00 (net)*'), query('$5.00 (net)*'))).toEqual(['$5.00 (net)*']);
    expect(findTexts(saying('anything'), query(''))).toEqual([]);
  });
});

describe('replacing texts', () => {
  it('[TS4] changes what was found and nothing else', () => {
    const before = saying('Zebra crossing', 'zebra');
    const after = produce(before, (draft) => replaceTexts(draft, findTexts(before, query('zebra')), 'horse $1'));
    expect(after).toEqual(saying('horse $1 crossing', 'horse $1'));
  });

  it('[TS5] leaves alone what was not chosen, and what has changed since', () => {
    const before = saying('zebra', 'zebra');
    const hits = findTexts(before, query('zebra'));
    expect(produce(before, (draft) => replaceTexts(draft, hits.slice(1), 'horse'))).toEqual(saying('zebra', 'horse'));
    const changed = saying('another zebra', 'zebra');
    expect(produce(changed, (draft) => replaceTexts(draft, hits, 'horse'))).toEqual(saying('another zebra', 'horse'));
  });

  it('[TS6] is the same as replacing each match by itself, and the project stays valid', () => {
    const word = fc.stringMatching(/^[a-c .]{1,3}$/);
    fc.assert(
      fc.property(fc.stringMatching(/^[a-c .]{1,40}$/), word, word, (text, find, replacement) => {
        const before = saying(text);
        const hits = findTexts(before, query(find, { matchCase: true })).filter(({ place }) =>
          place.kind === 'node' ? place.nodeId === 'bye' : false,
        );
        for (const hit of hits) expect(replacedText(hit, replacement)).toBe(text.replaceAll(find, () => replacement));
        const after = produce(before, (draft) => replaceTexts(draft, hits, replacement));
        expect(ProjectSchema.safeParse(after).success).toBe(true);
        expect(hits.length > 0).toBe(text.includes(find));
      }),
    );
  });
});
