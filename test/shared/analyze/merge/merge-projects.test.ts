import { describe, expect, test } from 'vitest';
import { changesBetween } from '../../../../shared/analyze/merge/changes.ts';
import { mergeProjects } from '../../../../shared/analyze/merge/merge-projects.ts';
import type { NodeOf } from '../../../../shared/flow/catalogue.ts';
import { parseProject } from '../../../../shared/flow/migrations.ts';
import type { Project } from '../../../../shared/flow/project.ts';
import { node, sampleProject } from '../../../support/sample-project.ts';

type Draft = Project & { flows: { main: Project['flows'][string] } };

/** The sample with an edit; checked, so that tests edit only what the schema allows. */
function edited(edit: (draft: Draft) => void, from: Project = sampleProject()): Project {
  const draft = structuredClone(from) as Draft;
  edit(draft);
  return parseProject(draft);
}

const base = sampleProject();
const menuOf = (project: Project, id = 'welcome') => project.flows.main!.nodes[id] as NodeOf<'menu'>;

/** What is in conflict, as `kind path`. */
const briefly = ({ conflicts }: ReturnType<typeof mergeProjects>) =>
  conflicts.map(({ kind, path }) => `${kind} ${path.join('/')}`);

describe('fields', () => {
  test('[MG1] takes both sides’ changes to different fields of one node', () => {
    const ours = edited(({ flows }) => {
      flows.main.nodes.welcome!.name = 'Hello';
      flows.main.nodes.welcome!.connections['key:1'] = 'ann';
    });
    const theirs = edited(({ flows }) => {
      flows.main.nodes.welcome!.position = { x: 1, y: 2 };
      flows.main.nodes.welcome!.connections['key:2'] = 'bob';
      (flows.main.nodes.welcome as NodeOf<'menu'>).data.noInputAttempts = 5;
    });
    const merged = mergeProjects(base, ours, theirs);
    expect(merged.conflicts).toEqual([]);
    expect(menuOf(merged.project)).toMatchObject({
      name: 'Hello',
      position: { x: 1, y: 2 },
      connections: { 'key:1': 'ann', 'key:2': 'bob', 'key:3': 'hours' },
      data: { noInputAttempts: 5 },
    });
  });

  test('[MG1] the same field changed differently: ours, with all three values and a sentence', () => {
    const ours = edited(({ flows }) => {
      flows.main.nodes.welcome!.connections['key:1'] = 'ann';
    });
    const theirs = edited(({ flows }) => {
      flows.main.nodes.welcome!.connections['key:1'] = 'bob';
    });
    const { project, conflicts } = mergeProjects(base, ours, theirs);
    expect(menuOf(project).connections['key:1']).toBe('ann');
    expect(conflicts).toEqual([
      {
        kind: 'both-changed',
        path: ['flows', 'main', 'nodes', 'welcome', 'connections', 'key:1'],
        base: 'sales',
        ours: 'ann',
        theirs: 'bob',
        taken: 'ours',
        message:
          'The node "Welcome" of the flow "Main menu": connections.key:1 was changed by both sides differently; ours is kept.',
      },
    ]);
  });

  test('[MG1] both sides made a thing of one id: field by field', () => {
    const add = (extension: string) =>
      edited(({ people }) => {
        people.eve = { name: 'Eve', extension };
      });
    const merged = mergeProjects(base, add('105'), add('106'));
    expect(briefly(merged)).toEqual(['both-changed people/eve/extension']);
    expect(merged.project.people.eve).toEqual({ name: 'Eve', extension: '105' });
  });

  test('[MG2] a position is one value', () => {
    const at = (x: number, y: number) =>
      edited(({ flows }) => {
        flows.main.nodes.bye!.position = { x, y };
      });
    const merged = mergeProjects(base, at(1, 300), at(1100, 2));
    expect(briefly(merged)).toEqual(['both-changed flows/main/nodes/bye/position']);
    expect(merged.project.flows.main!.nodes.bye!.position).toEqual({ x: 1, y: 300 });
  });

  test('[MG2] a thing that became another kind does not get the members of the old one', () => {
    const ours = edited(({ numbers }) => {
      numbers.head!.defaultHandling = { kind: 'person', personId: 'ann' };
    });
    const theirs = edited(({ numbers }) => {
      numbers.head!.defaultHandling = { kind: 'hang-up' };
    });
    const merged = mergeProjects(base, ours, theirs);
    expect(briefly(merged)).toEqual(['both-changed numbers/head/defaultHandling']);
    expect(merged.project.numbers.head!.defaultHandling).toEqual({ kind: 'person', personId: 'ann' });
  });

  test('[MG2] nor a node of another type the old settings; its name is merged all the same', () => {
    const ours = edited(({ flows }) => {
      flows.main.nodes.hours = node('hang-up', { name: 'Opening hours' });
    });
    const theirs = edited(({ flows }) => {
      flows.main.nodes.hours!.name = 'When';
      Object.assign(flows.main.nodes.hours!.data, { skippable: true });
    });
    const merged = mergeProjects(base, ours, theirs);
    expect(briefly(merged)).toContain('both-changed flows/main/nodes/hours');
    expect(merged.project.flows.main!.nodes.hours).toMatchObject({
      type: 'hang-up',
      name: 'When',
      data: { cause: 'normal' },
    });
  });

  test('[MG3] removed by us, changed by them: kept as they have it', () => {
    const ours = edited(({ flows }) => {
      delete flows.main.nodes.hours;
      delete flows.main.nodes.welcome!.connections['key:3'];
    });
    const theirs = edited(({ flows }) => {
      flows.main.nodes.hours!.name = 'When';
    });
    const merged = mergeProjects(base, ours, theirs);
    expect(briefly(merged)).toEqual(['removed-changed flows/main/nodes/hours']);
    expect(merged.conflicts[0]).toMatchObject({ taken: 'theirs', ours: undefined });
    expect(merged.project.flows.main!.nodes.hours!.name).toBe('When');
    expect(menuOf(merged.project).connections).not.toHaveProperty('key:3');
  });
});

