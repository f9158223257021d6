import { describe, expect, test } from 'vitest';
import { lowerProject } from '../../../../shared/engine/lower/index.ts';
import { printProject } from '../../../../shared/flow/canonical.ts';
import { parseProjectText } from '../../../../shared/flow/migrations.ts';
import { sampleProject } from '../../../../shared/flow/samples/index.ts';
import { menu, type NodeSketch, says, sketchProject, startingWith } from '../../../support/engine-driver.ts';

/** Diagnostics as `code node output`. */
const codes = (project: Parameters<typeof lowerProject>[0]) =>
  lowerProject(project).diagnostics.map(({ code, nodeId, output }) =>
    [code, nodeId, output].filter((part) => part !== null).join(' '),
  );
const single = (node: NodeSketch) => lowerProject(startingWith(node)).program.ops['main/m'];

describe('nodes', () => {
  test('[LW1] each node is one operation, at flow/node, and knows its origin', () => {
    const { ops } = lowerProject(startingWith({ type: 'exit' })).program;
    expect(Object.keys(ops).sort()).toEqual(['default:', 'default:line', 'main/m', 'main/start']);
    expect(ops['main/m']).toEqual({ op: 'exit', origin: { flowId: 'main', nodeId: 'm' } });
    expect(ops['main/start']).toMatchObject({ op: 'answer', next: { output: 'next', to: 'main/m' } });
  });

  test('[LW1] a menu keeps every setting; what may be entered is keys in the order of the keypad, then extensions', () => {
    const data = {
      keys: ['*', '0', '1'],
      repeatKeys: ['9'],
      directDial: { kind: 'everyone' },
      totalAttempts: 4,
      matchMode: 'wait-full',
      bargeIn: 'none',
      hash: 'terminator',
      replayAfterError: false,
    };
    const op = single(menu(data, { 'key:1': 'm' }));
    expect(op).toMatchObject({
      firstDigitTimeoutMs: 5000,
      interDigitTimeoutMs: 3000,
      noInputAttempts: 3,
      invalidAttempts: 3,
      totalAttempts: 4,
      matchMode: 'wait-full',
      bargeIn: 'none',
      hash: 'terminator',
      replayAfterError: false,
      noInput: { output: 'no-input', to: null },
      invalid: { output: 'invalid', to: null },
      error: { output: 'error', to: null },
      matches: [
        { digits: '1', action: { kind: 'go', exit: { output: 'key:1', to: 'main/m' } } },
        { digits: '9', action: { kind: 'repeat' } },
        { digits: '*', action: { kind: 'go', exit: { output: 'key:*', to: null } } },
        { digits: '0', action: { kind: 'go', exit: { output: 'key:0', to: null } } },
        { digits: '101', action: { kind: 'dial', personId: 'ann', ringMs: 20_000 } },
        { digits: '102', action: { kind: 'dial', personId: 'bob', ringMs: 20_000 } },
        { digits: '201', action: { kind: 'dial', personId: 'cid', ringMs: 20_000 } },
      ],
    });
  });

  test('[LW1] rings become milliseconds by the length of a ring', () => {
    const project = sketchProject({ m: { type: 'employee', data: { people: ['ann'], rings: 3 } } }, () => ({
      settings: { ringMs: 4000 },
    }));
    expect(lowerProject(project).program.ops['main/m']).toMatchObject({ ringMs: 12_000 });
  });

  test('[LW8] people who are gone are left out, people named twice are rung once', () => {
    const node: NodeSketch = { type: 'employee', data: { people: ['bob', 'gone', 'ann', 'bob', 'toString'] } };
    expect(single(node)).toMatchObject({ people: ['bob', 'ann'] });
    expect(codes(startingWith(node))).toEqual(['flow/unknown-person m', 'flow/unknown-person m']);
  });

  test('[LW8] of two people with one extension the smaller id is dialled', () => {
    const people = { zoe: { name: 'Zoe', extension: '101' }, ann: { name: 'Ann', extension: '101' } };
    const project = sketchProject(
      { start: { type: 'start', to: { next: 'm' } }, m: menu({ directDial: { kind: 'everyone' } }) },
      () => ({ people }),
    );
    const { program, diagnostics } = lowerProject(project);
    expect(program.ops['main/m']).toMatchObject({ matches: [{ digits: '101', action: { personId: 'ann' } }] });
    expect(diagnostics).toMatchObject([
      { code: 'flow/duplicate-extension', flowId: null, nodeId: null, params: { extension: '101', person: 'Zoe' } },
    ]);
  });
});

