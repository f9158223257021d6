import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CallInfo, Effect, EngineEvent, TraceEntry } from '../../../shared/engine/events.ts';
import { lowerProject } from '../../../shared/engine/lower/index.ts';
import { outcomes } from '../../../shared/engine/outcomes.ts';
import type { FlowProgram } from '../../../shared/engine/program.ts';
import { type FlowState, stateKey } from '../../../shared/engine/state.ts';
import { start, step } from '../../../shared/engine/step.ts';
import type { Project } from '../../../shared/flow/project.ts';
import { arbitraryProject, arbitraryTold, type Told } from '../../support/arbitrary-project.ts';
import { deepFreeze } from '../../support/engine-driver.ts';

const RUNS = { numRuns: 120 };

/** Any number or flow of the project, or one that is not there. */
function callTo(project: Project, pick: number): CallInfo {
  const targets: CallInfo['target'][] = [
    ...Object.keys(project.numbers).map((numberId) => ({ kind: 'number', numberId }) as const),
    ...Object.keys(project.flows).map((flowId) => ({ kind: 'flow', flowId }) as const),
    { kind: 'number', numberId: 'hasOwnProperty' },
  ];
  const number = ['', '+48123456789', '600', 'anonymous'][Math.floor(pick / targets.length) % 4] ?? '';
  return { callId: 'c', caller: { number }, target: targets[pick % targets.length]!, startedAtMs: 0 };
}

const arbitraryCall = fc.record({ project: arbitraryProject, told: arbitraryTold, pick: fc.nat(100) });

function eventOf(program: FlowProgram, state: FlowState, told: Told): EngineEvent | undefined {
  if ('event' in told) return told.event;
  // What ends calls early would leave little to see: prompts fail sometimes, the caller hangs up at the end.
  const unlikely = told.pick % 20 === 0 ? ['caller-hung-up'] : ['caller-hung-up', 'prompt-failed', 'far-end-hung-up'];
  const likely = outcomes(program, state).filter(({ id }) => !unlikely.includes(id));
  const possible = likely.length > 1 ? likely.filter(({ id }) => !id.endsWith(':answered')).concat(likely) : likely;
  return possible[told.pick % Math.max(1, possible.length)]?.event;
}

interface Run {
  readonly program: FlowProgram;
  readonly states: readonly FlowState[];
  readonly effects: readonly Effect[];
  readonly trace: readonly TraceEntry[];
}

/** Runs a call to its end; `keep` may do something to each state in between. */
function run(
  { project, told, pick }: { project: Project; told: Told[]; pick: number },
  keep = (at: FlowState) => at,
): Run {
  const program = deepFreeze(lowerProject(project).program);
  let { state, effects } = start(program, callTo(project, pick));
  const all = [...effects];
  const states = [state];
  const tell = (event: EngineEvent) => {
    ({ state, effects } = step(program, keep(state), event));
    all.push(...effects);
    states.push(state);
  };
  for (const what of told) {
    const event = eventOf(program, state, what);
    if (event) tell(event);
  }
  tell({ type: 'caller-hung-up', atMs: state.atMs });
  const trace = all.flatMap((effect) => (effect.type === 'trace' ? [effect.entry] : []));
  return { program, states, effects: all, trace };
}

describe('any project, any call', () => {
  test('[LW1] [EN2] [EN4] lowers and runs without throwing, and ends when the caller hangs up', () => {
    fc.assert(
      fc.property(arbitraryCall, (call) => {
        const { states } = run(call, deepFreeze);
        expect(states.at(-1)?.wait.kind).toBe('ended');
      }),
      RUNS,
    );
  });

  test('[EN3] stored and read back between any two events, a call goes on alike', () => {
    fc.assert(
      fc.property(arbitraryCall, (call) => {
        const plain = run(call);
        const stored = run(call, (state) => JSON.parse(JSON.stringify(state)) as FlowState);
        expect(stored.effects).toEqual(plain.effects);
        expect(JSON.parse(JSON.stringify(plain.program))).toEqual(plain.program);
      }),
      RUNS,
    );
  });

  test('[EN9] every outcome changes something, every other digit nothing, and equal keys behave alike', () => {
    fc.assert(
      fc.property(arbitraryCall, (call) => {
        const { program, states } = run(call);
        const seen = new Map<string, FlowState>();
        for (const state of states) {
          const possible = outcomes(program, state);
          expect(new Set(possible.map(({ id }) => id)).size).toBe(possible.length);
          for (const { event } of possible) expect(step(program, state, event).state).not.toBe(state);
          if (!possible.some(({ id }) => id.startsWith('digit:'))) {
            expect(step(program, state, { type: 'digit', digit: '5', atMs: state.atMs }).state).toBe(state);
          }
          const like = seen.get(stateKey(state));
          if (like) expect(nextKeys(program, like)).toEqual(nextKeys(program, state));
          seen.set(stateKey(state), state);
        }
      }),
      RUNS,
    );
  });

  test('[GD1] [GD2] never stays without waiting for something, and ends by itself without the caller', () => {
    fc.assert(
      fc.property(arbitraryProject, fc.nat(100), fc.infiniteStream(fc.nat(1000)), (project, pick, choices) => {
        const { program } = lowerProject(project);
        let { state } = start(program, callTo(project, pick));
        let steps = 0;
        while (state.wait.kind !== 'ended') {
          const possible = outcomes(program, state).filter(({ id }) => !/^(digit|caller)/.test(id));
          expect(possible.length).toBeGreaterThan(0);
          state = step(program, state, possible[choices.next().value! % possible.length]!.event).state;
          // A node waits a few times at most for each of its 10 visits, and there are at most 9 of them in a flow.
          expect(++steps).toBeLessThan(18 * 10 * 20);
        }
      }),
      RUNS,
    );
  });
});

