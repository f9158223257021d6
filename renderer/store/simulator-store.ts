import { createStore, type StoreApi } from 'zustand/vanilla';
import type { CallCountdown } from '../../shared/bridge/pbx.ts';
import { SimulatedCall } from '../../shared/engine/driver.ts';
import type { CallInfo, DialOutcome, PromptKey, QueueOutcome, TraceEntry } from '../../shared/engine/events.ts';
import { lowerProject } from '../../shared/engine/lower/index.ts';
import { type FlowProgram, isSpokenLive } from '../../shared/engine/program.ts';
import type { FlowId, Key } from '../../shared/flow/ids.ts';
import type { Project } from '../../shared/flow/project.ts';
import type { TestWorld } from '../../shared/flow/project-test.ts';
import type { SpeechSource } from '../../shared/flow/speech.ts';
import { type CancelTimer, type Clock, ManualClock } from '../../shared/lib/clock.ts';
import { lookup } from '../../shared/lib/record.ts';
import type { LiveCallsStore } from './live-calls-store.ts';
import type { ProjectStore } from './project-store.ts';
import { NO_EXCEPTIONS, type SimulatorExceptions, worldFor } from './simulator-world.ts';

/** What a simulated call is like. */
export interface SimulatorSetup {
  /** Null: the flow itself, as a test call. */
  readonly numberId: string | null;
  readonly caller: string;
  /** Wall clock at the start, ms since the epoch. */
  readonly startedAtMs: number;
  /** What everyone does who is rung, and how every wait in a queue ends. */
  readonly people: DialOutcome;
  readonly queues: Exclude<QueueOutcome, 'key-pressed'>;
  readonly exceptions: SimulatorExceptions;
  /** Zone that `startedAtMs` is shown and typed in; null: the project's. */
  readonly timeZone: string | null;
}

export interface SimulatorState {
  readonly setup: SimulatorSetup;
  /** How many seconds of the call go by in one; 0 stands still. */
  readonly speed: number;
  readonly status: 'idle' | 'running' | 'over';
  readonly flowId: FlowId | null;
  readonly trace: readonly TraceEntry[];
  /** Time of the call, ms. */
  readonly atMs: number;
  /** What the world of the last call was told that its trace does not say. */
  readonly told: Pick<TestWorld, 'requests' | 'queueStates'>;
  /** Whether the window plays what is said, at the natural pace. */
  readonly hear: boolean;
  /** What the caller hears now, by the project's texts; null while nothing is said. */
  readonly saying: { readonly id: string; readonly sources: readonly SpeechSource[]; readonly text: string } | null;
}

export interface SimulatorStore {
  readonly state: Pick<StoreApi<SimulatorState>, 'getState' | 'getInitialState' | 'subscribe'>;
  change(setup: Partial<SimulatorSetup>): void;
  setSpeed(speed: number): void;
  setHear(hear: boolean): void;
  /** Resolves when the call has begun: what is to be heard is rendered first, so that times are true. */
  start(flowId: FlowId): Promise<void>;
  press(key: Key): void;
  hangUp(): void;
  /** On to whatever happens next, at once. */
  step(): void;
  /** Back to just before the last thing that the caller did; without one, to the beginning. */
  rewind(): void;
  dispose(): void;
}

export const SIMULATED_CALL = 'simulated';

const TICK_MS = 50;
const IDLE = { status: 'idle', flowId: null, trace: [], atMs: 0, saying: null } as const;

type Doing = { readonly atMs: number; readonly key: Key | null };

/**
 * Calls without a phone: the engine with a made-up world, on a clock that runs as fast as one likes, stands still, or
 * goes back (by making the same call again up to there). The canvas follows it as it follows a real call.
 */
