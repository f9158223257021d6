import { describe, expect, test } from 'vitest';
import { lowerProject } from '../../../../shared/engine/lower/index.ts';
import { stateKey } from '../../../../shared/engine/state.ts';
import { jumpsOf, withJumps } from '../../../../shared/flow/catalogue.ts';
import {
  menu,
  type NodeSketch,
  only,
  runCall,
  says,
  sketchNode,
  sketchProject,
  startingWith,
} from '../../../support/engine-driver.ts';

const goTo = (kind: 'node' | 'back' | 'repeat', nodeId?: string): NodeSketch => ({
  type: 'go-to',
  data: { target: { kind, ...(nodeId === undefined ? {} : { nodeId }) } },
});
/** Menus `one` → `two` → `three` by key 1; key 9 goes back, key 8 repeats, both after a message. */
const nested = (changes: Readonly<Record<string, NodeSketch>> = {}) => {
  const level = (name: string, next: string) =>
    menu({ prompt: name, keys: ['1', '8', '9'] }, { 'key:1': next, 'key:8': 'say8', 'key:9': 'back' });
  return sketchProject({
    start: { type: 'start', to: { next: 'one' } },
    one: level('one', 'two'),
    two: level('two', 'three'),
    three: level('three', 'one'),
    say8: { ...says('say8').say8!, to: { next: 'again' } },
    back: goTo('back'),
    again: goTo('repeat'),
    ...changes,
  });
};

describe('a jump', () => {
  test('[GO1] goes on at a node of its flow', () => {
    const { lines, said } = runCall(startingWith(goTo('node', 'a'), says('a')));
    expect(said).toEqual(['a']);
    expect(only(lines, 'node-entered', 'outcome').slice(2, 5)).toEqual([
      'node-entered m next',
      'outcome m go-to',
      'node-entered a go-to',
    ]);
  });

  test.each([
    ['none chosen', undefined, 'flow/no-target'],
    ['one that is gone', 'toString', 'flow/unknown-target'],
  ])('[GO1] to no node, %s, is the default handling', (_what, nodeId, code) => {
    const project = startingWith(goTo('node', nodeId));
    const { lines } = runCall(project);
    expect(lines.slice(-3)).toEqual(['0 outcome m go-to', '0 default-handling line', '0 ended flow normal']);
    expect(lowerProject(project).diagnostics.map((one) => one.code)).toEqual([code]);
  });

  test('[GO2] goes back menu by menu, whatever was in between', () => {
    expect(runCall(nested(), '1@100 1@200 9@300 9@400').said.slice(0, 5)).toEqual([
      'one',
      'two',
      'three',
      'two',
      'one',
    ]);
  });

  test('[GO2] repeats the menu that the caller was in last, afresh', () => {
    const { said, lines } = runCall(nested(), '1@100 8@200');
    expect(said.slice(0, 4)).toEqual(['one', 'two', 'say8', 'two']);
    expect(only(lines, 'node-entered')).toContain('node-entered two repeat');
  });

  test('[GO2] to be in a menu again forgets what came after it', () => {
    // one, two, three, one by a wire: there is nothing before it any more.
    const { lines } = runCall(nested(), '1@100 1@200 1@300 9@400');
    expect(lines.slice(-3)).toEqual(['400 outcome back back', '400 default-handling line', '400 ended flow normal']);
  });

  test('[GO2] counts the last 16 menus', () => {
    const ids = Array.from({ length: 20 }, (_, n) => `m${n}`);
    const menus = ids.map((id, n): [string, NodeSketch] => [
      id,
      menu({ prompt: id, keys: ['1', '9'] }, { 'key:1': ids[n + 1] ?? 'back', 'key:9': 'back' }),
    ]);
    const project = sketchProject({
      start: { type: 'start', to: { next: 'm0' } },
      ...Object.fromEntries(menus),
      back: goTo('back'),
    });
    const keys = [...Array(19).fill('1'), ...Array(20).fill('9')].map((key, n) => `${key}@${n + 1}`).join(' ');
    const { said } = runCall(project, keys);
    expect(said.slice(19, -1)).toEqual(ids.slice(5).reverse());
    expect(said.at(-1)).toBe('m4');
  });

  test('[GO3] with nothing to go back to leaves the flow', () => {
    expect(runCall(nested(), '9@100').lines.slice(-2)).toEqual(['100 default-handling line', '100 ended flow normal']);
    expect(runCall(startingWith(goTo('repeat'))).lines.slice(-3)).toEqual([
      '0 outcome m repeat',
      '0 default-handling line',
      '0 ended flow normal',
    ]);
  });

  test('[GO2] a sub-flow has menus of its own, and the flow that called has its own again afterwards', () => {
    const flow = {
      start: { type: 'start', to: { next: 'one' } },
      one: menu({ prompt: 'one', keys: ['1'] }, { 'key:1': 'two' }),
      two: menu({ prompt: 'two', keys: ['1', '9'] }, { 'key:1': 'call', 'key:9': 'back' }),
      call: { type: 'sub-flow', data: { flowId: 'sub' }, to: { otherwise: 'back' } },
      back: goTo('back'),
    } as const;
    const sub = {
      start: { type: 'start', to: { next: 'in' } },
      in: menu({ prompt: 'in', keys: ['1', '9'] }, { 'key:1': 'ret', 'key:9': 'back' }),
      back: goTo('back'),
      ret: { type: 'return', data: { result: 'done' } },
    } as const;
    const project = sketchProject(flow, (base) => {
      const nodes = Object.fromEntries(Object.entries(sub).map(([id, node]) => [id, sketchNode(id, node)]));
      return { flows: { ...(base.flows as object), sub: { name: 'Sub', nodes } } };
    });
    expect(runCall(project, '1@1 1@2 1@3').said.slice(0, 4)).toEqual(['one', 'two', 'in', 'one']);
    expect(runCall(project, '1@1 1@2 9@3').lines.at(-2)).toBe('3 default-handling line');
  });

  test('[GO2] menus passed are part of a state only where a jump goes back', () => {
    const via = (project: ReturnType<typeof nested>, keys: string) => {
      const { state } = runCall(project, `${keys} x@500`);
      return { ...state, visits: {} };
    };
    const back = { keys: ['1', '2'], prompt: 'two' };
    const two = menu(back, { 'key:1': 'three', 'key:2': 'one' });
    expect(stateKey(via(nested({ two }), '1@1 1@2'))).not.toBe(stateKey(via(nested({ two }), '')));
    const wired = nested({ two, back: goTo('node', 'one'), again: goTo('node', 'two') });
    expect(via(wired, '1@1 1@2').menus).toEqual([]);
    expect(Object.values(lowerProject(wired).program.ops).some((op) => 'trail' in op)).toBe(false);
  });
});

describe('jumps in the drawing', () => {
  test('are known, and can be led elsewhere or nowhere', () => {
    const node = sketchNode('m', goTo('node', 'a'));
    expect(jumpsOf(node)).toEqual(['a']);
    expect(jumpsOf(sketchNode('m', goTo('back')))).toEqual([]);
    expect(jumpsOf(sketchNode('m', menu({})))).toEqual([]);
    expect(jumpsOf(withJumps(node, () => 'b'))).toEqual(['b']);
    expect(withJumps(node, () => undefined).data).toEqual({ target: { kind: 'node' } });
    expect(withJumps(node, (id) => id)).toBe(node);
  });
});
