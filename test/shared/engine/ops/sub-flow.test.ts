import { describe, expect, test } from 'vitest';
import { lowerProject } from '../../../../shared/engine/lower/index.ts';
import { stateKey } from '../../../../shared/engine/state.ts';
import { NodeSchema, outputsOf } from '../../../../shared/flow/catalogue.ts';
import {
  menu,
  type NodeSketch,
  only,
  runCall,
  says,
  sketchNode,
  sketchProject,
} from '../../../support/engine-driver.ts';

type Nodes = Readonly<Record<string, NodeSketch>>;

/** A flow `main` whose node `m` calls the flow `sub`, with messages "paid", "unpaid" and "other" to come back to. */
const calling = (sub: Nodes, data: object = {}, extra: Nodes = {}) =>
  sketchProject(
    {
      start: { type: 'start', to: { next: 'm' } },
      m: {
        type: 'sub-flow',
        data: { flowId: 'sub', results: ['paid', 'unpaid'], ...data },
        to: { 'result:paid': 'paid', 'result:unpaid': 'unpaid', otherwise: 'other' },
      },
      ...says('paid', 'unpaid', 'other'),
      ...extra,
    },
    (base) => {
      const nodes = Object.fromEntries(Object.entries(sub).map(([id, node]) => [id, sketchNode(id, node)]));
      return { flows: { ...(base.flows as object), sub: { name: 'Payments', nodes } } };
    },
  );
const start = (next: string): Nodes => ({ start: { type: 'start', to: { next } } });
const back = (result: string): NodeSketch => ({ type: 'return', data: { result } });
const codes = (project: ReturnType<typeof calling>) =>
  lowerProject(project)
    .diagnostics.filter(({ nodeId }) => nodeId === 'm')
    .map(({ code, params }) => (params.result === undefined ? code : `${code} ${params.result}`));

describe('a sub-flow', () => {
  const asking = calling({
    ...start('ask'),
    ask: menu({ prompt: 'card?', keys: ['1', '2'] }, { 'key:1': 'yes', 'key:2': 'no' }),
    yes: back('paid'),
    no: back('unpaid'),
  });

  test('[SF1] [SF2] is entered at its start, without answering again, and comes back by its result', () => {
    const { lines, said } = runCall(asking, '2@1500');
    expect(said).toEqual(['card?', 'unpaid']);
    expect(only(lines, 'node-entered', 'returned', 'outcome').slice(0, 10)).toEqual([
      'node-entered start',
      'outcome start next',
      'node-entered m next',
      'node-entered start',
      'outcome start next',
      'node-entered ask next',
      'outcome ask key:2',
      'node-entered no key:2',
      'returned m unpaid',
      'outcome m result:unpaid',
    ]);
  });

  test('[SF2] a result without an output leaves by otherwise', () => {
    const other = calling({ ...start('r'), r: back('lost') });
    expect(runCall(other).said).toEqual(['other']);
    expect(runCall(calling({ ...start('r'), r: back('__proto__') })).said).toEqual(['other']);
    expect(codes(other)).toEqual([
      'flow/result-without-output lost',
      'flow/result-never-returned paid',
      'flow/result-never-returned unpaid',
    ]);
  });

  test('[SF2] a return that nobody called for leaves the flow', () => {
    const { lines } = runCall(sketchProject({ ...start('r'), r: back('paid') }));
    expect(lines.slice(-3)).toEqual(['0 node-entered r next', '0 default-handling line', '0 ended flow normal']);
  });

  test.each([
    ['an exit', { ...start('x'), x: { type: 'exit' } as const }],
    ['an output that leads nowhere', { ...start('x'), ...says('x') }],
  ])('[SF3] %s in it is the default handling, for good', (_what, sub) => {
    const { lines, state } = runCall(calling(sub));
    expect(only(lines, 'returned')).toEqual([]);
    expect(lines.at(-2)).toMatch(/default-handling line$/);
    expect(state.stack).toEqual([]);
  });

  test.each([
    ['none chosen', { flowId: undefined }, start('x'), ['flow/no-sub-flow']],
    ['one that is gone', { flowId: 'toString' }, start('x'), ['flow/unknown-sub-flow']],
    ['one without a start', { results: [] }, { x: back('paid') }, ['flow/result-without-output paid']],
  ])('[SF4] %s is left by otherwise', (_what, data, sub, expected) => {
    const project = calling(sub, data);
    expect(runCall(project).said).toEqual(['other']);
    expect(codes(project).filter((code) => code !== 'flow/unknown-output')).toEqual(expected);
  });

  test('[SF5] is lowered once, and knows the way back from each use', () => {
    const project = calling(
      { ...start('hi'), ...says('hi'), hi: { ...says('hi').hi!, to: { next: 'r' } }, r: back('paid') },
      {},
      {
        paid: { type: 'sub-flow', data: { flowId: 'sub', results: ['paid'] }, to: { 'result:paid': 'other' } },
      },
    );
    const { program } = lowerProject(project);
    expect(Object.keys(program.ops).filter((opId) => opId.startsWith('sub/'))).toHaveLength(3);
    expect(runCall(project).said).toEqual(['hi', 'hi', 'other']);
    const [first, second] = ['x@500', 'x@1500'].map((keys) => runCall(project, keys).state);
    expect(first?.stack).toEqual([{ flowId: 'sub', opId: 'main/m', menus: [] }]);
    expect(second?.stack).toEqual([{ flowId: 'sub', opId: 'main/paid', menus: [] }]);
    const alike = { ...second!, visits: first!.visits };
    expect(stateKey(alike)).not.toBe(stateKey(first!));
    expect(stateKey({ ...alike, stack: first!.stack })).toBe(stateKey(first!));
  });

  test('[SF5] [GD2] a flow that calls itself ends by the visits to its nodes', () => {
    const { lines } = runCall(
      sketchProject({ ...start('m'), m: { type: 'sub-flow', data: { flowId: 'main' }, to: { otherwise: 'm' } } }),
    );
    expect(lines.slice(-3)).toEqual(['0 guard start visits', '0 default-handling line', '0 ended flow normal']);
  });

  test('[SF1] with input in between it ends by the depth', () => {
    const project = sketchProject({
      ...start('ask'),
      ask: menu({ keys: ['1'] }, { 'key:1': 'm' }),
      m: { type: 'sub-flow', data: { flowId: 'main' } },
    });
    const keys = Array.from({ length: 20 }, (_, n) => `1@${n + 1}`).join(' ');
    const { lines } = runCall(project, keys);
    expect(only(lines, 'node-entered').filter((line) => line.startsWith('node-entered m'))).toHaveLength(17);
    expect(lines.slice(-3)).toEqual(['17 guard m depth', '17 default-handling line', '17 ended flow normal']);
  });
});

