import { describe, expect, it } from 'vitest';
import { copyOfFlow, emptyFlow, freeNameAmong, removeFlow } from '../../../renderer/store/flow-list-edits.ts';
import { type Flow, FlowSchema, ProjectSchema } from '../../../shared/flow/project.ts';
import { sampleProject } from '../../support/sample-project.ts';

describe('flows', () => {
  it('begin with a start', () => {
    const flow = FlowSchema.parse(emptyFlow('Night', 'Start'));
    expect(Object.values(flow.nodes)).toMatchObject([{ type: 'start', name: 'Start' }]);
  });

  it('are copied as they are, under another name', () => {
    const main = sampleProject().flows.main as Flow;
    const copy = copyOfFlow(main, 'Copy');
    expect(copy).toEqual({ ...main, name: 'Copy' });
    expect(copyOfFlow(main, 'x'.repeat(120)).name).toHaveLength(100);
  });

  it('leave their numbers to the default handling when removed', () => {
    const project = ProjectSchema.parse(removeFlow(sampleProject(), 'main'));
    expect(project.flows).toEqual({});
    expect(project.numbers.head).toMatchObject({ useVoiceMenu: false, number: '100' });
    expect(project.numbers.head).not.toHaveProperty('flowId');
    expect(removeFlow(project, 'main')).toBe(project);
  });

  it('get a name that is free', () => {
    expect(freeNameAmong({ a: { name: 'Flow' }, b: { name: 'Flow 2' } }, 'Flow')).toBe('Flow 3');
    expect(freeNameAmong({}, 'Flow')).toBe('Flow');
  });
});
