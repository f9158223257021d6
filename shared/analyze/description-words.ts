import type { FlowNode } from '../flow/catalogue.ts';
import type { Output, Reference } from '../flow/node-definition.ts';

/** The words that descriptions are made of: each language has its own. */
export interface DescriptionWords {
  /** What a node's type is called, within a sentence. */
  type(node: FlowNode): string;
  readonly noNumber: string;
  /** Calls to a number enter, and what becomes of those that leave. */
  entry(number: string, handling: string): string;
  readonly hangUp: string;
  readonly nobody: string;
  queue(name: string): string;
  recording(fileName: string): string;
  readonly nothing: string;
  /** `member`: what the prompt is said for, as the program names it (`prompt`, `noInputPrompt`, …). */
  says(said: string, member: string): string;
  uses(things: string): string;
  thing(to: Exclude<Reference['to'], 'prompt'>, name: string): string;
  repeats(keys: string): string;
  extensions(count: number): string;
  output(output: Output): string;
  readonly defaultHandling: string;
}

/** When a prompt is said that is not the first one. */
const WHEN: Readonly<Record<string, string>> = {
  noInputPrompt: 'Without a key',
  invalidPrompt: 'After a wrong key',
  lastChancePrompt: 'Before the last attempt',
};

export const ENGLISH: DescriptionWords = {
  type: typeName,
  noNumber: 'No number leads here.',
  entry: (number, handling) => `Calls to ${number} enter here. Left, they go on to ${handling}.`,
  hangUp: 'the end of the call',
  nobody: 'nobody',
  queue: (name) => `the queue "${name}"`,
  recording: (fileName) => `the recording "${fileName}"`,
  nothing: 'nothing',
  says: (said, member) =>
    member === 'prompt' ? `Says ${said}.` : `${WHEN[member] ?? capital(apart(member))}: ${said}.`,
  uses: (things) => `Uses: ${things}.`,
  thing: (to, name) => `${to} "${name}"`,
  repeats: (keys) => `Repeats on ${keys}.`,
  extensions: (count) => `${count === 1 ? 'One extension' : `${count} extensions`} may be entered.`,
  output: ({ id, kind, caption }) =>
    kind === 'key' ? `Key ${id.slice('key:'.length)}` : capital(caption ?? apart(id)),
  defaultHandling: 'default handling',
};

/** What a node's type is called in English. */
export function typeName({ type }: FlowNode): string {
  return type.replaceAll('-', ' ');
}

/** A name of the program as words: `noInput` is `no input`. */
export function apart(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`).replace(/[-:]/g, ' ');
}

export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
