import fc from 'fast-check';
import type { EngineEvent } from '../../shared/engine/events.ts';
import { NODE_TYPES, type NodeType } from '../../shared/flow/catalogue.ts';
import { KEYS } from '../../shared/flow/ids.ts';
import { type Project, ProjectSchema, QUEUE_STRATEGIES } from '../../shared/flow/project.ts';

/** Few ids, so that references hit and miss; some are names that every object inherits. */
const id = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'constructor', 'toString', '7');
const key = fc.constantFrom(...KEYS);
const keys = fc.uniqueArray(key, { maxLength: 5 });
const optional = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined });

const text = fc.record({
  kind: fc.constant('text'),
  text: fc.constantFrom('', '  ', 'hello', 'choose', 'zażółć "gęślą"', '\ud800 half a pair', 'a\nb'),
  language: optional(fc.constantFrom('en', 'en-GB', 'pl')),
  voice: optional(fc.constantFrom('f2')),
  speed: optional(fc.constantFrom(0.5, 1.25)),
});
const audio = fc.record({
  kind: fc.constant('audio'),
  sha256: fc.constantFrom('0'.repeat(64), 'f'.repeat(64)),
  fileName: fc.constantFrom('one.mp3', 'two.mp3'),
  durationMs: fc.nat(3000),
});
const use = fc.oneof(text, audio, fc.record({ kind: fc.constant('prompt'), promptId: id }));

const data: Readonly<Record<NodeType, fc.Arbitrary<object>>> = {
  start: fc.constant({}),
  exit: fc.constant({}),
  'hang-up': fc.record({ cause: fc.constantFrom('normal', 'busy', 'rejected') }),
  say: fc.record({ prompt: use, skippable: fc.boolean() }),
  employee: fc.record({ people: fc.array(id, { maxLength: 3 }), mode: fc.constantFrom('all', 'in-order') }),
  queue: fc.record({ queueId: optional(id), maxWaitMs: optional(fc.constant(5000)), breakOutKey: optional(key) }),
  menu: fc.record({
    prompt: use,
    noInputPrompt: optional(use),
    invalidPrompt: optional(use),
    lastChancePrompt: optional(use),
    keys,
    repeatKeys: keys,
    noInputAttempts: fc.integer({ min: 1, max: 4 }),
    invalidAttempts: fc.integer({ min: 1, max: 4 }),
    totalAttempts: optional(fc.integer({ min: 1, max: 5 })),
    matchMode: fc.constantFrom('instant', 'first-match', 'wait-full'),
    bargeIn: fc.constantFrom('any', 'valid-only', 'none'),
    hash: fc.constantFrom('key', 'terminator', 'ignored'),
    replayAfterError: fc.boolean(),
    directDial: fc.oneof(
      fc.constant({ kind: 'off' }),
      fc.constant({ kind: 'everyone' }),
      fc.record({ kind: fc.constant('people'), people: fc.array(id, { minLength: 1, maxLength: 2 }) }),
    ),
  }),
};

const outputs = [...KEYS.map((k) => `key:${k}`), 'next', 'no-input', 'invalid', 'no-answer', 'busy', 'unavailable'];
const connections = fc.dictionary(
  fc.constantFrom(...outputs, 'timeout', 'full', 'join-empty', 'key-pressed', 'toString', 'nonsense'),
  id,
  { maxKeys: 12 },
);

const node = fc.constantFrom(...NODE_TYPES, 'menu' as const, 'say' as const).chain((type) =>
  fc.record({
    type: fc.constant(type),
    name: fc.string({ maxLength: 10 }),
    position: fc.record({ x: fc.integer(), y: fc.double({ noNaN: true, noDefaultInfinity: true }) }),
    connections,
    data: data[type],
  }),
);
const start = fc.record({
  type: fc.constant('start' as const),
  name: fc.constant('start'),
  position: fc.constant({ x: 0, y: 0 }),
  connections: fc.record({ next: id }),
  data: fc.constant({}),
});