describe('any trace', () => {
  const check = (holds: (run: Run) => void) =>
    fc.assert(
      fc.property(arbitraryCall, (call) => holds(run(call))),
      RUNS,
    );

  test('[TR1] begins with the call, ends with its end, and never goes back in time', () => {
    check(({ trace }) => {
      expect(trace[0]?.type).toBe('call-started');
      expect(trace.filter(({ type }) => type === 'ended')).toEqual([trace.at(-1)]);
      trace.reduce((beforeMs, { atMs }) => {
        expect(atMs).toBeGreaterThanOrEqual(beforeMs);
        return atMs;
      }, 0);
    });
  });

  test('[TR2] a node is entered by the output that was taken just before', () => {
    check(({ trace }) => {
      trace.forEach((entry, index) => {
        if (entry.type !== 'node-entered') return;
        const before = trace[index - 1];
        // SF6: a sub-flow may be told something first.
        if (entry.via === undefined)
          expect(before?.type).toMatch(index === 1 ? /^call-started$/ : /^(node-entered|variables)$/);
        else expect(before).toMatchObject({ type: 'outcome', output: entry.via });
      });
    });
  });

  test('[TR3] what is started to be said ends before anything else is said', () => {
    check(({ trace }) => {
      let saying = false;
      for (const entry of trace) {
        switch (entry.type) {
          case 'prompt-started':
            expect(saying).toBe(false);
            saying = true;
            break;
          case 'prompt-finished':
          case 'prompt-interrupted':
          case 'prompt-failed':
            // EN7: what there is no source for fails without being started.
            expect(saying).toBe(!('reason' in entry && entry.reason === 'no-such-prompt'));
            saying = false;
            break;
          case 'outcome':
          case 'ended':
            expect(saying).toBe(false);
        }
      }
    });
  });

  test('[TR4] default handling is taken once at most, and nothing of the flow follows it', () => {
    check(({ trace }) => {
      const index = trace.findIndex(({ type }) => type === 'default-handling');
      if (index < 0) return;
      for (const entry of trace.slice(index + 1)) {
        expect(['default-handling', 'node-entered']).not.toContain(entry.type);
        if ('nodeId' in entry) expect(entry.nodeId).toMatch(/^default:/);
      }
    });
  });

  test('[EN5] [EN6] answers once at most, before anything is heard, and hangs up last', () => {
    check(({ effects }) => {
      const types = effects.map(({ type }) => type);
      const answered = types.indexOf('answer');
      expect(types.lastIndexOf('answer')).toBe(answered);
      for (const heard of ['play', 'enqueue', 'record'] as const) {
        if (types.includes(heard)) expect(types.indexOf(heard)).toBeGreaterThan(answered);
      }
      if (types.includes('hang-up')) expect(types.indexOf('hang-up')).toBe(types.length - 1);
    });
  });

  test('[EN2] stops what it started, and uses no id twice', () => {
    check(({ effects }) => {
      const running = new Set<string>();
      const used = new Set<string>();
      for (const effect of effects) {
        const id = startedBy(effect);
        if (id !== undefined) {
          expect(used.has(id)).toBe(false);
          used.add(id);
          running.add(id);
        }
        if (effect.type === 'stop-playback') expect(running.delete(effect.playId)).toBe(true);
        if (effect.type === 'stop-recording') expect(running.delete(effect.recordingId)).toBe(true);
        if (effect.type === 'stop-timer') expect(running.delete(effect.timerId)).toBe(true);
      }
    });
  });
});

function startedBy(effect: Effect): string | undefined {
  switch (effect.type) {
    case 'play':
      return effect.playId;
    case 'start-timer':
      return effect.timerId;
    case 'dial':
      return effect.dialId;
    case 'enqueue':
      return effect.enqueueId;
    case 'time':
      return effect.timeId;
    case 'request':
      return effect.requestId;
    case 'queue-state':
      return effect.queryId;
    case 'request-callback':
      return effect.callbackId;
    case 'record':
      return effect.recordingId;
    case 'random':
      return effect.randomId;
    default:
      return undefined;
  }
}

/** Where each outcome leads, by the keys of the states. */
function nextKeys(program: FlowProgram, state: FlowState): string[] {
  return outcomes(program, state).map(({ id, event }) => `${id} ${stateKey(step(program, state, event).state)}`);
}
