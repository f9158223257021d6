import { describe, expect, test } from 'vitest';
import { lowerProject } from '../../../../shared/engine/lower/index.ts';
import { sketchProject } from '../../../support/engine-driver.ts';

const audio = (sha: string, fileName: string) => ({ kind: 'audio', sha256: sha.repeat(64), fileName, durationMs: 10 });
const said = (text: string, voice: object = {}) => ({ kind: 'text', text, ...voice });

/** Lowers messages `m0`, `m1`, … that say the given uses. */
function lower(uses: readonly object[], settings: object = {}, prompts: object = {}) {
  const nodes = Object.fromEntries(
    uses.map((prompt, n) => [`m${n}`, { type: 'say', data: { prompt }, to: { next: 'm0' } } as const]),
  );
  const project = sketchProject({ start: { type: 'start', to: { next: 'm0' } }, ...nodes }, () => ({
    settings,
    prompts,
  }));
  const { program, diagnostics } = lowerProject(project);
  const keys = uses.map((_, n) => {
    const op = program.ops[`main/m${n}`];
    return op?.op === 'play' ? op.prompt : '';
  });
  return { keys, sources: keys.map((key) => program.prompts[key]), program, diagnostics };
}

describe('keys', () => {
  test('[LW4] equal prompts share one, whatever the node, and wherever the settings stand', () => {
    const { keys, program } = lower([said('Hi'), said('Hi'), said('Hi', { speed: 1, language: 'en' }), said('Ho')]);
    expect(keys[1]).toBe(keys[0]);
    expect(keys[2]).toBe(keys[0]);
    expect(keys[3]).not.toBe(keys[0]);
    expect(Object.keys(program.prompts)).toHaveLength(2);
  });

  test('[LW4] another way to say it is another prompt', () => {
    const { keys } = lower([
      said('Hi'),
      said('Hi', { speed: 1.5 }),
      said('Hi', { voice: 'f2' }),
      said('Hi', { language: 'pl' }),
    ]);
    expect(new Set(keys).size).toBe(4);
  });

  test('[LW4] a recording counts by its content', () => {
    const { keys } = lower([audio('a', 'one.mp3'), audio('a', 'two.mp3'), audio('b', 'one.mp3')]);
    expect(keys[1]).toBe(keys[0]);
    expect(keys[2]).not.toBe(keys[0]);
  });

  test('[LW4] they are safe in file names and stay what they are', () => {
    const { keys } = lower([said('Hi')]);
    expect(keys[0]).toMatch(/^p[0-9a-f]{16}$/);
    expect(lower([said('Other'), said('Hi')]).keys[1]).toBe(keys[0]);
  });
});

describe('voice', () => {
  const plain = { kind: 'text', text: 'Hi', language: 'en', speed: 1, volume: 1 };

  test('[LW3] what nobody sets', () => {
    expect(lower([said('Hi')]).sources).toEqual([plain]);
  });

  test('[LW3] what the project sets', () => {
    const speech = { language: 'pl', voice: 'pl+f2', speed: 0.9, volume: 1.2 };
    expect(lower([said('Hi')], { speech }).sources).toEqual([{ kind: 'text', text: 'Hi', ...speech }]);
  });

  test('[LW3] the text comes first', () => {
    const own = { language: 'en-GB', voice: 'en+m1', speed: 1.1, volume: 0 };
    const { sources } = lower([said('Hi', own)], { speech: { voice: 'pl+f2', speed: 0.9 } });
    expect(sources).toEqual([{ kind: 'text', text: 'Hi', ...own }]);
  });

  test("[LW3] the project's voice is not used for another language", () => {
    const { sources } = lower([said('Hi', { language: 'en' })], { language: 'pl', speech: { voice: 'pl+f2' } });
    expect(sources).toEqual([plain]);
  });

  test('[LW3] the language of the project, where speech has none of its own', () => {
    expect(lower([said('Hi')], { language: 'pl' }).sources).toEqual([{ ...plain, language: 'pl' }]);
  });
});

describe('prompts of the library', () => {
  const use = { kind: 'prompt', promptId: 'hello' };
  const library = (sources: object) => ({ hello: { name: 'Hello', sources } });

  test('[LW3] say the version in the language of the project', () => {
    const sources = { en: said('Hello'), pl: said('Cześć') };
    const { sources: found, diagnostics } = lower([use], { language: 'pl' }, library(sources));
    expect(found).toMatchObject([{ text: 'Cześć', language: 'pl' }]);
    expect(diagnostics).toEqual([]);
  });

  test('[LW5] else one of the same base language', () => {
    const sources = { de: said('Hallo'), 'en-GB': said('Hello') };
    const { sources: found, diagnostics } = lower([use], { language: 'en' }, library(sources));
    expect(found).toMatchObject([{ text: 'Hello', language: 'en-GB' }]);
    expect(diagnostics).toEqual([]);
  });

  test('[LW5] else the first by tag, and says so', () => {
    const sources = { it: said('Ciao'), de: said('Hallo') };
    const { sources: found, diagnostics } = lower([use], {}, library(sources));
    expect(found).toMatchObject([{ text: 'Hallo', language: 'de' }]);
    expect(diagnostics).toMatchObject([
      { code: 'flow/prompt-language', severity: 'warning', params: { prompt: 'Hello', wanted: 'en', language: 'de' } },
    ]);
  });

  test('[LW5] without any version cannot be played', () => {
    const { sources, diagnostics } = lower([use], {}, library({}));
    expect(sources).toEqual([undefined]);
    expect(diagnostics).toMatchObject([{ code: 'flow/prompt-without-source', nodeId: 'm0' }]);
  });

  test('[LW4] share the key of the same words said in a node', () => {
    const { keys } = lower([use, said('Hello')], {}, library({ en: said('Hello') }));
    expect(keys[0]).toBe(keys[1]);
  });

  test('may be recordings', () => {
    const { sources } = lower([use], {}, library({ en: audio('c', 'hello.mp3') }));
    expect(sources).toEqual([audio('c', 'hello.mp3')]);
  });
});