describe('lists', () => {
  const members = (...ids: string[]) => ids.map((personId) => ({ personId, penalty: 0 }));
  const queueOf = (...ids: string[]) =>
    edited((draft) => {
      for (const id of ['cid', 'dan', 'eve']) draft.people[id] = { name: id, extension: '20' };
      draft.queues.sales!.members = members(...ids);
    });
  const order = (project: Project) => project.queues.sales!.members.map(({ personId }) => personId).join(' ');
  const merge = (was: string, our: string, their: string) =>
    mergeProjects(queueOf(...was.split(' ')), queueOf(...our.split(' ')), queueOf(...their.split(' ')));

  test.each([
    ['both added', 'ann bob', 'ann bob cid', 'dan ann bob', 'dan ann bob cid'],
    ['both added at one place', 'ann', 'ann eve', 'ann cid', 'ann cid eve'],
    ['one removed, one added', 'ann bob', 'bob', 'ann bob cid', 'bob cid'],
    ['one reordered, one added', 'ann bob cid', 'cid bob ann', 'ann dan bob cid', 'cid bob ann dan'],
    ['both added the same', 'ann', 'ann bob', 'ann bob cid', 'ann bob cid'],
  ])('[MG4] [MG5] members of a queue, %s', (_, was, our, their, expected) => {
    const merged = merge(was, our, their);
    expect(merged.conflicts).toEqual([]);
    expect(order(merged.project)).toBe(expected);
  });

  test('[MG5] ordered differently by both: our order, a conflict', () => {
    const merged = merge('ann bob cid', 'bob ann cid', 'ann cid bob');
    expect(briefly(merged)).toEqual(['order queues/sales/members']);
    expect(order(merged.project)).toBe('bob ann cid');
  });

  test('[MG4] the settings of one member are merged too', () => {
    const withPenalty = (penalty: number) =>
      edited(({ queues }) => {
        queues.sales!.members[0] = { personId: 'ann', penalty };
      });
    const merged = mergeProjects(base, withPenalty(1), withPenalty(2));
    expect(briefly(merged)).toEqual(['both-changed queues/sales/members/ann/penalty']);
  });

  test('[MG4] [MG5] keys of a menu are a set', () => {
    const keys = (...list: NodeOf<'menu'>['data']['keys']) =>
      edited(({ flows }) => {
        (flows.main.nodes.welcome as NodeOf<'menu'>).data.keys = list;
      });
    const merged = mergeProjects(base, keys('0', '3', '2', '1', '5'), keys('2', '1', '3', '4'));
    expect(merged.conflicts).toEqual([]);
    expect(menuOf(merged.project).data.keys).toEqual(['1', '2', '3', '4', '5']);
  });

  test('[MG4] a list of things without identity is one value', () => {
    const weekly = (...days: number[]) =>
      edited((draft) => {
        const hours = days.map((day) => ({ day, from: '09:00', to: '17:00' }));
        draft.schedules.shop = { name: 'Shop', timeZone: 'UTC', weekly: hours, holidays: {}, override: 'auto' };
      });
    const merged = mergeProjects(weekly(1), weekly(1, 2), weekly(1, 3));
    expect(briefly(merged)).toEqual(['both-changed schedules/shop/weekly']);
    expect(merged.project.schedules.shop!.weekly.map(({ day }) => day)).toEqual([1, 2]);
  });
});

