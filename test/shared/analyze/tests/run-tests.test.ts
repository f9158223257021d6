import { describe, expect, test } from 'vitest';
import { runTests } from '../../../../shared/analyze/tests/run-tests.ts';
import { printProject } from '../../../../shared/flow/canonical.ts';
import { parseProjectText } from '../../../../shared/flow/migrations.ts';
import { sampleProject } from '../../../../shared/flow/samples/index.ts';
import { menu, type NodeSketch, says, sketchProject, startingWith } from '../../../support/engine-driver.ts';
import { failuresIn, presses, runIn, sketchTest } from '../../../support/project-tests.ts';

const shop = sketchProject({
  start: { type: 'start', to: { next: 'm' } },
  m: menu({ prompt: 'Press 1 or 2.', keys: ['1', '2'], noInputPrompt: 'Still there?' }, { 'key:1': 'e', 'key:2': 'q' }),
  e: { type: 'employee', data: { people: ['ann', 'bob'] }, to: { 'no-answer': 'sorry', busy: 'sorry' } },
  q: { type: 'queue', data: { queueId: 'team', breakOutKey: '0' }, to: { timeout: 'sorry', 'key-pressed': 'm' } },
  sorry: { type: 'say', data: { prompt: 'Nobody is there.' }, to: { next: 'end' } },
  end: { type: 'hang-up', data: { cause: 'busy' } },
});
const ways = ({ trace }: ReturnType<typeof runIn>) =>
  trace.flatMap((entry) => (entry.type === 'node-entered' ? [entry.nodeId] : [])).join(' ');
const atMs = ({ trace }: ReturnType<typeof runIn>, type: string) => trace.find((entry) => entry.type === type)?.atMs;

describe('the caller', () => {
  test('[TS1] the same project and test give the same trace', () => {
    const steps = presses('9', '2');
    expect(runIn(shop, { steps })).toEqual(runIn(structuredClone(shop), { steps }));
  });

  test('[TS3] presses when the prompt has ended, and a while after', () => {
    const at = (delayMs: number) => [{ kind: 'press', keys: ['1'], when: { kind: 'prompt-end', delayMs } }];
    const ended = atMs(runIn(shop, { steps: at(0) }), 'prompt-finished')!;
    expect(atMs(runIn(shop, { steps: at(0) }), 'digit')).toBe(ended);
    expect(atMs(runIn(shop, { steps: at(700) }), 'digit')).toBe(ended + 700);
  });

  test('[TS3] presses into the prompt, and an extension key by key', () => {
    const result = runIn(shop, {
      steps: [{ kind: 'press', keys: ['2'], when: { kind: 'during-prompt', delayMs: 50 } }],
    });
    expect(result.trace.filter(({ atMs }) => atMs === 50).map(({ type }) => type)).toContain('prompt-interrupted');
    const dialling = startingWith(menu({ directDial: { kind: 'everyone' } }));
    const digits = runIn(dialling, { steps: presses('102') }).trace.filter(({ type }) => type === 'digit');
    const first = digits[0]!.atMs;
    expect(digits.map((entry) => entry.atMs - first)).toEqual([0, 200, 400]);
  });

  test('[TS3] stays silent until the time for a key is over', () => {
    const steps = [{ kind: 'stay-silent' }, ...presses('1')];
    const expected = { hears: ['Press 1', 'Still there?', 'Press 1'], visits: ['m', 'e'] };
    expect(failuresIn(shop, { steps, expect: expected })).toEqual([]);
  });

  test('[TS3] [TS4] also when the call ends by that', () => {
    const once = startingWith(menu({ keys: ['1'], noInputAttempts: 1 }));
    expect(failuresIn(once, { steps: [{ kind: 'stay-silent' }] })).toEqual([]);
    expect(failuresIn(once, { steps: [{ kind: 'stay-silent' }, { kind: 'stay-silent' }] })).toHaveLength(1);
  });

  test('[TS3] acts as soon as the call waits at a node; after a time; breaks out of a queue', () => {
    const atQueue = { kind: 'press', keys: ['0'], when: { kind: 'at-node', nodeId: 'q', delayMs: 10 } };
    expect(ways(runIn(shop, { steps: [...presses('2'), atQueue, ...presses('1')] }))).toBe('start m q m e');
    const later = runIn(shop, { steps: [{ kind: 'hang-up', when: { kind: 'after', delayMs: 123 } }] });
    expect(later.trace.at(-1)).toMatchObject({ type: 'ended', by: 'caller', atMs: 123 });
  });

  test('[TS4] a step that could not be done fails the test', () => {
    expect(failuresIn(shop, { steps: presses('1', '7') })).toEqual([
      'steps: The caller could not do step 2 (press 7): the call was over before its time.',
    ]);
  });

  test('[TS4] so does a target that is gone', () => {
    expect(failuresIn(shop, { target: { kind: 'flow', flowId: 'constructor' } })).toEqual([
      'target: The number or flow that the test calls is not in the project.',
    ]);
  });
});

