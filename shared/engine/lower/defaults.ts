import type { PersonId } from '../../flow/ids.ts';
import type { Mailbox } from '../../flow/mailbox.ts';
import { voicemailNode } from '../../flow/nodes/voicemail.ts';
import type { DefaultHandling, PhoneNumber } from '../../flow/project.ts';
import { lookup } from '../../lib/record.ts';
import { defaultHandlingOrigin } from '../default-handling.ts';
import type { Exit, Op, OpId, Origin } from '../program.ts';
import { DEFAULT_RINGS, type ProjectScope } from './scope.ts';
import { problemOf } from './voicemail.ts';

/** Outside it takes a while until a phone rings. */
const DEFAULT_EXTERNAL_RINGS = 6;

/** Where default handling cannot go on, nothing can (GD4). */
const nowhere = (output: string): Exit => ({ output, to: null });

/** Adds the operations of a number's default handling; of a flow without a number: hang up. */
export function lowerDefaultHandling(
  scope: ProjectScope,
  ops: Record<OpId, Op>,
  opId: OpId,
  number: PhoneNumber | null,
): void {
  ops[opId] = operationOf(scope, opId, number);
  const end = { op: 'hang-up', origin: defaultHandlingOrigin(opId), cause: 'normal' } as const;
  if (ops[opId].op === 'voicemail') ops[endOf(opId)] = end;
}

/** Where default handling ends that has done what it was for. */
const endOf = (opId: OpId): OpId => `${opId}~end`;

function operationOf(scope: ProjectScope, opId: OpId, number: PhoneNumber | null): Op {
  const handling: DefaultHandling = number?.defaultHandling ?? { kind: 'hang-up' };
  const origin = defaultHandlingOrigin(opId);
  switch (handling.kind) {
    case 'hang-up':
      return { op: 'hang-up', origin, cause: 'normal' };
    case 'voicemail':
      return lowerDefaultVoicemail(scope, opId, number, handling.mailbox);
    case 'person': {
      const { personId } = handling;
      const exists = lookup(scope.project.people, personId) !== undefined;
      if (!exists) reportPerson(scope, number, personId);
      return ringing(origin, exists ? [personId] : [], DEFAULT_RINGS * scope.project.settings.ringMs);
    }
    case 'external': {
      const external =
        handling.number === '' ? {} : { external: { number: handling.number, callerId: 'number' } as const };
      if (handling.number === '') {
        const params = { number: number?.number ?? '' };
        const message = `The default handling of ${params.number} is an external number, but none is set.`;
        scope.reporter.report('flow/no-number', message, params);
      }
      return { ...external, ...ringing(origin, [], DEFAULT_EXTERNAL_RINGS * scope.project.settings.ringMs) };
    }
    case 'queue':
      return lowerDefaultQueue(scope, opId, number, handling.queueId);
  }
}

function lowerDefaultVoicemail(scope: ProjectScope, opId: OpId, number: PhoneNumber | null, mailbox: Mailbox): Op {
  const problem = problemOf(mailbox, scope);
  if (problem) {
    const params = { number: number?.number ?? '' };
    const message = `The default handling of ${params.number} is a mailbox of someone who is gone: messages go to the general one.`;
    scope.reporter.report(problem, message, params);
  }
  const { maxMs, silenceMs, minMs } = voicemailNode.create();
  const end = (output: string): Exit => ({ output, to: endOf(opId) });
  return {
    op: 'voicemail',
    origin: defaultHandlingOrigin(opId),
    mailbox: problem ? { kind: 'general' } : mailbox,
    maxMs,
    silenceMs,
    minMs,
    exits: { done: end('done'), 'too-short': end('too-short'), failed: nowhere('failed') },
  };
}

function ringing(origin: Origin, people: readonly PersonId[], ringMs: number): Extract<Op, { op: 'dial' }> {
  return {
    op: 'dial',
    origin,
    people,
    mode: 'in-order',
    ringMs,
    noAnswer: nowhere('no-answer'),
    busy: nowhere('busy'),
    unavailable: nowhere('unavailable'),
  };
}

function lowerDefaultQueue(scope: ProjectScope, opId: OpId, number: PhoneNumber | null, queueId: string): Op {
  const queue = lookup(scope.project.queues, queueId);
  const params = { number: number?.number ?? '' };
  if (!queue) {
    const message = `The default handling of ${params.number} is a queue that is not in the project any more.`;
    scope.reporter.report('flow/unknown-queue', message, { ...params, queueId });
  } else if (queue.members.length === 0) {
    const message = `The default handling of ${params.number} is the queue "${queue.name}", which has no members.`;
    scope.reporter.report('flow/queue-without-members', message, { ...params, queue: queue.name });
  }
  return {
    op: 'enqueue',
    origin: defaultHandlingOrigin(opId),
    queueId: queue ? queueId : null,
    maxWaitMs: queue?.maxWaitMs ?? 1000,
    ...(queue?.breakOutKey === undefined ? {} : { breakOutKey: queue.breakOutKey }),
    exits: {
      timeout: nowhere('timeout'),
      full: nowhere('full'),
      'join-empty': nowhere('join-empty'),
      'leave-empty': nowhere('leave-empty'),
      'key-pressed': nowhere('key-pressed'),
    },
  };
}

function reportPerson(scope: ProjectScope, number: PhoneNumber | null, personId: string): void {
  const params = { number: number?.number ?? '', personId };
  const message = `The default handling of ${params.number} is someone who is not in the project any more.`;
  scope.reporter.report('flow/unknown-person', message, params);
}
