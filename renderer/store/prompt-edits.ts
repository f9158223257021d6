import { referencesOf } from '../../shared/flow/catalogue.ts';
import type { FlowId, NodeId, PromptId, QueueId } from '../../shared/flow/ids.ts';
import type { Reference } from '../../shared/flow/node-definition.ts';
import type { Project } from '../../shared/flow/project.ts';
import { queueReferences } from '../../shared/flow/queue-prompts.ts';
import type { Prompt, SpeechSource } from '../../shared/flow/speech.ts';
import { freeNameAmong } from './flow-list-edits.ts';
import { newId } from './new-id.ts';

/** Questions about and pure changes of the prompt library. */

/** A node or a queue that says a prompt. */
export type PromptUser = { readonly name: string } & (
  | { readonly flowId: FlowId; readonly nodeId: NodeId }
  | { readonly queueId: QueueId }
);

/** What says each prompt of the library: nodes flow by flow, then queues. A prompt that nobody says has no entry. */
export function promptUsers(project: Project): ReadonlyMap<PromptId, readonly PromptUser[]> {
  const users = new Map<PromptId, PromptUser[]>();
  const add = (references: readonly Reference[], user: PromptUser) => {
    const named = references.flatMap(({ to, id }) => (to === 'prompt' ? [id] : []));
    for (const id of new Set(named)) users.set(id, [...(users.get(id) ?? []), user]);
  };
  for (const [flowId, flow] of Object.entries(project.flows)) {
    for (const [nodeId, node] of Object.entries(flow.nodes)) {
      add(referencesOf(node), { flowId, nodeId, name: node.name || nodeId });
    }
  }
  for (const [queueId, queue] of Object.entries(project.queues)) {
    add(queueReferences(queue), { queueId, name: queue.name });
  }
  return users;
}

/** The language that the project speaks when nothing else is said. */
export function mainLanguage({ settings }: Project): string {
  return settings.speech.language ?? settings.language;
}

/** Languages that the library has and this prompt lacks; `en-GB` stands for `en`. */
export function missingLanguages(project: Project, { sources }: Prompt): string[] {
  const base = (tag: string) => tag.split('-', 1)[0] ?? tag;
  const all = Object.values(project.prompts).flatMap((prompt) => Object.keys(prompt.sources));
  const has = new Set(Object.keys(sources).map(base));
  return [...new Set([mainLanguage(project), ...all].map(base))].filter((language) => !has.has(language)).sort();
}

/** Adds a prompt with an empty text in the project's language. */
export function addPrompt(project: Project, name: string): Project {
  const sources = { [mainLanguage(project)]: { kind: 'text' as const, text: '' } };
  const prompt = { name: freeNameAmong(project.prompts, name), sources };
  return { ...project, prompts: { ...project.prompts, [newId('p')]: prompt } };
}

/** Adds a copy under another name. */
export function duplicatePrompt(project: Project, id: PromptId): Project {
  const prompt = project.prompts[id];
  if (!prompt) return project;
  const copy = { ...structuredClone(prompt), name: freeNameAmong(project.prompts, prompt.name) };
  return { ...project, prompts: { ...project.prompts, [newId('p')]: copy } };
}

/** Takes a prompt out. What still names it is reported as a problem. */
export function removePrompt(project: Project, id: PromptId): Project {
  const { [id]: _gone, ...prompts } = project.prompts;
  return { ...project, prompts };
}

/** Sets what a prompt says in a language; undefined takes the language out. */
export function withSource(prompt: Prompt, language: string, source: SpeechSource | undefined): Prompt {
  const { [language]: _old, ...others } = prompt.sources;
  if (source === undefined) return { ...prompt, sources: others };
  return { ...prompt, sources: { ...prompt.sources, [language]: source } };
}

/** Whether a prompt has a text in its name, in what it says or in its files' names; case does not matter. */
export function promptHas({ name, sources }: Prompt, query: string): boolean {
  const said = Object.values(sources).map((source) => (source.kind === 'text' ? source.text : source.fileName));
  return [name, ...said].some((text) => text.toLowerCase().includes(query.trim().toLowerCase()));
}
