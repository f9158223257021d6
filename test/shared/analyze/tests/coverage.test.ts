import { expect, test } from 'vitest';
import { coverageOf } from '../../../../shared/analyze/tests/coverage.ts';
import { menu, says, sketchProject } from '../../../support/engine-driver.ts';
import { presses, runIn } from '../../../support/project-tests.ts';

const project = sketchProject({
  start: { type: 'start', to: { next: 'm' } },
  m: menu({ keys: ['1', '2'] }, { 'key:1': 'a', 'key:2': 'e' }),
  e: { type: 'employee', data: { people: ['ann'] } },
  ...says('a', 'never'),
});
const call = (keys: string) => runIn(project, { steps: presses(keys) }).trace;

test('[CV1] counts outputs taken and nodes entered', () => {
  const [flow] = coverageOf(project, [call('1'), call('1'), call('2')]).flows;
  const taken = Object.fromEntries(flow!.outputs.map(({ nodeId, output, taken }) => [`${nodeId} ${output}`, taken]));
  expect(taken).toMatchObject({
    'start next': 3,
    'm key:1': 2,
    'm key:2': 1,
    'm invalid': 0,
    'a next': 2,
    'e busy': 0,
  });
  expect(Object.keys(taken)).not.toContain('e answered');
  expect(flow!.nodes).toContainEqual({ nodeId: 'a', entered: 2 });
  expect(flow!.nodes).toContainEqual({ nodeId: 'never', entered: 0 });
});

test('[CV2] the percentage is of the outputs, and paths are counted once', () => {
  const { percent, paths, flows } = coverageOf(project, [call('1'), call('1'), call('2')]);
  // start next, m key:1, m key:2, a next; of these and m no-input and invalid, never next, three of e.
  expect(flows[0]!.outputs).toHaveLength(10);
  expect(percent).toBe(40);
  expect(paths).toBe(2);
  expect(coverageOf(project, []).percent).toBe(0);
  expect(coverageOf({ ...project, flows: {} }, []).percent).toBe(100);
});
