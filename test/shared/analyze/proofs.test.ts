import { describe, expect, test } from 'vitest';
import { type ProveOptions, proveProject } from '../../../shared/analyze/proofs.ts';
import { lowerProject } from '../../../shared/engine/lower/index.ts';
import { simulate } from '../../../shared/engine/simulate.ts';
import type { Project } from '../../../shared/flow/project.ts';
import { sampleProject } from '../../../shared/flow/samples/index.ts';
import { menu, says, sketchProject, startingWith } from '../../support/engine-driver.ts';

function prove(project: Project, options: ProveOptions = {}) {
  const { findings } = proveProject(project, options);
  return {
    findings,
    codes: findings.map(({ code, nodeId, output }) => [code, nodeId, output].filter((part) => part).join(' ')),
    /** The trace of the call that shows the first finding of a code. */
    shown(code: string) {
      const witness = findings.find((finding) => finding.code === code)?.witness;
      return witness ? simulate(lowerProject(project).program, witness.script).trace : [];
    },
  };
}

/** Ann takes whatever is left over. */
const withDefault = (project: Project, handling: Project['numbers'][string]['defaultHandling']): Project => ({
  ...project,
  numbers: { line: { ...project.numbers.line!, defaultHandling: handling } },
});

test('the sample project has no errors, and everything in it is used', () => {
  const { findings } = prove(sampleProject('en'), { person: { keys: 1, ms: 5000 } });
  expect(findings.filter(({ severity }) => severity !== 'info')).toEqual([]);
});

describe('ends', () => {
  test('[EX3] a trap is told where callers come into it, with the way there', () => {
    const project = startingWith(menu({ keys: ['1'], noInputAttempts: 1, invalidAttempts: 1 }, { 'key:1': 'trap' }), {
      trap: { type: 'say', data: { prompt: 'a' }, to: { next: 'b' } },
      b: { type: 'say', data: { prompt: 'b' }, to: { next: 'trap' } },
    });
    const { codes, shown } = prove(project);
    expect(codes).toContain('prove/no-end trap');
    const entered = shown('prove/no-end').flatMap((entry) => (entry.type === 'node-entered' ? [entry.nodeId] : []));
    expect(entered.slice(0, 3)).toEqual(['start', 'm', 'trap']);
  });

  test('[EX3] a loop without input is gone round until the guard, and what follows is seen', () => {
    const project = withDefault(
      startingWith(menu({ keys: ['1'], noInputAttempts: 1 }, { 'no-input': 'm', 'key:1': 'a' }), says('a')),
      { kind: 'person', personId: 'ann' },
    );
    const { codes, shown } = prove(project);
    expect(codes).toContain('prove/endless-loop m');
    expect(shown('prove/endless-loop').some(({ type }) => type === 'guard')).toBe(true);
    // Ann can fail to answer, which only the loop, the message or a failing prompt lead to.
    expect(codes).toContain('prove/failed-end');
  });

  test('[EX3] [EX2] round a loop that needs no wait, too', () => {
    const cases = [{ id: 'w', kind: 'withheld' }];
    const { codes } = prove(
      startingWith({ type: 'condition', data: { cases }, to: { 'case:w': 'm', otherwise: 'a' } }, says('a')),
    );
    expect(codes).toContain('prove/endless-loop m');
  });

  test('[EX6] a hang-up before anything is heard is silent, one after a message is not', () => {
    const hangUp = { h: { type: 'hang-up' } } as const;
    const silent = prove(startingWith({ type: 'schedule', to: { closed: 'h' } }, hangUp));
    expect(silent.codes).toContain('prove/silent-end h');
    expect(silent.shown('prove/silent-end').at(-1)).toMatchObject({ type: 'ended', by: 'flow' });
    const said = prove(startingWith({ type: 'say', data: { prompt: 'bye' }, to: { next: 'h' } }, hangUp));
    expect(said.codes).not.toContain('prove/silent-end h');
  });

  test('[EX6] a default handling that nobody takes is a failure; after a failing prompt only, it is no more than info', () => {
    const ann = { kind: 'person', personId: 'ann' } as const;
    const often = prove(withDefault(startingWith({ type: 'exit' }), ann));
    expect(often.findings.find(({ code }) => code === 'prove/failed-end')?.severity).toBe('warning');
    expect(often.shown('prove/failed-end').at(-1)).toMatchObject({ cause: 'failure' });
    const bye = { h: { type: 'hang-up' } } as const;
    const rare = prove(withDefault(startingWith({ type: 'say', data: { prompt: 'a' }, to: { next: 'h' } }, bye), ann));
    expect(rare.findings.find(({ code }) => code === 'prove/failed-end')?.severity).toBe('info');
    const mailbox = { kind: 'voicemail', mailbox: { kind: 'general' } } as const;
    const full = prove(withDefault(startingWith({ type: 'exit' }), mailbox));
    expect(full.findings.find(({ code }) => code === 'prove/failed-end')?.severity).toBe('info');
  });
});

