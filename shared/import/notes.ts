import type { FlowId, NodeId } from '../flow/ids.ts';

/**
 * What an import has to tell, by code, and what kind of news it is: a step that was `kept` as a grey box, something
 * that means a little `else` here, something that was `left-out`, something that was `made` in the project.
 */
export const NOTES = {
  'step-kept': 'kept',
  'expression-kept': 'else',
  'sound-wanted': 'else',
  'speech-input': 'else',
  'extensions-open': 'else',
  'nowhere-to-go': 'left-out',
  'option-left-out': 'left-out',
  'messages-left-out': 'left-out',
  'file-not-read': 'left-out',
  'person-made': 'made',
  'queue-made': 'made',
  'variable-made': 'made',
  'schedule-made': 'made',
  'number-made': 'made',
} as const;

export type NoteCode = keyof typeof NOTES;
export type NoteKind = (typeof NOTES)[NoteCode];

/** One line of an import's report. The window says it in words by its code; `params` are values for the sentence. */
export interface ImportNote {
  readonly code: NoteCode;
  readonly params: Readonly<Record<string, string | number>>;
  /** The node that it is about. */
  readonly at?: { readonly flowId: FlowId; readonly nodeId: NodeId };
}
