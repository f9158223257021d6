import { describe, expect, it } from 'vitest';
import {
  addPrompt,
  duplicatePrompt,
  missingLanguages,
  promptHas,
  promptUsers,
  removePrompt,
  withSource,
} from '../../../renderer/store/prompt-edits.ts';
import type { Prompt } from '../../../shared/flow/speech.ts';
import { sampleProject } from '../../support/sample-project.ts';

const text = (words: string) => ({ kind: 'text' as const, text: words });
const prompt = (sources: Prompt['sources'], name = 'Hello'): Prompt => ({ name, sources });

function projectWith(prompts: Record<string, Prompt>) {
  const project = sampleProject();
  project.settings = { ...project.settings, language: 'en', speech: {} };
  return { ...project, prompts };
}

describe('edits of the library', () => {
  it('[PR1] leave the project that they start from as it was', () => {
    const project = projectWith({ a: prompt({ en: text('Hi') }) });
    const before = structuredClone(project);
    expect(Object.keys(addPrompt(project, 'Hello').prompts)).toHaveLength(2);
    expect(Object.keys(duplicatePrompt(project, 'a').prompts)).toHaveLength(2);
    expect(removePrompt(project, 'a').prompts).toEqual({});
    expect(project).toEqual(before);
    expect(duplicatePrompt(project, 'gone')).toBe(project);
  });

  it('[PR1] never give a name twice', () => {
    const project = addPrompt(addPrompt(projectWith({}), 'Hello'), 'Hello');
    expect(new Set(Object.values(project.prompts).map(({ name }) => name)).size).toBe(2);
  });

  it('[PR3] know each node that says a prompt, once', () => {
    const project = projectWith({ a: prompt({}), b: prompt({}) });
    const [flowId, flow] = Object.entries(project.flows)[0]!;
    const [nodeId, menu] = Object.entries(flow.nodes).find(([, { type }]) => type === 'menu')!;
    Object.assign(menu.data, { prompt: { kind: 'prompt', promptId: 'a' } });
    expect([...promptUsers(project)]).toEqual([['a', [{ flowId, nodeId, name: menu.name }]]]);
  });

  it('[PR3] know each queue that says a prompt, after the nodes', () => {
    const project = projectWith({ a: prompt({}) });
    const [queueId, queue] = Object.entries(project.queues)[0]!;
    Object.assign(queue, {
      musicOnHold: { kind: 'prompt', promptId: 'a' },
      waitingPrompt: { kind: 'prompt', promptId: 'a' },
    });
    expect([...promptUsers(project)]).toEqual([['a', [{ queueId, name: queue.name }]]]);
  });

  it('[PR6] miss the languages of the project and of other prompts', () => {
    const project = projectWith({ a: prompt({ 'en-GB': text('') }), b: prompt({ pl: text(''), de: text('') }) });
    expect(missingLanguages(project, project.prompts.a!)).toEqual(['de', 'pl']);
    expect(missingLanguages(project, project.prompts.b!)).toEqual(['en']);
    expect(missingLanguages(projectWith({}), prompt({}))).toEqual(['en']);
  });

  it('[PR6] set and take out a language', () => {
    const both = withSource(prompt({ en: text('Hi') }), 'pl', text('Hej'));
    expect(Object.keys(both.sources)).toEqual(['en', 'pl']);
    expect(withSource(both, 'en', undefined).sources).toEqual({ pl: text('Hej') });
  });

  it('[PR2] find without regard to case', () => {
    const tune = { kind: 'audio', sha256: 'a'.repeat(64), fileName: 'Łódź.mp3', durationMs: 1 } as const;
    expect(promptHas(prompt({ pl: tune }), 'łódź')).toBe(true);
    expect(promptHas(prompt({ pl: tune }), ' hello ')).toBe(true);
    expect(promptHas(prompt({ pl: tune }), 'other')).toBe(false);
  });
});