describe('the world', () => {
  test('people and queues do as they are told', () => {
    const busy = { outcome: 'busy' };
    const steps = presses('1');
    const run = (people: object) => ways(runIn(shop, { steps, world: { people } }));
    expect(run({ ann: busy, bob: { outcome: 'unavailable' } })).toBe('start m e sorry end');
    expect(run({ ann: busy })).toBe('start m e');
    expect(ways(runIn(shop, { steps: presses('2'), world: { queues: { team: { outcome: 'timeout' } } } }))).toBe(
      'start m q sorry end',
    );
  });

  test('[TS9] web services answer, queues stand, messages last and numbers outside answer as they are told', () => {
    const project = startingWith(
      {
        type: 'request',
        data: { url: 'https://crm.example/', assignments: [{ variable: 'tier', expression: 'response.body.tier' }] },
        to: { success: 'look', timeout: 'out', 'client-error': 'vm' },
      },
      {
        look: { type: 'queue-state', data: { queueId: 'team' }, to: { free: 'end', busy: 'out', nobody: 'vm' } },
        out: { type: 'external', data: { number: '+48600100200' }, to: { busy: 'vm' } },
        vm: { type: 'voicemail', to: { 'too-short': 'end', done: 'thanks' } },
        ...says('thanks'),
        end: { type: 'hang-up' },
      },
      () => ({ variables: { tier: {} } }),
    );
    const answer = (result: object) => ({ requests: { m: { result } } });
    const gold = { kind: 'response', body: { tier: 'gold' } };
    expect(ways(runIn(project, { world: answer(gold) }))).toBe('start m look end');
    expect(failuresIn(project, { world: answer(gold), expect: { variables: { tier: 'gold' } } })).toEqual([]);
    const busy = { team: { free: 0, here: 1, waiting: 4 } };
    const outside = { '+48600100200': { outcome: 'busy' } };
    const short = { vm: { durationMs: 10 } };
    const all = { ...answer(gold), queueStates: busy, externals: outside, messages: short };
    expect(ways(runIn(project, { world: all }))).toBe('start m look out vm end');
    expect(ways(runIn(project, { world: answer({ kind: 'timeout' }) }))).toBe('start m out');
    expect(ways(runIn(project, { world: answer({ kind: 'response', status: 404 }) }))).toBe('start m vm thanks');
  });

  test('[TS9] nodes of any type end as they are told, by outcome or by output, one after the other', () => {
    const flow: Record<string, NodeSketch> = {
      s: { type: 'schedule', to: { open: 'm', closed: 'end' } },
      ...Object.fromEntries(
        Object.entries(shop.flows.main!.nodes).map(([id, node]) => [id, { ...node, to: node.connections }]),
      ),
      start: { type: 'start', to: { next: 's' } },
    };
    const office = { name: 'Office', timeZone: 'UTC', weekly: [{ day: 1, from: '08:00', to: '17:00' }] };
    flow.s = { ...flow.s!, data: { scheduleId: 'office' } };
    const project = sketchProject(flow, () => ({ schedules: { office } }));
    expect(ways(runIn(project, { world: { nodes: { s: ['closed'] } } }))).toBe('start s end');
    expect(ways(runIn(project, { world: { nodes: { 'main/s': ['schedule:closed'] } } }))).toBe('start s end');
    const back = { kind: 'press', keys: ['0'], when: { kind: 'at-node', nodeId: 'q', delayMs: 0 } };
    const twice = runIn(project, {
      steps: [...presses('2'), back, ...presses('2')],
      world: { nodes: { q: ['leave-empty'] } },
    });
    expect(ways(twice)).toBe('start s m q');
    const nodes = { m: ['key:2', 'key:1'], q: ['key-pressed'], e: ['no-answer'] };
    expect(ways(runIn(project, { world: { nodes } }))).toBe('start s m q m e sorry end');
  });

  test('[TS2] the time is local, on both sides of a change of the clock', () => {
    const flow: Record<string, NodeSketch> = {
      start: { type: 'start', to: { next: 's' } },
      s: { type: 'schedule', data: { scheduleId: 'night' }, to: { open: 'a', closed: 'b' } },
      ...says('a', 'b'),
    };
    const hours = (from: string, to: string) => ({
      schedules: { night: { name: 'Night', timeZone: 'Europe/Warsaw', weekly: [{ day: 7, from, to }] } },
    });
    const at = (startsAt: string, from: string, to: string) =>
      ways(
        runIn(
          sketchProject(flow, () => hours(from, to)),
          { startsAt },
        ),
      );
    expect(at('2026-03-29T01:59', '01:00', '02:00')).toBe('start s a');
    // 02:30 is left out that night: the clock shows 03:30 then.
    expect(at('2026-03-29T02:30', '03:30', '03:31')).toBe('start s a');
    expect(at('2026-10-25T02:30:00', '02:00', '03:00')).toBe('start s a');
    expect(at('2026-10-26T02:30', '02:00', '03:00')).toBe('start s b');
  });
});

