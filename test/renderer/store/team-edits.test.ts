import { describe, expect, it } from 'vitest';
import {
  addNumber,
  addPerson,
  addQueue,
  removeNumber,
  removePerson,
  removeQueue,
  withMemberAt,
} from '../../../renderer/store/team-edits.ts';
import { ProjectSchema, type Queue } from '../../../shared/flow/project.ts';
import { sampleProject } from '../../support/sample-project.ts';

const project = sampleProject();
const added = <Value>(before: Record<string, Value>, after: Record<string, Value>) =>
  Object.entries(after).find(([id]) => !(id in before))?.[1];

describe('numbers', () => {
  it('are added free, with someone to take their calls', () => {
    const changed = ProjectSchema.parse(addNumber(project));
    expect(added(project.numbers, changed.numbers)).toMatchObject({
      number: '101',
      useVoiceMenu: false,
      defaultHandling: { kind: 'queue', queueId: 'sales' },
    });
    const lonely = { ...project, queues: {}, people: {}, numbers: {} };
    expect(Object.values(addNumber(lonely).numbers)[0]?.defaultHandling).toEqual({ kind: 'hang-up' });
    const onlyPeople = { ...project, queues: {} };
    expect(added(project.numbers, addNumber(onlyPeople).numbers)?.defaultHandling).toMatchObject({ kind: 'person' });
  });

  it('are removed', () => {
    expect(removeNumber(project, 'head').numbers).toEqual({});
  });
});

describe('people', () => {
  it('are added with the next free extension', () => {
    const changed = ProjectSchema.parse(addPerson(project, 'Eve'));
    expect(added(project.people, changed.people)).toEqual({ name: 'Eve', extension: '103' });
  });

  it('leave their queues and the nodes that ring them', () => {
    const changed = ProjectSchema.parse(removePerson(project, 'bob'));
    expect(changed.queues.sales?.members.map((member) => member.personId)).toEqual(['ann']);
    expect(changed.flows.main?.nodes.bob).toMatchObject({ data: { people: ['ann'] } });
    expect(changed.flows.main?.nodes.welcome).toEqual(project.flows.main?.nodes.welcome);
  });
});

describe('queues', () => {
  it('are added with the defaults of the schema, and removed', () => {
    const changed = addQueue(project, 'Support');
    expect(added(project.queues, changed.queues)).toMatchObject({ name: 'Support', members: [], rings: 4 });
    expect(removeQueue(project, 'sales').queues).toEqual({});
  });

  it('take members in at a place, and move those they have, with their penalty', () => {
    const queue: Queue = {
      ...(project.queues.sales as Queue),
      members: [
        { personId: 'ann', penalty: 5 },
        { personId: 'bob', penalty: 0 },
      ],
    };
    const order = (personId: string, at: number) =>
      withMemberAt(queue, personId, at).members.map((member) => `${member.personId} ${member.penalty}`);
    expect(order('eve', 0)).toEqual(['eve 0', 'ann 5', 'bob 0']);
    expect(order('eve', 2)).toEqual(['ann 5', 'bob 0', 'eve 0']);
    // Before the member that is there now, and behind the last.
    expect(order('ann', 2)).toEqual(['bob 0', 'ann 5']);
    expect(order('bob', 0)).toEqual(['bob 0', 'ann 5']);
    expect(order('ann', 0)).toEqual(['ann 5', 'bob 0']);
    expect(order('ann', 1)).toEqual(['ann 5', 'bob 0']);
  });
});
