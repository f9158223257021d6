import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { structuralDiff, structuralSentence } from '../../../shared/analyze/diff/structure.ts';
import { type DiffOptions, diffProjects } from '../../../shared/analyze/diff.ts';
import type { Project } from '../../../shared/flow/project.ts';
import { arbitraryProject } from '../../support/arbitrary-project.ts';
import { deepFreeze, menu, type NodeSketch, sketchProject } from '../../support/engine-driver.ts';
import { sampleProject } from '../../support/sample-project.ts';

const nodes: Record<string, NodeSketch> = {
  start: { type: 'start', to: { next: 'top' } },
  top: menu({ keys: ['1', '2'], prompt: 'Hello' }, { 'key:1': 'team', 'key:2': 'sub', 'no-input': 'bye' }),
  sub: menu({ keys: ['1'], prompt: 'Sub' }, { 'key:1': 'ann', 'no-input': 'bye' }),
  team: { type: 'queue', data: { queueId: 'team' }, to: { timeout: 'bye' } },
  ann: { type: 'employee', data: { people: ['ann'] }, to: { busy: 'team' } },
  bye: { type: 'hang-up' },
};
const other = { other: { name: 'Night', members: [{ personId: 'bob' }] } };
const things = (base: Record<string, unknown>) => ({
  queues: { ...(base.queues as object), ...other },
  numbers: {
    ...(base.numbers as object),
    second: { number: '200', defaultHandling: { kind: 'hang-up' }, useVoiceMenu: true, flowId: 'main' },
  },
});
const before = sketchProject(nodes, things);
const withNodes = (changed: Record<string, NodeSketch>) => sketchProject({ ...nodes, ...changed }, things);

const sentences = (after: Project, options?: DiffOptions) =>
  diffProjects(before, after, options).behaviour.map(({ sentence }) => sentence);

describe('what callers notice', () => {
  test('[DF2] nothing, where only names, places and dead ends changed', () => {
    expect(diffProjects(before, before)).toEqual({ structure: [], behaviour: [], complete: true });
    const after = structuredClone(before);
    after.flows.main!.nodes.top!.name = 'Other name';
    after.flows.main!.nodes.alone = { ...before.flows.main!.nodes.bye! };
    after.people.ann!.name = 'Ann Other';
    expect(sentences(after)).toEqual([]);
    expect(diffProjects(before, after).structure.length).toBe(3);
  });

  test('[DF2] a key that leads elsewhere, told once though two numbers lead there, and not what follows', () => {
    expect(
      sentences(withNodes({ team: { type: 'queue', data: { queueId: 'other' }, to: { timeout: 'ann' } } })),
    ).toEqual([
      'Callers of 100 pressing 1 now get the queue "Night" instead of the queue "Team".',
      'Callers of 100 pressing 2, 1 (dial busy) now get the queue "Night" instead of the queue "Team".',
    ]);
  });

  test('[DF2] keys deeper down, by all that is pressed', () => {
    const { behaviour } = diffProjects(before, withNodes({ ann: { type: 'queue', data: { queueId: 'team' } } }));
    expect(behaviour).toEqual([
      {
        kind: 'leads-elsewhere',
        target: { kind: 'number', numberId: 'line' },
        caller: '',
        outcomes: ['digit:2', 'digit:1'],
        keys: ['2', '1'],
        before: 'Ann',
        after: 'the queue "Team"',
        nouns: { before: { kind: 'people', text: 'Ann' }, after: { kind: 'queue', text: 'Team' } },
        sentence: 'Callers of 100 pressing 2, 1 now get the queue "Team" instead of Ann.',
      },
    ]);
  });

  test('[DF2] a key that does something new, and one that does nothing any more', () => {
    const sub = menu(
      { keys: ['3'], prompt: 'Sub', invalidAttempts: 1 },
      { 'key:3': 'ann', 'no-input': 'bye', invalid: 'bye' },
    );
    const told = sentences(withNodes({ sub }));
    expect(told).toContain('Callers of 100 pressing 2, 1 now get the end of the call instead of Ann.');
    expect(told).toContain('Callers of 100 pressing 2, 3 now get Ann instead of "Sub".');
  });

  test('[DF2] a number whose flow is switched off', () => {
    const after = structuredClone(before);
    after.numbers.second!.useVoiceMenu = false;
    expect(sentences(after)).toEqual(['Callers of 200 now get the end of the call instead of "Hello".']);
  });

  test('[DF2] a break-out key that one version alone knows', () => {
    const team = {
      type: 'queue',
      data: { queueId: 'team', breakOutKey: '5' },
      to: { timeout: 'bye', 'key-pressed': 'ann' },
    };
    expect(sentences(withNodes({ team: team as NodeSketch }))[0]).toBe(
      'Callers of 100 pressing 1, 5 now get Ann instead of nothing.',
    );
  });

  test('[DF3] another text is told once, and what follows is still compared', () => {
    const top = menu({ keys: ['1', '2'], prompt: 'Good day' }, { 'key:1': 'ann', 'key:2': 'sub', 'no-input': 'bye' });
    expect(sentences(withNodes({ top }))).toEqual([
      'Callers of 100 now hear "Good day" instead of "Hello".',
      'Callers of 100 pressing 1 now get Ann instead of the queue "Team".',
    ]);
  });

  test('[DF2] callers of different classes', () => {
    const cases = [{ id: 'pl', kind: 'begins-with', value: '+48' }];
    const start: NodeSketch = { type: 'start', to: { next: 'who' } };
    const who: NodeSketch = { type: 'condition', data: { cases }, to: { 'case:pl': 'ann', otherwise: 'top' } };
    const { behaviour } = diffProjects(before, withNodes({ start, who }));
    expect(behaviour).toMatchObject([{ caller: '+48', before: '"Hello"', after: 'Ann', outcomes: [] }]);
  });

  test('[DF4] at the limit it says so', () => {
    const after = withNodes({ bye: { type: 'say', data: { prompt: 'Bye' } } });
    expect(diffProjects(before, after, { maxPairs: 2 }).complete).toBe(false);
    expect(diffProjects(before, after).complete).toBe(true);
  });

  test('[DF2] what is left out because nothing can differ there hides nothing', () => {
    /** Without one connection: a small change, far from most of the project. */
    const without = (project: Project, pick: number): Project => {
      const after = structuredClone(project);
      const all = Object.values(after.flows).flatMap(({ nodes }) => Object.values(nodes));
      const node = all[pick % Math.max(1, all.length)];
      const [output] = Object.keys(node?.connections ?? {});
      if (node && output !== undefined) delete node.connections[output];
      return after;
    };
    fc.assert(
      fc.property(arbitraryProject, fc.nat(), (project, pick) => {
        const after = without(project, pick);
        // With a variable more, which nothing uses, nothing can be left out.
        const whole = structuredClone(after);
        whole.variables.unused_one = { type: 'text', secret: false, description: '' };
        const short = diffProjects(project, after, { maxPairs: 3000 });
        const long = diffProjects(project, whole, { maxPairs: 3000 });
        if (long.complete) expect(short.behaviour).toEqual(long.behaviour);
      }),
      { numRuns: 25 },
    );
  });

  test('[DF2] [DF4] any two projects: total; one and the same project never differs', () => {
    fc.assert(
      fc.property(arbitraryProject, arbitraryProject, (one, two) => {
        const diff = diffProjects(deepFreeze(one), deepFreeze(two), { maxPairs: 300 });
        for (const { sentence } of diff.behaviour) expect(sentence).toMatch(/^Callers of .* instead of .*\.$/s);
        expect(diffProjects(one, structuredClone(one), { maxPairs: 300 }).behaviour).toEqual([]);
      }),
      { numRuns: 25 },
    );
  });
});