describe('diagnostics', () => {
  test('[LW1] say what and where, in words and in values', () => {
    const { diagnostics } = lowerProject(startingWith(menu({ keys: ['1'] })));
    expect(diagnostics).toEqual([
      {
        code: 'flow/open-output',
        severity: 'error',
        message: 'The output "key:1" leads nowhere: callers are passed on to the default handling.',
        params: { node: 'm', output: 'key:1' },
        flowId: 'main',
        nodeId: 'm',
        output: 'key:1',
      },
    ]);
  });

  test('[LW2] open optional outputs are none', () => {
    expect(codes(startingWith({ type: 'employee', data: { people: ['ann'] } }))).toEqual([]);
  });

  test.each<[string, NodeSketch, string]>([
    [
      '[LW2] a connection to a node that is gone',
      { type: 'say', data: { prompt: 'a' }, to: { next: 'gone' } },
      'flow/dangling-connection m next',
    ],
    [
      '[LW2] a connection named like an inherited member',
      { type: 'say', data: { prompt: 'a' }, to: { next: 'toString' } },
      'flow/dangling-connection m next',
    ],
    [
      '[LW2] a connection of an output that is not there',
      { type: 'exit', to: { next: 'm' } },
      'flow/unknown-output m next',
    ],
    [
      '[LW1] a connection back to the start',
      { type: 'say', data: { prompt: 'a' }, to: { next: 'start' } },
      'flow/into-start m next',
    ],
    ['[LW5] a text without words', { type: 'say', data: { prompt: ' \n' }, to: { next: 'm' } }, 'flow/empty-prompt m'],
    [
      '[LW5] a prompt that is gone',
      { type: 'say', data: { prompt: { kind: 'prompt', promptId: 'gone' } }, to: { next: 'm' } },
      'flow/unknown-prompt m',
    ],
    ['[LW1] a menu without keys', menu({}), 'flow/menu-without-keys m'],
    ['[LW1] a key with two meanings', menu({ keys: ['1'], repeatKeys: ['1'] }, { 'key:1': 'm' }), 'flow/key-twice m'],
    [
      '[LW1] a hash key that never counts',
      menu({ keys: ['#'], hash: 'ignored' }, { 'key:#': 'm' }),
      'flow/hash-ignored m',
    ],
    ['[LW1] nobody to call', { type: 'employee', data: { people: [] } }, 'flow/no-people m'],
    ['[LW1] no queue', { type: 'queue' }, 'flow/no-queue m'],
    ['[LW1] a queue that is gone', { type: 'queue', data: { queueId: 'gone' } }, 'flow/unknown-queue m'],
  ])('%s', (_what, node, expected) => {
    expect(codes(startingWith(node))).toEqual([expected]);
  });

  test('[LW1] a queue without members', () => {
    const empty = sketchProject(
      { start: { type: 'start', to: { next: 'm' } }, m: { type: 'queue', data: { queueId: 'q' } } },
      () => ({
        queues: { q: { name: 'Q', members: [] } },
      }),
    );
    expect(codes(empty)).toEqual(['flow/queue-without-members m']);
  });

  test('[LW1] a setting that names the wrong prompt is told by its field', () => {
    const { diagnostics } = lowerProject(startingWith(menu({ repeatKeys: ['9'], lastChancePrompt: '' })));
    expect(diagnostics).toMatchObject([{ code: 'flow/empty-prompt', params: { field: 'lastChancePrompt' } }]);
  });
});