const flow = fc.record({
  name: fc.constant('Flow'),
  nodes: fc
    .tuple(fc.dictionary(id, node, { minKeys: 1, maxKeys: 8 }), fc.option(start, { freq: 5 }))
    .map(([nodes, first]) => (first ? { ...nodes, start: first } : nodes)),
});

const handling = fc.oneof(
  fc.constant({ kind: 'hang-up' }),
  fc.record({ kind: fc.constant('person'), personId: id }),
  fc.record({ kind: fc.constant('queue'), queueId: id }),
);

const number = fc.record({
  number: fc.constantFrom('100', '+48123456789', '*5'),
  defaultHandling: handling,
  useVoiceMenu: fc.boolean(),
  flowId: optional(id),
});

const queue = fc.record({
  name: fc.constant('Queue'),
  members: fc.array(fc.record({ personId: id }), { maxLength: 2 }),
  strategy: fc.constantFrom(...QUEUE_STRATEGIES),
  breakOutKey: optional(key),
});

/** Any project that the schema accepts, with everything in it that can be wrong. */
export const arbitraryProject: fc.Arbitrary<Project> = fc
  .record({
    format: fc.constant('dialtree'),
    version: fc.constant(1),
    id: fc.constant('random'),
    name: fc.constant('Random'),
    settings: fc.record({ language: fc.constantFrom('en', 'pl'), speech: fc.constant({}) }),
    numbers: fc.dictionary(id, number, { maxKeys: 3 }),
    people: fc.dictionary(
      id,
      fc.record({ name: fc.constant('P'), extension: fc.constantFrom('10', '101', '102', '11') }),
    ),
    queues: fc.dictionary(id, queue, { maxKeys: 3 }),
    prompts: fc.dictionary(
      id,
      fc.record({
        name: fc.constant('Prompt'),
        sources: fc.dictionary(fc.constantFrom('en', 'pl', 'en-GB'), fc.oneof(text, audio), { maxKeys: 2 }),
      }),
      { maxKeys: 3 },
    ),
    schedules: fc.constant({}),
    flows: fc.dictionary(id, flow, { minKeys: 1, maxKeys: 2 }),
  })
  // As from a file: members without a value are not there at all.
  .map((document) => ProjectSchema.parse(JSON.parse(JSON.stringify(document))));

/** What is told to a call: one of the events that it waits for (by number), or something out of place. */
export type Told = { readonly pick: number } | { readonly event: EngineEvent };

const stray: fc.Arbitrary<EngineEvent> = fc.oneof(
  fc.record({ type: fc.constant('digit' as const), digit: key, atMs: fc.nat() }),
  fc.record({ type: fc.constant('prompt-finished' as const), playId: fc.constantFrom('play-1', 'x'), atMs: fc.nat() }),
  fc.record({ type: fc.constant('timer' as const), timerId: fc.constantFrom('timer-2', 'x'), atMs: fc.integer() }),
  fc.record({ type: fc.constant('far-end-hung-up' as const), atMs: fc.nat() }),
  // Not of the contract at all: from another version, or broken.
  fc
    .constantFrom(
      { type: 'unheard-of', atMs: 1 },
      { type: 'digit', digit: 'A', atMs: 1 },
      { type: 'dial-ended', dialId: 'dial-3', outcome: 'constructor', atMs: Number.NaN },
      { type: 'queue-ended', enqueueId: 'queue-3', outcome: 'toString', atMs: Number.POSITIVE_INFINITY },
    )
    .map((event) => event as unknown as EngineEvent),
);

/** A sequence of things told to a call, mostly ones that it waits for. */
export const arbitraryTold: fc.Arbitrary<Told[]> = fc.array(
  fc.oneof(
    { weight: 5, arbitrary: fc.record({ pick: fc.nat(1000) }) },
    { weight: 1, arbitrary: fc.record({ event: stray }) },
  ),
  { maxLength: 60 },
);
