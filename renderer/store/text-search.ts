import type { FlowId, NodeId, QueueId } from '../../shared/flow/ids.ts';
import type { Project } from '../../shared/flow/project.ts';
import { QUEUE_PROMPTS, type QueuePrompt } from '../../shared/flow/queue-prompts.ts';

/** What is looked for in the texts that callers hear. */
export interface TextQuery {
  readonly find: string;
  readonly matchCase: boolean;
  readonly wholeWords: boolean;
}

/** Where a text is: in a node's settings, in a queue's, or in a prompt of the library. */
export type TextPlace =
  | { readonly kind: 'node'; readonly flowId: FlowId; readonly nodeId: NodeId; readonly path: readonly string[] }
  | { readonly kind: 'queue'; readonly queueId: QueueId; readonly member: QueuePrompt }
  | { readonly kind: 'prompt'; readonly promptId: string; readonly language: string };

export interface TextHit {
  /** Unique among the hits; the same as long as the text stays where it is. */
  readonly id: string;
  readonly place: TextPlace;
  readonly text: string;
  /** Where in the text, as offsets. */
  readonly ranges: readonly (readonly [from: number, to: number])[];
}

/** Texts that contain what is looked for, flow by flow, then the queues and the library. Nothing is found for an empty query. */
export function findTexts(project: Project, query: TextQuery): TextHit[] {
  const pattern = patternOf(query);
  if (!pattern) return [];
  const hits: TextHit[] = [];
  const look = (place: TextPlace, text: string) => {
    const ranges = [...text.matchAll(pattern)].map((match) => [match.index, match.index + match[0].length] as const);
    if (ranges.length > 0) hits.push({ id: idOf(place), place, text, ranges });
  };
  for (const [flowId, flow] of Object.entries(project.flows)) {
    for (const [nodeId, node] of Object.entries(flow.nodes)) {
      for (const { path, text } of textsIn(node.data, [])) look({ kind: 'node', flowId, nodeId, path }, text);
    }
  }
  for (const [queueId, queue] of Object.entries(project.queues)) {
    for (const member of QUEUE_PROMPTS) {
      const use = queue[member];
      if (use?.kind === 'text') look({ kind: 'queue', queueId, member }, use.text);
    }
  }
  for (const [promptId, { sources }] of Object.entries(project.prompts)) {
    for (const [language, source] of Object.entries(sources)) {
      if (source.kind === 'text') look({ kind: 'prompt', promptId, language }, source.text);
    }
  }
  return hits;
}

/** A hit's text with every match replaced. */
export function replacedText({ text, ranges }: TextHit, replacement: string): string {
  let result = '';
  let at = 0;
  for (const [from, to] of ranges) {
    result += text.slice(at, from) + replacement;
    at = to;
  }
  return result + text.slice(at);
}

/** Replaces the matches of the hits in a project that may be changed (a draft). Texts that have changed since stay. */
export function replaceTexts(project: Project, hits: readonly TextHit[], replacement: string): void {
  for (const hit of hits) {
    const holder = holderOf(project, hit.place);
    if (holder?.text === hit.text) holder.text = replacedText(hit, replacement);
  }
}

function idOf(place: TextPlace): string {
  switch (place.kind) {
    case 'node':
      return [place.flowId, place.nodeId, ...place.path].join('/');
    case 'queue':
      return `queue/${place.queueId}/${place.member}`;
    case 'prompt':
      return `prompt/${place.promptId}/${place.language}`;
  }
}

interface TextHolder {
  readonly kind: 'text';
  text: string;
}

function isTextHolder(value: object): value is TextHolder {
  return 'kind' in value && value.kind === 'text' && 'text' in value && typeof value.text === 'string';
}

/** Texts to be spoken anywhere in a node's settings: whatever the type, they have the one form of `TextSource`. */
function textsIn(value: unknown, path: readonly string[]): { path: readonly string[]; text: string }[] {
  if (typeof value !== 'object' || value === null) return [];
  if (isTextHolder(value)) return [{ path, text: value.text }];
  return Object.entries(value).flatMap(([key, part]) => textsIn(part, [...path, key]));
}

function holderOf(project: Project, place: TextPlace): TextHolder | undefined {
  const value = valueAt(project, place);
  return typeof value === 'object' && value !== null && isTextHolder(value) ? value : undefined;
}

function valueAt(project: Project, place: TextPlace): unknown {
  if (place.kind === 'queue') return project.queues[place.queueId]?.[place.member];
  if (place.kind === 'prompt') return project.prompts[place.promptId]?.sources[place.language];
  let value: unknown = project.flows[place.flowId]?.nodes[place.nodeId]?.data;
  for (const key of place.path) {
    value = typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined;
  }
  return value;
}

function patternOf({ find, matchCase, wholeWords }: TextQuery): RegExp | null {
  if (find === '') return null;
  const literal = find.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  // Letters of any language end a word, not only those of ASCII as with \b.
  const source = wholeWords ? `(?<![\\p{L}\\p{N}_])${literal}(?![\\p{L}\\p{N}_])` : literal;
  return new RegExp(source, matchCase ? 'gu' : 'giu');
}