export function createSimulatorStore(
  project: ProjectStore,
  live: LiveCallsStore,
  clock: Clock,
  render: Render,
): SimulatorStore {
  const store = createStore<SimulatorState>(() => ({
    ...IDLE,
    setup: {
      numberId: null,
      caller: '600100200',
      startedAtMs: clock.wallMs(),
      people: 'answered',
      queues: 'answered',
      exceptions: NO_EXCEPTIONS,
      timeZone: null,
    },
    speed: 1,
    told: {},
    hear: false,
  }));
  let running: Running | null = null;
  let cancelTick: CancelTimer = () => {};

  function publish(): void {
    if (!running) return;
    const { call, program, flowId, time } = running;
    const status = call.hasEnded ? 'over' : 'running';
    const trace = [...call.trace];
    const saying = sayingIn(program, trace, store.getState().saying);
    store.setState({ status, flowId, trace, atMs: time.nowMs(), saying });
    const { startedAtMs, caller } = store.getState().setup;
    live.show(SIMULATED_CALL, {
      name: caller,
      flowId,
      trace,
      startedAtMs,
      isOver: call.hasEnded,
      countdown: countdownOf(call, startedAtMs),
      nowMs: time.wallMs(),
    });
    if (call.hasEnded) cancelTick();
  }

  function tick(): void {
    cancelTick();
    cancelTick = clock.after(TICK_MS, () => {
      const { speed } = store.getState();
      if (!running || running.call.hasEnded) return;
      if (speed > 0) {
        running.time.advance(TICK_MS * speed);
        publish();
      }
      tick();
    });
  }

  /** Makes the call, with what the caller has done so far. */
  function run(
    flowId: FlowId,
    document: Project,
    program: FlowProgram,
    lengths: Lengths,
    doings: readonly Doing[],
  ): void {
    running = begin(flowId, document, program, lengths, store.getState().setup);
    for (const doing of doings) {
      running.time.advance(doing.atMs - running.time.nowMs());
      act(running, doing.key);
    }
    store.setState({ told: toldBy(store.getState().setup.exceptions) });
    publish();
    if (!running.call.hasEnded) tick();
  }

  function doNow(key: Key | null): void {
    if (!running || running.call.hasEnded) return;
    running.doings.push({ atMs: running.time.nowMs(), key });
    act(running, key);
    publish();
  }

  return {
    state: store,
    change: (setup) => store.setState((state) => ({ setup: { ...state.setup, ...setup } })),
    setSpeed: (speed) => store.setState({ speed }),
    setHear: (hear) => store.setState({ hear }),
    async start(flowId) {
      const document = project.state.getState().project;
      const { program } = lowerProject(document);
      const lengths = store.getState().hear ? await lengthsOf(program, render) : {};
      run(flowId, document, program, lengths, []);
    },
    press: (key) => doNow(key),
    hangUp: () => doNow(null),
    step() {
      const dueMs = running?.time.nextDueMs;
      if (!running || dueMs === undefined) return;
      running.time.advance(dueMs - running.time.nowMs());
      publish();
    },
    rewind() {
      if (!running) return;
      const { flowId, document, program, lengths, doings } = running;
      const last = doings.at(-1);
      run(flowId, document, program, lengths, doings.slice(0, -1));
      if (last) running.time.advance(last.atMs - running.time.nowMs());
      store.setState({ speed: 0 });
      publish();
      if (!running.call.hasEnded) tick();
    },
    dispose: () => cancelTick(),
  };
}

/** Renders speech and tells how long it is, ms. */
export type Render = (source: SpeechSource) => Promise<{ readonly durationMs: number }>;
type Lengths = Readonly<Record<PromptKey, number>>;

/** More prompts than this are not rendered before a call: it should begin soon. */
const MAX_RENDERED = 60;

/** How long the prompts of a program are; those that cannot be rendered are left to be guessed. */
async function lengthsOf(program: FlowProgram, render: Render): Promise<Lengths> {
  const prompts = Object.entries(program.prompts).filter(([, source]) => !isSpokenLive(source));
  if (prompts.length > MAX_RENDERED) return {};
  const lengths: Record<PromptKey, number> = {};
  for (const [key, source] of prompts) {
    const rendered = await render(source).catch(() => null);
    if (rendered) lengths[key] = rendered.durationMs;
  }
  return lengths;
}

interface Running {
  readonly flowId: FlowId;
  readonly document: Project;
  readonly program: FlowProgram;
  readonly lengths: Lengths;
  readonly time: ManualClock;
  readonly call: SimulatedCall;
  readonly doings: Doing[];
}

function begin(
  flowId: FlowId,
  document: Project,
  program: FlowProgram,
  lengths: Lengths,
  setup: SimulatorSetup,
): Running {
  const { numberId, caller, startedAtMs, exceptions } = setup;
  const target: CallInfo['target'] = numberId === null ? { kind: 'flow', flowId } : { kind: 'number', numberId };
  const world = worldFor(document, setup, exceptions, lengths);
  const time = new ManualClock(startedAtMs);
  const info = { callId: SIMULATED_CALL, caller: { number: caller }, target, startedAtMs };
  return { flowId, document, program, lengths, time, call: new SimulatedCall(program, info, world, time), doings: [] };
}

function toldBy({ requests, queueStates }: SimulatorExceptions): SimulatorState['told'] {
  return {
    ...(Object.keys(requests).length > 0 && { requests }),
    ...(Object.keys(queueStates).length > 0 && { queueStates }),
  };
}

function countdownOf({ countdown }: SimulatedCall, startedAtMs: number): CallCountdown | null {
  if (!countdown) return null;
  const { flowId, nodeId, wait, beganAtMs, durationMs } = countdown;
  return { flowId, nodeId, wait, durationMs, endsAtMs: startedAtMs + beganAtMs + durationMs };
}

function act(running: Running, key: Key | null): void {
  if (key === null) running.call.hangUp();
  else running.call.press(key);
}

/** What is being said; the very same object as before while it goes on. */
function sayingIn(
  program: FlowProgram,
  trace: readonly TraceEntry[],
  before: SimulatorState['saying'],
): SimulatorState['saying'] {
  const at = trace.findLastIndex(({ type }) => type.startsWith('prompt-'));
  const last = trace[at];
  if (last?.type !== 'prompt-started') return null;
  const id = `${at} ${last.atMs}`;
  if (before?.id === id) return before;
  const sources = last.prompts.flatMap((key): SpeechSource[] => {
    const source = lookup(program.prompts, key);
    const text = lookup(last.texts ?? {}, key);
    if (source?.kind === 'text' && text !== undefined) return [{ ...source, text }];
    return source ? [source] : [];
  });
  const words = sources.map((source) => (source.kind === 'text' ? source.text : source.fileName));
  return { id, sources, text: words.join(' ') };
}
