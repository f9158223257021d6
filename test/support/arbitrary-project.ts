import fc from 'fast-check';
import type { EngineEvent } from '../../shared/engine/events.ts';
import { NODE_TYPES, NodeSchema, type NodeType, outputsOf } from '../../shared/flow/catalogue.ts';
import { KEYS } from '../../shared/flow/ids.ts';
import { COMPARISONS } from '../../shared/flow/nodes/condition.ts';
import { IMPORT_SOURCES } from '../../shared/flow/nodes/imported.ts';
import { type Project, ProjectSchema, QUEUE_STRATEGIES } from '../../shared/flow/project.ts';

/** Things that are there mostly; some have names that every object inherits. */
const IDS = ['a', 'b', 'c', 'd', 'constructor', '7'] as const;
/** Names a thing that is there, mostly. */
const id = fc.oneof(
  { weight: 12, arbitrary: fc.constantFrom(...IDS) },
  { weight: 1, arbitrary: fc.constantFrom('gone', 'toString') },
);
/** A collection of most of them. */
function collection<Value>(value: fc.Arbitrary<Value>): fc.Arbitrary<Record<string, Value>> {
  return fc
    .tuple(...IDS.map((name) => fc.option(value, { freq: 12 }).map((made) => [name, made] as const)))
    .map((entries) => Object.fromEntries(entries.filter(([, made]) => made !== null)) as Record<string, Value>);
}
const key = fc.constantFrom(...KEYS);
const keys = fc.uniqueArray(key, { maxLength: 5 });
const optional = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined });

const text = fc.record({
  kind: fc.constant('text'),
  text: fc.oneof(
    {
      weight: 20,
      arbitrary: fc.constantFrom(
        'hello',
        'choose',
        'zażółć "gęślą"',
        '\ud800 half a pair',
        'a\nb',
        'PIN {pin:digits} of {tier}',
      ),
    },
    { weight: 1, arbitrary: fc.constantFrom('', '  ') },
  ),
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

const variable = fc.oneof(
  { weight: 9, arbitrary: fc.constantFrom('pin', 'tier', 'count', 'member') },
  { weight: 1, arbitrary: fc.constantFrom('gone') },
);
const expression = fc.constantFrom(
  'pin == "12"',
  'tier == "gold" || count > 2',
  'count + 1',
  'caller.number',
  'call.number + tier + tier',
  'member',
  '!member',
  'pin',
  'size(pin)',
  'count / 0',
  'int(tier)',
  'nonsense(',
  '',
);
const assignment = fc.record({ variable, expression });

const mailbox = fc.oneof(
  fc.record({ kind: fc.constant('person'), personId: id }),
  fc.record({ kind: fc.constant('queue'), queueId: id }),
  fc.constant({ kind: 'general' }),
);

const data: Readonly<Record<NodeType, fc.Arbitrary<object>>> = {
  start: fc.constant({}),
  exit: fc.constant({}),
  condition: fc.record({
    cases: fc
      .array(
        fc.oneof(
          fc.record({
            kind: fc.constantFrom('equals', 'begins-with'),
            value: fc.constantFrom('', '+48', '+48123456789', '600', '6', '0048'),
          }),
          fc.constant({ kind: 'withheld' }),
          fc.record({
            kind: fc.constant('variable'),
            variable: optional(variable),
            comparison: fc.constantFrom(...COMPARISONS),
            value: fc.constantFrom('', '12', 'gold', 'true'),
          }),
          fc.record({ kind: fc.constant('expression'), expression }),
        ),
        { maxLength: 3 },
      )
      .map((cases) => cases.map((one, index) => ({ id: String(index + 1), ...one }))),
  }),
  imported: fc.record({
    source: fc.constantFrom(...IMPORT_SOURCES),
    kind: fc.constantFrom('AGI', 'run-function'),
    original: fc.constantFrom('', '{"name":"x"}'),
    ways: fc.constantFrom(
      [],
      [{ id: '1', name: 'success' }],
      [
        { id: '1', name: 'next' },
        { id: '2', name: 'fail' },
      ],
    ),
    goOn: optional(fc.constantFrom('1', '2', 'gone')),
  }),
  random: fc.record({
    branches: fc
      .array(fc.constantFrom(0, 1, 1, 2, 1000), { minLength: 1, maxLength: 4 })
      .map((weights) => weights.map((weight, index) => ({ id: String(index + 1), name: '', weight }))),
  }),
  'sub-flow': fc.record({
    flowId: optional(fc.constantFrom('a', 'b', 'a', 'b', 'gone', 'toString')),
    parameters: fc.array(assignment, { maxLength: 2 }),
    results: fc.uniqueArray(fc.constantFrom('done', 'failed', 'constructor'), { maxLength: 3 }),
  }),
  return: fc.record({ result: fc.constantFrom('done', 'failed', 'toString', '__proto__') }),
  'go-to': fc.record({
    target: fc.oneof(
      fc.record({ kind: fc.constant('node'), nodeId: optional(fc.constantFrom('n1', 'n2', 'toString', 'gone')) }),
      fc.record({ kind: fc.constantFrom('back', 'back', 'repeat') }),
    ),
  }),
  external: fc.record({
    number: fc.constantFrom('+48221234567', '112', '+48221234567', ''),
    callerId: fc.constantFrom('caller', 'number'),
  }),
  consent: fc
    .record({
      prompt: use,
      noInputPrompt: optional(use),
      invalidPrompt: optional(use),
      keys: fc.uniqueArray(key, { minLength: 2, maxLength: 2 }),
      attempts: fc.integer({ min: 1, max: 3 }),
    })
    .map(({ keys: [agreeKey, refuseKey], ...rest }) => ({ ...rest, agreeKey, refuseKey })),
  language: fc.record({ language: fc.constantFrom('pl', 'en', 'en-GB', 'de') }),
  callback: fc.record({ queueId: optional(id) }),
  schedule: fc.record({ scheduleId: optional(id) }),
  digits: fc
    .record({
      prompt: use,
      noInputPrompt: optional(use),
      variable: optional(variable),
      minDigits: fc.integer({ min: 1, max: 3 }),
      more: fc.nat(2),
      hash: fc.constantFrom('terminator', 'ignored'),
      noInputAttempts: fc.integer({ min: 1, max: 3 }),
      invalidAttempts: fc.integer({ min: 1, max: 3 }),
      valid: optional(expression),
      confirm: optional(fc.record({ prompt: use })),
    })
    .map(({ more, ...rest }) => ({ ...rest, maxDigits: rest.minDigits + more })),
  'set-variable': fc.record({ assignments: fc.array(assignment, { maxLength: 3 }) }),
  request: fc.record({
    method: fc.constantFrom('GET', 'POST'),
    url: fc.constantFrom('', 'https://crm.example/{pin}/{caller.number}', 'ftp://{tier}', '/here'),
    headers: fc.constantFrom([], [{ name: 'X-Tier', value: '{tier} {secret.key}' }]),
    body: optional(fc.constantFrom('{"n": "{caller.name}"}', '{pin')),
    assignments: fc.array(
      fc.record({
        variable,
        expression: fc.oneof(expression, fc.constantFrom('response.body.a[1].b', 'response.body.x')),
      }),
      { maxLength: 2 },
    ),
  }),
  voicemail: fc.record({
    mailbox,
    greeting: optional(use),
    minMs: fc.constantFrom(0, 1000),
  }),
  'queue-state': fc.record({ queueId: optional(id), crowdedAt: optional(fc.integer({ min: 1, max: 3 })) }),
  'hang-up': fc.record({ cause: fc.constantFrom('normal', 'busy', 'rejected') }),
  say: fc.record({ prompt: use, skippable: fc.boolean() }),
  employee: fc.record({
    people: fc.array(id, { maxLength: 3, size: 'max' }),
    mode: fc.constantFrom('all', 'in-order'),
  }),
  extension: fc.record({
    prompt: use,
    noInputPrompt: optional(use),
    invalidPrompt: optional(use),
    who: fc.oneof(
      fc.constant({ kind: 'everyone' }),
      fc.record({ kind: fc.constant('people'), people: fc.array(id, { minLength: 1, maxLength: 2 }) }),
    ),
    noInputAttempts: fc.integer({ min: 1, max: 4 }),
    invalidAttempts: fc.integer({ min: 1, max: 4 }),
    hash: fc.constantFrom('key', 'terminator', 'ignored'),
  }),
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

const NODE_IDS = ['n1', 'n2', 'n3', 'n4', 'toString', '7'] as const;

/** Where outputs lead: to a node mostly, else nowhere or to one that is not there. */
const targets = fc.array(
  fc.oneof(
    { weight: 14, arbitrary: fc.constantFrom<string | null>(...NODE_IDS) },
    { weight: 1, arbitrary: fc.constantFrom<string | null>(null, null, 'gone', 'constructor') },
  ),
  { minLength: 16, maxLength: 16 },
);

const OFTEN = [
  'say',
  'employee',
  'extension',
  'queue',
  'schedule',
  'random',
  'sub-flow',
  'return',
  'go-to',
  'external',
  'callback',
  'language',
  'consent',
  'condition',
  'digits',
  'set-variable',
  'request',
  'queue-state',
  'voicemail',
] as const satisfies readonly NodeType[];

const types = fc.oneof(
  { weight: 5, arbitrary: fc.constant<NodeType>('menu') },
  {
    weight: 3,
    arbitrary: fc.constantFrom<NodeType>(...OFTEN),
  },
  { weight: 1, arbitrary: fc.constantFrom(...NODE_TYPES) },
);

const node = types.chain((type) =>
  fc
    .record({
      name: fc.string({ maxLength: 10 }),
      position: fc.record({ x: fc.integer(), y: fc.double({ noNaN: true, noDefaultInfinity: true }) }),
      data: data[type],
      targets,
      stray: fc.constantFrom(...Array<null>(20).fill(null), 'toString', 'nonsense'),
    })
    .map(({ targets, stray, ...rest }) => {
      const parsed = NodeSchema.parse(JSON.parse(JSON.stringify({ type, connections: {}, ...rest })));
      const connections: Record<string, string> = stray === null ? {} : { [stray]: 'n1' };
      outputsOf(parsed).forEach((output, index) => {
        const to = targets[index % targets.length];
        if (typeof to === 'string') connections[output.id] = to;
      });
      return { ...parsed, connections };
    }),
);

const flow = fc
  .record({
    nodes: fc.tuple(...NODE_IDS.map(() => fc.option(node, { freq: 15 }))),
    first: fc.constantFrom(...NODE_IDS),
    hasStart: fc.nat(20).map((n) => n > 0),
  })
  .map(({ nodes, first, hasStart }) => {
    const entries = NODE_IDS.flatMap((name, index) => (nodes[index] ? [[name, nodes[index]] as const] : []));
    const start = { type: 'start', name: '', position: { x: 0, y: 0 }, connections: { next: first }, data: {} };
    return { name: 'Flow', nodes: Object.fromEntries([...(hasStart ? [['start', start] as const] : []), ...entries]) };
  });

const handling = fc.oneof(
  fc.constant({ kind: 'hang-up' }),
  fc.record({ kind: fc.constant('person'), personId: id }),
  fc.record({ kind: fc.constant('queue'), queueId: id }),
  fc.record({ kind: fc.constant('external'), number: fc.constantFrom('+48221234567', '') }),
);

const number = fc.record({
  number: fc.constantFrom('100', '+48123456789', '*5'),
  defaultHandling: handling,
  useVoiceMenu: fc.nat(6).map((n) => n > 0),
  flowId: fc.option(fc.constantFrom('a', 'b', 'b', 'a', 'gone'), { nil: undefined, freq: 10 }),
});

const queue = fc.record({
  name: fc.constant('Queue'),
  members: fc.array(fc.record({ personId: id }), { maxLength: 2, size: 'max' }),
  strategy: fc.constantFrom(...QUEUE_STRATEGIES),
  breakOutKey: optional(key),
});

const hours = fc.record({
  from: fc.constantFrom('00:00', '02:30', '09:00', '22:00'),
  to: fc.constantFrom('02:30', '09:00', '17:00', '24:00'),
});
const schedule = fc.record({
  name: fc.constant('Schedule'),
  timeZone: fc.oneof(
    { weight: 9, arbitrary: fc.constantFrom('Europe/Warsaw', 'America/New_York', 'Asia/Kathmandu', 'UTC') },
    { weight: 1, arbitrary: fc.constantFrom('Nowhere/Else', 'constructor') },
  ),
  weekly: fc.array(
    fc.tuple(fc.integer({ min: 1, max: 7 }), hours).map(([day, one]) => ({ day, ...one })),
    { maxLength: 5 },
  ),
  holidays: fc.dictionary(
    fc.constantFrom('12-24', '02-29', '01-01', '1970-12-31'),
    fc.record({ hours: fc.array(hours, { maxLength: 2 }) }),
    { maxKeys: 2 },
  ),
  override: fc.constantFrom('auto', 'auto', 'auto', 'open', 'closed'),
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
    people: collection(
      fc.record({
        name: fc.constant('P'),
        extension: fc.constantFrom('10', '101', '102', '11', '205', '33', '77', '9999'),
      }),
    ),
    queues: collection(queue),
    prompts: collection(
      fc.record({
        name: fc.constant('Prompt'),
        sources: fc.dictionary(fc.constantFrom('en', 'pl', 'en-GB'), fc.oneof(text, audio), {
          maxKeys: 2,
          size: 'max',
        }),
      }),
    ),
    schedules: collection(schedule),
    variables: fc.constantFrom(
      {},
      { pin: { secret: true }, tier: { initial: 'gold' }, count: { type: 'number' }, member: { type: 'yes-no' } },
    ),
    flows: fc.record({ a: flow, b: flow }),
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
      { type: 'time', timeId: 'time-2', wallMs: Number.NaN, atMs: 2 },
      { type: 'random', randomId: 'random-2', value: Number.NaN, atMs: 2 },
      { type: 'random', randomId: 'random-1', value: 1, atMs: 2 },
      { type: 'dial-ended', dialId: 'dial-3', outcome: 'constructor', atMs: Number.NaN },
      { type: 'request-ended', requestId: 'request-2', atMs: 2 },
      { type: 'request-ended', requestId: 'request-3', result: { kind: 'response', status: 'ok' }, atMs: 2 },
      { type: 'queue-state', queryId: 'query-2', atMs: 2 },
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
  { minLength: 10, maxLength: 60, size: 'max' },
);