describe('flows and numbers', () => {
  const number = (change: object) => ({
    number: '100',
    defaultHandling: { kind: 'hang-up' },
    useVoiceMenu: true,
    flowId: 'main',
    ...change,
  });
  const withNumbers = (
    numbers: object,
    nodes: Record<string, NodeSketch> = { start: { type: 'start', to: { next: 'a' } }, ...says('a') },
  ) => {
    // A message that is not led on is a problem of its own.
    const closed = Object.fromEntries(
      Object.entries(nodes).map(([id, node]) => [id, node.type === 'say' ? { ...node, to: { next: id } } : node]),
    );
    return sketchProject(closed, () => ({ numbers }));
  };

  test('[LW6] several starts: calls enter by the smallest id', () => {
    const project = withNumbers(
      { n: number({}) },
      { b: { type: 'start', to: { next: 'c' } }, a: { type: 'start', to: { next: 'c' } }, ...says('c') },
    );
    const { program, diagnostics } = lowerProject(project);
    expect(program.numbers.n?.entry).toBe('main/a');
    expect(diagnostics).toMatchObject([{ code: 'flow/several-starts', nodeId: 'b' }]);
  });

  test('[LW6] no start: the default handling takes the calls', () => {
    const { program, diagnostics } = lowerProject(withNumbers({ n: number({}) }, says('c')));
    expect(program.numbers.n).toEqual({ number: '100', entry: null, defaultHandling: 'default:n' });
    expect(program.flows).toEqual({});
    expect(diagnostics).toMatchObject([{ code: 'flow/no-start', flowId: 'main', nodeId: null }]);
  });

  test.each([
    ['flow/no-flow', { flowId: undefined }],
    ['flow/unknown-flow', { flowId: 'gone' }],
    ['flow/unknown-person', { defaultHandling: { kind: 'person', personId: 'gone' } }],
    ['flow/unknown-queue', { defaultHandling: { kind: 'queue', queueId: 'gone' } }],
    ['flow/no-number', { defaultHandling: { kind: 'external', number: '' } }],
  ])('[LW1] %s of a number', (code, change) => {
    const { diagnostics } = lowerProject(withNumbers({ n: number(change) }));
    expect(diagnostics).toMatchObject([{ code, flowId: null, nodeId: null, params: { number: '100' } }]);
  });

  test('[LW1] without the voice menu the flow does not matter', () => {
    expect(codes(withNumbers({ n: number({ useVoiceMenu: false, flowId: 'gone' }) }))).toEqual([]);
  });

  test('[LW1] a number that stands twice', () => {
    expect(codes(withNumbers({ n: number({}), m: number({}) }))).toEqual(['flow/duplicate-number']);
  });

  test('[LW7] a flow has the default handling of the first number by id that uses it', () => {
    const numbers = {
      z: number({ number: '1' }),
      b: number({ number: '2', defaultHandling: { kind: 'person', personId: 'ann' } }),
      a: number({ number: '3', useVoiceMenu: false }),
    };
    const { program } = lowerProject(withNumbers(numbers));
    expect(program.flows.main).toEqual({ entry: 'main/start', defaultHandling: 'default:b' });
    expect(program.ops['default:b']).toMatchObject({
      op: 'dial',
      people: ['ann'],
      ringMs: 20_000,
      origin: { flowId: '', nodeId: 'default:b' },
    });
  });

  test('[LW7] without a number it hangs up', () => {
    const { program } = lowerProject(withNumbers({}));
    expect(program.flows.main?.defaultHandling).toBe('default:');
    expect(program.ops['default:']).toMatchObject({ op: 'hang-up', cause: 'normal' });
  });
});

describe('the fingerprint', () => {
  const project = sampleProject('en');
  const { fingerprint } = lowerProject(project).program;

  test('[LW9] does not depend on the order in which the document was written', () => {
    expect(lowerProject(parseProjectText(printProject(project))).program.fingerprint).toBe(fingerprint);
  });

  test('[LW9] does not change with what callers do not notice', () => {
    const moved = structuredClone(project);
    moved.flows.main!.nodes.main!.position.x += 10;
    moved.flows.main!.nodes.main!.name = 'Renamed';
    expect(lowerProject(moved).program.fingerprint).toBe(fingerprint);
  });

  test('[LW9] changes with what they do', () => {
    const changed = structuredClone(project);
    changed.flows.main!.nodes.main!.connections['key:1'] = 'billing';
    expect(lowerProject(changed).program.fingerprint).not.toBe(fingerprint);
    const reworded = structuredClone(project);
    Object.assign(reworded.flows.main!.nodes.hours!.data, { prompt: { kind: 'text', text: 'Closed.' } });
    expect(lowerProject(reworded).program.fingerprint).not.toBe(fingerprint);
  });
});

test('[LW1] 10,000 nodes lower in a blink, and the time grows with their number', () => {
  const bigProject = (count: number) => {
    const nodes = Object.fromEntries(
      Array.from({ length: count }, (_, n) => [
        `n${n}`,
        menu(
          { prompt: `menu ${n}`, keys: ['1', '2'] },
          { 'key:1': `n${(n + 1) % count}`, 'key:2': `n${(n * 7) % count}` },
        ),
      ]),
    );
    return sketchProject({ start: { type: 'start', to: { next: 'n0' } }, ...nodes });
  };
  const timeMs = (project: Parameters<typeof lowerProject>[0]) => {
    const before = performance.now();
    expect(lowerProject(project).diagnostics).toEqual([]);
    return performance.now() - before;
  };
  const small = bigProject(2500);
  const big = bigProject(10_000);
  timeMs(small);
  const best = (project: Parameters<typeof lowerProject>[0]) =>
    Math.min(timeMs(project), timeMs(project), timeMs(project));
  const smallMs = best(small);
  const bigMs = best(big);
  expect(bigMs).toBeLessThan(900);
  expect(bigMs / smallMs).toBeLessThan(10); // 4 if linear, 16 if quadratic
});
