import { parseParams } from '../grammar.ts';

/** Names a dialog that something takes the place of (RFC 3891 6.1). */
export interface Replaces {
  readonly callId: string;
  readonly toTag: string;
  readonly fromTag: string;
  /** Only while that dialog is not confirmed. */
  readonly earlyOnly: boolean;
}

/** Whether two tags are those that are named; who named them may have seen the dialog from either end (RFC 3891 3). */
export function hasTags({ toTag, fromTag }: Pick<Replaces, 'toTag' | 'fromTag'>, one: string, other: string): boolean {
  return (toTag === one && fromTag === other) || (toTag === other && fromTag === one);
}

/** Reads the value of a Replaces header, unescaped; undefined when a part of it is missing. */
export function parseReplaces(value: string): Replaces | undefined {
  const semicolon = value.indexOf(';');
  if (semicolon < 1) return undefined;
  const params = parseParams(value.slice(semicolon + 1));
  const toTag = params?.get('to-tag') ?? '';
  const fromTag = params?.get('from-tag') ?? '';
  if (params === undefined || toTag === '' || fromTag === '') return undefined;
  return { callId: value.slice(0, semicolon).trim(), toTag, fromTag, earlyOnly: params.has('early-only') };
}

/**
 * The Replaces among the headers of a URI (RFC 3891 4): undefined when there is none, `malformed` when it names no
 * dialog.
 */
export function replacesOfUri(uri: string): Replaces | 'malformed' | undefined {
  const question = uri.indexOf('?', uri.lastIndexOf('@') + 1);
  const header = question === -1 ? undefined : /(?:^|&)replaces=([^&]*)/i.exec(uri.slice(question + 1))?.[1];
  if (header === undefined) return undefined;
  try {
    return parseReplaces(decodeURIComponent(header)) ?? 'malformed';
  } catch {
    return 'malformed';
  }
}