describe('both sides together', () => {
  test('[MG6] a flow does not get two starts', () => {
    const restart = (id: string) =>
      edited(({ flows }) => {
        delete flows.main.nodes.start;
        flows.main.nodes[id] = node('start', { name: id, connections: { next: 'welcome' } });
      });
    const merged = mergeProjects(base, restart('zz'), restart('aa'));
    expect(briefly(merged)).toEqual(['several-starts flows/main/nodes/aa']);
    expect(Object.keys(merged.project.flows.main!.nodes)).toContain('zz');
    expect(Object.keys(merged.project.flows.main!.nodes)).not.toContain('aa');
    // One side alone may.
    expect(mergeProjects(base, base, restart('aa')).conflicts).toEqual([]);
  });

  test('[MG7] a node that they removed and we newly lead to is kept, and what it leads to', () => {
    const theirs = edited(({ flows }) => {
      for (const id of ['hours', 'bye']) delete flows.main.nodes[id];
      delete flows.main.nodes.welcome!.connections['key:3'];
      delete flows.main.nodes.welcome!.connections.invalid;
    });
    const ours = edited(({ flows }) => {
      flows.main.nodes.support!.connections['no-input'] = 'hours';
    });
    const merged = mergeProjects(base, ours, theirs);
    expect(briefly(merged)).toEqual(['removed-used flows/main/nodes/bye', 'removed-used flows/main/nodes/hours']);
    expect(merged.project.flows.main!.nodes.hours).toEqual(base.flows.main!.nodes.hours);
    expect(menuOf(merged.project).connections).not.toHaveProperty('key:3');
  });

  test('[MG7] so are people, queues and flows; what was only used before is not', () => {
    const theirs = edited((draft) => {
      delete draft.people.bob;
      delete draft.queues.sales;
    });
    const ours = edited(({ flows, queues }) => {
      flows.main.nodes.ann = node('employee', { name: 'Operator', data: { people: ['bob'] } });
      queues.more = { ...queues.sales!, name: 'More', members: [] };
    });
    const merged = mergeProjects(base, ours, theirs);
    expect(briefly(merged)).toEqual(['removed-used people/bob']);
    expect(merged.project.people.bob).toEqual(base.people.bob);
    expect(merged.project.queues.sales).toBeUndefined();
  });

  test('[MG7] a prompt that a queue says on one side and that the other removed stays', () => {
    const hello = { name: 'Hello', sources: {} };
    const before = { ...structuredClone(base), prompts: { hello } };
    const ours = structuredClone(before);
    ours.queues.sales!.waitingPrompt = { kind: 'prompt', promptId: 'hello' };
    const merged = mergeProjects(before, ours, { ...structuredClone(before), prompts: {} });
    expect(briefly(merged)).toEqual(['removed-used prompts/hello']);
    expect(merged.project.prompts).toEqual({ hello });
  });

  test('[MG8] what is not allowed together is ours', () => {
    const cases = (prefix: string) =>
      edited(({ flows }) => {
        const list = Array.from({ length: 30 }, (_, n) => ({ id: `${prefix}${n}`, kind: 'withheld' }));
        flows.main.nodes.who = node('condition', { name: prefix, data: { cases: list } });
      });
    const merged = mergeProjects(base, cases('a'), cases('b'));
    expect(briefly(merged)).toContain('invalid-together flows/main/nodes/who');
    expect(merged.project.flows.main!.nodes.who).toEqual(cases('a').flows.main!.nodes.who);
  });
});

describe('changes', () => {
  test('[MG11] equal documents have none; things come and go as a whole, fields with their values', () => {
    const after = edited((draft) => {
      delete draft.people.bob;
      draft.queues.sales!.members.reverse();
      draft.flows.main.nodes.more = node('say', { name: 'More' });
      draft.flows.main.nodes.welcome!.connections['key:1'] = 'ann';
      draft.flows.main.nodes.bye!.position = { x: 1, y: 2 };
      delete draft.flows.main.nodes.welcome!.connections.invalid;
    });
    expect(changesBetween(base, structuredClone(base))).toEqual([]);
    expect(changesBetween(base, after).map(({ message }) => message)).toEqual([
      'The node "Good bye" of the flow "Main menu": position is {"x":1,"y":2} instead of {"x":1100,"y":300}.',
      'The node "More" of the flow "Main menu" is new.',
      'The node "Welcome" of the flow "Main menu": connections.invalid is gone; it was "bye".',
      'The node "Welcome" of the flow "Main menu": connections.key:1 is "ann" instead of "sales".',
      'The person "Bob Jones" is gone.',
      'The queue "Sales": members is in another order.',
    ]);
  });
});
