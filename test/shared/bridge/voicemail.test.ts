import { expect, it } from 'vitest';
import { countMessages, type VoicemailMessage } from '../../../shared/bridge/voicemail.ts';

const message = (mailbox: VoicemailMessage['mailbox'], heard: boolean): VoicemailMessage => ({
  id: '00000000-0000-4000-8000-000000000000',
  mailbox,
  caller: { number: '', name: '' },
  dialled: '100',
  callId: 'c',
  startedAtMs: 0,
  durationMs: 1000,
  heard,
});

it('counts the messages of people, new ones apart; those of queues and of everyone are nobody’s own', () => {
  const person = (personId: string) => ({ kind: 'person', personId }) as const;
  const messages = [
    message(person('ann'), false),
    message(person('ann'), true),
    message(person('ann'), false),
    message(person('constructor'), true),
    message({ kind: 'queue', queueId: 'ann' }, false),
    message({ kind: 'general' }, false),
  ];
  expect(countMessages(messages)).toEqual({ ann: { fresh: 2, heard: 1 }, constructor: { fresh: 0, heard: 1 } });
  expect(countMessages([])).toEqual({});
});