describe('expectations', () => {
  const steps = presses('2');

  test('[TS5] [TS8] nodes in order, others in between', () => {
    expect(failuresIn(shop, { steps, expect: { visits: ['start', 'main/q'] } })).toEqual([]);
    expect(failuresIn(shop, { steps, expect: { visits: ['m', 'e'] } })).toEqual([
      'visits: The call should have come to "e" after "m"; it went: start → m → q.',
    ]);
    expect(failuresIn(shop, { steps, expect: { visits: ['q', 'm'] } })).toHaveLength(1);
  });

  test.each([
    [{ kind: 'person', personId: 'ann' }, presses('1'), {}],
    [{ kind: 'queue', queueId: 'team' }, presses('2'), {}],
    [{ kind: 'hang-up', cause: 'busy' }, presses('1'), { nodes: { e: ['busy'] } }],
    [{ kind: 'default-handling' }, presses('2'), { nodes: { q: ['full'] } }],
  ])('[TS6] gets to %j', (destination, way, world) => {
    expect(failuresIn(shop, { steps: way, world, expect: { destination } })).toEqual([]);
    const [failure, ...more] = failuresIn(shop, { expect: { destination: { kind: 'voicemail' } } });
    expect(failure).toMatch(/^destination: The call should have got to a voicemail; it got to the default handling/);
    expect(more).toEqual([]);
  });

  test('[TS6] a message that is recorded, and a number outside that answers', () => {
    const leave = startingWith({ type: 'voicemail', data: {} });
    expect(failuresIn(leave, { expect: { destination: { kind: 'voicemail' } } })).toEqual([]);
    const outside = startingWith({ type: 'external', data: { number: '+48123456789' } });
    const destination = { kind: 'external' };
    expect(failuresIn(outside, { expect: { destination } })).toEqual([]);
    expect(failuresIn(outside, { world: { nodes: { m: ['busy'] } }, expect: { destination } })).toHaveLength(1);
  });

  test('[TS6] a queue that was left is no destination, nor is a flow that the caller left', () => {
    const left = {
      steps,
      world: { nodes: { q: ['timeout'] } },
      expect: { destination: { kind: 'queue', queueId: 'team' } },
    };
    expect(failuresIn(shop, left)).toEqual([
      'destination: The call should have got to the queue "Team"; it got to a hang-up (busy).',
    ]);
    const hangUp = [{ kind: 'hang-up', when: { kind: 'after', delayMs: 10 } }];
    expect(failuresIn(shop, { steps: hangUp, expect: { destination: { kind: 'person', personId: 'bob' } } })).toEqual([
      'destination: The call should have got to Bob; it got to nowhere: the caller hung up.',
    ]);
  });

  test('[TS7] [TS8] what is heard, how long it takes, and variables; all are looked at', () => {
    expect(failuresIn(shop, { steps, expect: { hears: ['Press 1'], withinMs: 10_000 } })).toEqual([]);
    const wrong = { hears: ['Press 1', 'Press 1'], withinMs: 100, variables: { vip: true } };
    expect(failuresIn(shop, { steps, expect: wrong })).toEqual([
      'hears: The caller should have heard "Press 1" next; was told: "Press 1 or 2.".',
      'withinMs: The call should have been there within 0.1 s; it took 5.9 s.',
      'variables: The variable "vip" should have been true; it was never set.',
    ]);
  });
});

test('[TS1] runs a thousand tests in about a second', () => {
  const project = sampleProject('en');
  const one = sketchTest({ target: { kind: 'number', numberId: 'main-line' }, steps: presses('2', '3', '*', '1') });
  const tests = Object.fromEntries(Array.from({ length: 1000 }, (_, n) => [`t${n}`, one]));
  const before = performance.now();
  const results = runTests({ ...project, tests });
  expect(performance.now() - before).toBeLessThan(3000);
  expect(results).toHaveLength(1000);
  expect(results.every(({ passed }) => passed)).toBe(true);
});

test('[TS10] a file from before there were tests stays as it is; with tests it reads back equal', () => {
  const project = sampleProject('en');
  const text = printProject(project);
  expect(text).not.toContain('"tests"');
  expect(printProject(parseProjectText(text))).toBe(text);
  const tested = { ...project, tests: { a: sketchTest({ steps: presses('1') }) } };
  expect(parseProjectText(printProject(tested))).toEqual(tested);
});