describe('what changed in the document', () => {
  const told = (change: (project: Project) => void) => {
    const after = sampleProject();
    change(after);
    return structuralDiff(sampleProject(), after).map(structuralSentence);
  };

  test('[DF1] nodes added, removed, changed, rewired, moved', () => {
    const sentences = told(({ flows }) => {
      const { nodes } = flows.main!;
      nodes.new = { ...nodes.bye!, name: 'New end' };
      delete nodes.bob;
      nodes.ann!.position = { x: 0, y: 0 };
      nodes.sales!.connections = {};
      nodes.hours!.name = 'Hours';
    });
    expect(sentences).toEqual([
      'The node "Operator" was moved on the canvas.',
      'The node "Repairs" was removed.',
      'The node "Hours" was changed.',
      'The node "New end" was added.',
      'The node "Sales queue" leads elsewhere.',
    ]);
  });

  test('[DF1] everything else, by its name', () => {
    const sentences = told((project) => {
      project.settings.plan = 'standard';
      project.people.eve = { name: 'Eve', extension: '109' };
      project.queues.sales!.rings = 9;
      project.numbers = { extra: { ...project.numbers.head!, number: '200', name: '' } };
      project.variables.pin = { type: 'text', secret: true, description: '' };
      project.flows.extra = { name: 'Extra', description: '', nodes: {} };
      project.flows.main!.name = 'Day menu';
    });
    expect(sentences).toEqual([
      'The settings of the project were changed.',
      'The number "200" was added.',
      'The number "Head office" was removed.',
      'The person "Eve" was added.',
      'The queue "Sales" was changed.',
      'The variable "pin" was added.',
      'The flow "Extra" was added.',
      'The flow "Day menu" was changed.',
    ]);
  });

  test('[DF1] nothing in two readings of one document', () => {
    expect(told(() => {})).toEqual([]);
  });
});
