import { describe, expect, test } from 'vitest';
import { lowerProject } from '../../../../shared/engine/lower/index.ts';
import { only, runCall, startingWith } from '../../../support/engine-driver.ts';

const ways = [
  { id: '1', name: 'success' },
  { id: '2', name: 'fail' },
];
const step = (data: object) =>
  startingWith({ type: 'imported', data: { source: 'asterisk', kind: 'AGI', original: 'AGI(x)', ways, ...data } });
/** The ways by which the call left the node. */
const left = (data: object) =>
  only(runCall(step(data), '').lines, 'outcome').filter((line) => line.startsWith('outcome m '));

describe('an imported step', () => {
  test.each([
    [{}, 'way:1'],
    [{ goOn: '2' }, 'way:2'],
    [{ goOn: 'gone' }, 'way:1'],
    [{ ways: [] }, 'next'],
  ])('[IM1] with %j calls go on by %s, and nothing happens', (data, output) => {
    expect(left(data)).toEqual([`outcome m ${output}`]);
    expect(only(runCall(step(data), '').lines, 'prompt-started')).toEqual([]);
  });

  test('[IM1] is an error as long as it is there', () => {
    const found = lowerProject(step({})).diagnostics.find(({ code }) => code === 'flow/not-translated');
    expect(found).toMatchObject({ severity: 'error', params: { kind: 'AGI' }, nodeId: 'm' });
  });
});