describe('what a sub-flow is told', () => {
  const told = (expression: string) => {
    const project = calling(
      { ...start('hi'), hi: { type: 'say', data: { prompt: 'for {name}' }, to: { next: 'r' } }, r: back('paid') },
      { parameters: [{ variable: 'name', expression }] },
    );
    const variables = { name: { type: 'text' as const, secret: false, description: '' } };
    return { ...project, variables };
  };

  test('[SF6] is set before it is entered', () => {
    const { lines, trace } = runCall(told('"Ann"'));
    expect(only(lines, 'variables', 'node-entered').slice(1, 4)).toEqual([
      'node-entered m next',
      'variables m {"name":"Ann"}',
      'node-entered start',
    ]);
    expect(trace.find(({ type }) => type === 'prompt-started')).toMatchObject({
      texts: { [Object.keys(lowerProject(told('"Ann"')).program.prompts).find(isForName) ?? '']: 'for Ann' },
    });
  });

  test('[SF6] without a value the node is left by error', () => {
    const { lines, state } = runCall(told('string(1 / 0)'));
    expect(only(lines, 'outcome').at(-1)).toBe('outcome m error');
    expect(only(lines, 'returned', 'variables')).toEqual([]);
    expect(state.stack).toEqual([]);
  });

  function isForName(key: string): boolean {
    const source = lowerProject(told('"Ann"')).program.prompts[key];
    return source?.kind === 'text' && source.text === 'for {name}';
  }
});

describe('its outputs', () => {
  const outputs = (results: string[]) =>
    outputsOf(sketchNode('m', { type: 'sub-flow', data: { results } })).map(({ id, need }) => `${id} ${need}`);

  test('are the results, and otherwise, which must lead on where it is the only one', () => {
    expect(outputs([])).toEqual(['otherwise required']);
    expect(outputs(['paid'])).toEqual(['result:paid required', 'otherwise optional']);
    const data = { parameters: [{ variable: 'a', expression: '1' }] };
    expect(outputsOf(sketchNode('m', { type: 'sub-flow', data })).map(({ id }) => id)).toEqual(['otherwise', 'error']);
  });

  test.each([
    ['twice', ['a', 'a']],
    ['with spaces around', [' a']],
    ['empty', ['']],
    ['too long', ['a'.repeat(41)]],
  ])('are not %s', (_what, results) => {
    const node = { type: 'sub-flow', name: '', position: { x: 0, y: 0 }, connections: {}, data: { results } };
    expect(NodeSchema.safeParse(node).success).toBe(false);
  });
});
