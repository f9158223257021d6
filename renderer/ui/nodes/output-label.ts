import type { TFunction } from 'i18next';
import type { Output } from '../../../shared/flow/node-definition.ts';

/** Outcomes that the texts know by name; a test holds this list against the catalogue. */
export const OUTCOMES = [
  'next',
  'no-input',
  'invalid',
  'no-answer',
  'busy',
  'unavailable',
  'timeout',
  'full',
  'join-empty',
  'leave-empty',
  'key-pressed',
  'open',
  'closed',
  'otherwise',
  'success',
  'client-error',
  'server-error',
  'network-error',
  'bad-response',
  'error',
  'free',
  'crowded',
  'nobody',
  'done',
  'too-short',
  'failed',
  'go-to',
  'back',
  'repeat',
  'requested',
  'not-possible',
  'agreed',
  'refused',
] as const;
type Outcome = (typeof OUTCOMES)[number];

/** The telephone key of a `key:K` output. */
export function keyOf(output: Pick<Output, 'id' | 'kind'>): string | undefined {
  return output.kind === 'key' ? output.id.slice('key:'.length) : undefined;
}

/** An output's name in words, e.g. `Key 1` or `No answer`. */
export function outputLabel(output: Pick<Output, 'id' | 'kind' | 'caption'>, t: TFunction): string {
  if (output.caption !== undefined) return output.caption;
  const key = keyOf(output);
  if (key !== undefined) return t('output.key', { key });
  if (output.id.startsWith('case:')) return t('output.case', { case: output.id.slice('case:'.length) });
  if (output.id.startsWith('branch:')) return t('output.branch', { branch: output.id.slice('branch:'.length) });
  if (output.id.startsWith('result:')) return output.id.slice('result:'.length);
  return (OUTCOMES as readonly string[]).includes(output.id) ? t(`output.${output.id as Outcome}`) : output.id;
}
