import type { Effect, TraceEntry } from '../../engine/events.ts';
import type { FlowProgram } from '../../engine/program.ts';
import type { FlowState } from '../../engine/state.ts';
import type { StepResult } from '../../engine/step.ts';
import type { Project } from '../../flow/project.ts';
import { lookup } from '../../lib/record.ts';
import { traceOf } from '../explore/graph.ts';
import { nodeName } from '../names.ts';

/** A version of a project, with its program. */
export interface Version {
  readonly project: Project;
  readonly program: FlowProgram;
}

/** What a step of a call means to the caller. */
export interface Meeting {
  /** Whether anything happened at all. */
  readonly happened: boolean;
  /** What is said, prompt keys; equal prompts have equal keys in every project. */
  readonly said: readonly string[];
  /** Whom and what is reached: trace entries without places and times. */
  readonly reached: readonly TraceEntry[];
  /** What the call then waits for. */
  readonly wait: FlowState['wait']['kind'];
  readonly state: FlowState;
}

/** Trace entries that are about the way, not about what the caller meets. */
const ABOUT_THE_WAY: ReadonlySet<string> = new Set<TraceEntry['type']>([
  'call-started',
  'node-entered',
  'outcome',
  'returned',
  'digit',
  'timer-fired',
  'guard',
  'default-handling',
  'prompt-started',
  'prompt-finished',
  'prompt-interrupted',
  'prompt-failed',
]);

/** Longer texts are cut in sentences. */
const MAX_CHARACTERS = 60;

export function meetingOf({ state, effects }: StepResult, happened: boolean): Meeting {
  const reached = traceOf(effects).filter(({ type }) => !ABOUT_THE_WAY.has(type));
  return { happened, said: saidIn(effects), reached, wait: state.wait.kind, state };
}

function saidIn(effects: readonly Effect[]): readonly string[] {
  return effects.flatMap((effect) => (effect.type === 'play' ? effect.prompts : []));
}

/** Whether both callers are in the same hands now, whatever was said to them. */
export function leadsAlike(one: Meeting, other: Meeting): boolean {
  if (one.happened !== other.happened || one.wait !== other.wait) return false;
  return placeless(one.reached) === placeless(other.reached);
}

export function saysAlike(one: Meeting, other: Meeting): boolean {
  return JSON.stringify(one.said) === JSON.stringify(other.said);
}

function placeless(entries: readonly TraceEntry[]): string {
  return JSON.stringify(entries.map((entry) => ({ ...entry, atMs: 0, nodeId: '' })));
}

/** What a caller gets: whom or what is reached, what is said, the node where nothing is. The window says it in words. */
export type Noun =
  | { readonly kind: 'nothing' | 'person' | 'silence' }
  | { readonly kind: 'people' | 'queue' | 'end' | 'event' | 'node' | 'text'; readonly text: string };

export function nounOf({ project, program }: Version, meeting: Meeting): Noun {
  if (!meeting.happened) return { kind: 'nothing' };
  const [reached] = meeting.reached;
  switch (reached?.type) {
    case undefined:
      break;
    case 'dialled':
      return { kind: 'people', text: reached.people.map((id) => lookup(project.people, id)?.name ?? id).join(' / ') };
    case 'queued':
      return { kind: 'queue', text: lookup(project.queues, reached.queueId)?.name ?? reached.queueId };
    case 'answered':
      return { kind: 'person' };
    case 'ended':
      return { kind: 'end', text: reached.cause };
    default:
      return { kind: 'event', text: (reached as TraceEntry).type };
  }
  const wait = meeting.state.wait;
  const op = 'opId' in wait ? lookup(program.ops, wait.opId) : undefined;
  return meeting.said.length > 0 || !op
    ? saidOf(program, meeting.said)
    : { kind: 'node', text: nodeName(project, op.origin) };
}

/** What is said, as a noun. */
export function saidOf(program: FlowProgram, said: readonly string[]): Noun {
  const texts = said.map((key) => {
    const source = lookup(program.prompts, key);
    return source?.kind === 'text' ? source.text : (source?.fileName ?? '');
  });
  const characters = [...texts.join(' ').replace(/\s+/g, ' ').trim()];
  if (characters.length === 0) return { kind: 'silence' };
  const isLong = characters.length > MAX_CHARACTERS;
  return { kind: 'text', text: isLong ? `${characters.slice(0, MAX_CHARACTERS - 1).join('')}…` : characters.join('') };
}

/** A noun in English: `Ann Smith`, `the queue "Sales"`, `the end of the call`. */
export function nounText(noun: Noun): string {
  switch (noun.kind) {
    case 'nothing':
    case 'silence':
      return noun.kind;
    case 'person':
      return 'a person';
    case 'people':
      return noun.text.replaceAll(' / ', ' or ');
    case 'queue':
      return `the queue "${noun.text}"`;
    case 'end':
      return noun.text === 'normal' ? 'the end of the call' : `the end of the call (${noun.text})`;
    case 'event':
      return noun.text.replaceAll('-', ' ');
    case 'node':
    case 'text':
      return `"${noun.text}"`;
  }
}