describe('schedules', () => {
  const office = { name: 'Office', timeZone: 'UTC', weekly: [{ day: 1, from: '09:00', to: '17:00' }] };
  const feast = {
    name: 'Feast',
    timeZone: 'UTC',
    weekly: [],
    holidays: { '12-21': { hours: [{ from: '16:00', to: '24:00' }] } },
  };
  /** Hangs up silently on the way through both schedules. */
  const through = (first: string, second: string, schedules: object) =>
    sketchProject(
      {
        start: { type: 'start', to: { next: 'one' } },
        one: { type: 'schedule', data: { scheduleId: 'office' }, to: { [first]: 'two' } },
        two: { type: 'schedule', data: { scheduleId: Object.keys(schedules).at(-1) }, to: { [second]: 'h' } },
        h: { type: 'hang-up', data: { cause: 'busy' } },
      },
      () => ({ schedules, numbers: {} }),
    );

  test('[EX4] a witness starts at a time when all schedules on its way agree', () => {
    // 21 December is a Monday in 2026.
    const { shown, findings } = prove(through('open', 'open', { office, feast }));
    const shownAt = findings.find(({ nodeId }) => nodeId === 'h')?.witness?.script.startedAtMs;
    expect(new Date(shownAt ?? 0).toISOString()).toBe('2026-12-21T16:00:00.000Z');
    expect(shown('prove/silent-end').length).toBeGreaterThan(0);
  });

  test('[EX4] what no time of the year allows is not told', () => {
    expect(prove(through('open', 'closed', { office })).codes).not.toContain('prove/silent-end h');
    expect(prove(through('open', 'open', { office })).codes).toContain('prove/silent-end h');
  });
});

describe('people', () => {
  const shop = startingWith(menu({ keys: ['1'], invalidAttempts: 1 }, { 'key:1': 'sub' }), {
    sub: menu({ keys: ['2'] }, { 'key:2': 'ann' }),
    ann: { type: 'employee', data: { people: ['ann'] } },
  });

  test('[EX5] nobody to reach', () => {
    const { findings } = prove(startingWith({ type: 'say', data: { prompt: 'a' } }));
    expect(findings).toContainEqual(
      expect.objectContaining({ code: 'prove/no-person', params: { target: '100' }, flowId: null }),
    );
  });

  test('[EX5] within keys and time, or too far, with the quickest way', () => {
    expect(prove(shop, { person: { keys: 2, ms: 0 } }).codes).not.toContain('prove/person-too-far');
    const far = prove(shop, { person: { keys: 1, ms: 60_000 } });
    expect(far.codes).toContain('prove/person-too-far');
    expect(far.shown('prove/person-too-far').flatMap((entry) => (entry.type === 'digit' ? [entry.digit] : []))).toEqual(
      ['1', '2'],
    );
  });
});

describe('what never happens', () => {
  const project = startingWith(
    { type: 'say', data: { prompt: 'a' }, to: { next: 'q' } },
    {
      q: { type: 'queue', data: { queueId: 'team' }, to: { timeout: 'bye' } },
      bye: { type: 'say', data: { prompt: 'bye' } },
      alone: { type: 'hang-up' },
      closed: { type: 'schedule' },
    },
  );

  test('[EX7] nodes and outputs are told, of a node that is never entered the node only', () => {
    const { codes } = prove(project);
    expect(codes).toContain('prove/never-entered alone');
    expect(codes).toContain('prove/never-entered closed');
    expect(codes.filter((code) => code.startsWith('prove/never-taken'))).toEqual([]);
    const never = prove(startingWith({ type: 'schedule' }));
    expect(never.codes).toContain('prove/never-taken m open');
  });

  test('[EX7] [EX8] nothing is told to be missing when not everything was explored', () => {
    const { findings } = prove(project, { maxStates: 1 });
    expect(findings.map(({ code }) => code)).toEqual(['prove/incomplete']);
    expect(findings[0]?.params).toMatchObject({ target: '100', nodes: 1 });
    expect(proveProject(project, { maxStates: 1 }).complete).toBe(false);
  });
});
