import { describe, expect, test } from 'vitest';
import { lowerProject } from '../../../../shared/engine/lower/index.ts';
import { stateKey } from '../../../../shared/engine/state.ts';
import { NodeSchema } from '../../../../shared/flow/catalogue.ts';
import { menu, type NodeSketch, only, runCall, says, sketchProject } from '../../../support/engine-driver.ts';

const text = (words: string, part: object = {}) => ({ kind: 'text', text: words, ...part });
const library = {
  welcome: { name: 'Welcome', sources: { en: text('Welcome'), 'pl-PL': text('Witamy'), de: text('Willkommen') } },
  hello: { name: 'Hello', sources: { en: text('Welcome'), pl: text('Cześć') } },
  only: { name: 'Only English', sources: { en: text('English') } },
};
const prompt = (promptId: string) => ({ kind: 'prompt', promptId });
const speak = (language: string, next: string): NodeSketch => ({ type: 'language', data: { language }, to: { next } });
const say = (promptId: string, next: string): NodeSketch => ({
  type: 'say',
  data: { prompt: prompt(promptId) },
  to: { next },
});

/** Key 1 goes on in Polish, 2 in German, 3 in French; then every prompt of the library and a text are said. */
const project = (change: Record<string, NodeSketch> = {}, settings: object = {}) =>
  sketchProject(
    {
      start: { type: 'start', to: { next: 'which' } },
      which: menu(
        { prompt: 'which?', keys: ['1', '2', '3', '4'] },
        { 'key:1': 'pl', 'key:2': 'de', 'key:3': 'fr', 'key:4': 'a' },
      ),
      pl: speak('pl', 'a'),
      de: speak('de', 'a'),
      fr: speak('fr', 'a'),
      a: say('welcome', 'b'),
      b: say('hello', 'c'),
      c: say('only', 'own'),
      ...says('own'),
      ...change,
    },
    () => ({ prompts: library, settings }),
  );
const said = (key: string, given = project()) => runCall(given, `${key}@100`).said.slice(1);

describe('the language of a call', () => {
  test.each([
    ['1', ['Witamy', 'Cześć', 'English', 'own']],
    ['2', ['Willkommen', 'Welcome', 'English', 'own']],
    ['3', ['Welcome', 'Welcome', 'English', 'own']],
    ['4', ['Welcome', 'Welcome', 'English', 'own']],
  ])('[LA2] [LA3] key %s: %j', (key, expected) => {
    expect(said(key)).toEqual(expected);
  });

  test('[LA1] is said in the trace, and the node is left at once', () => {
    const { lines, state } = runCall(project(), '1@100');
    expect(only(lines, 'language')).toEqual(['language pl pl']);
    expect(lines).toContain('100 outcome pl next');
    expect(state.language).toBe('pl');
    expect(runCall(project(), '4@100').state.language).toBeNull();
  });

  test('[LA1] the last choice holds, in menus too', () => {
    const twice = project({ de: speak('de', 'pl') });
    expect(said('2', twice)).toEqual(said('1'));
    const again = project({ a: menu({ prompt: prompt('welcome'), noInputAttempts: 2 }) });
    expect(runCall(again, '1@100').said).toEqual(['which?', 'Witamy', 'Witamy']);
  });

  test('[LA2] versions are read in their language, with what they say themselves about it', () => {
    const given = project({}, { language: 'en', speech: { voice: 'en+f3' } });
    const sources = Object.values(lowerProject(given).program.prompts);
    const find = (words: string) => sources.find((source) => source.kind === 'text' && source.text === words);
    expect(find('Witamy')).toMatchObject({ language: 'pl-PL' });
    expect(find('Witamy')).not.toHaveProperty('voice');
    expect(find('Welcome')).toMatchObject({ language: 'en', voice: 'en+f3' });
  });

  test('[LA2] prompts that differ in one language only are told apart', () => {
    const { program } = lowerProject(project());
    const keys = ['main/a', 'main/b'].map((opId) => {
      const op = program.ops[opId];
      return op?.op === 'play' ? op.prompt : '';
    });
    expect(keys[0]).not.toBe(keys[1]);
    expect(keys.map((key) => program.prompts[key])).toMatchObject([{ text: 'Welcome' }, { text: 'Welcome' }]);
  });

  test('[LA2] [EN7] a version without words cannot be played, and is reported', () => {
    const silent = { ...library, welcome: { name: 'Welcome', sources: { en: text('Welcome'), pl: text(' ') } } };
    const given = { ...project(), prompts: silent } as ReturnType<typeof project>;
    expect(runCall(given, '1@100').lines.join()).toContain('prompt-failed a no-such-prompt');
    expect(said('4', given)[0]).toBe('Welcome');
    expect(lowerProject(given).diagnostics).toMatchObject([{ code: 'flow/empty-prompt', nodeId: 'a' }, {}]);
  });

  test('[LA4] is part of a state, and of a program only where some node sets it', () => {
    const keys = ['1', '4'].map((key) => stateKey({ ...runCall(project(), `${key}@100 x@200`).state, visits: {} }));
    const { program } = lowerProject(project());
    expect(
      Object.values(program.versions ?? {})
        .flatMap((of) => Object.keys(of))
        .sort(),
    ).toEqual(['de', 'pl', 'pl']);
    expect(new Set(keys).size).toBe(2);
    const none = lowerProject(project({ pl: says('pl').pl!, de: says('de').de!, fr: says('fr').fr! })).program;
    expect(none).not.toHaveProperty('versions');
    expect(Object.values(none.prompts).map((source) => source.kind === 'text' && source.text)).not.toContain('Witamy');
  });
});

test.each(['Polish', 'p', '', 'pl_PL'])('"%s" is no language', (language) => {
  const node = { type: 'language', name: '', position: { x: 0, y: 0 }, connections: {}, data: { language } };
  expect(NodeSchema.safeParse(node).success).toBe(false);
});
