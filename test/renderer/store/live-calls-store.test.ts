import { beforeEach, describe, expect, it } from 'vitest';
import {
  callsOfFlow,
  createLiveCallsStore,
  followedCall,
  type LiveCallsStore,
} from '../../../renderer/store/live-calls-store.ts';
import type { TraceEntry } from '../../../shared/engine/events.ts';
import { ManualClock } from '../../../shared/lib/clock.ts';
import { callSummary, FakeBackend } from '../../support/fake-bridge.ts';
import { sampleProject } from '../../support/sample-project.ts';

let backend: FakeBackend;
let live: LiveCallsStore;
let clock: ManualClock;
const entered = (atMs: number, nodeId: string): TraceEntry => ({ atMs, type: 'node-entered', flowId: 'main', nodeId });
const traceOf = (callId: string) => live.getState().calls[callId]?.trace;

beforeEach(() => {
  clock = new ManualClock();
  backend = new FakeBackend(sampleProject());
  backend.onCall = () => clock.advance(24);
  live = createLiveCallsStore(backend.window(), clock);
});

describe('live calls', () => {
  it('[LC1] follows a call and its trace as they grow', () => {
    backend.changeCall(callSummary());
    backend.traceCall('call-1', entered(0, 'start'), entered(5, 'welcome'));
    backend.changeCall(callSummary({ phase: 'queued' }));
    expect(live.getState().calls['call-1']?.summary.phase).toBe('queued');
    expect(traceOf('call-1')).toHaveLength(2);
  });

  it('[LC7] shows together what comes within a moment, and asks for nothing before it is shown', async () => {
    backend.onCall = () => {};
    live.dispose();
    const slow = createLiveCallsStore(backend.window(), clock);
    let changes = 0;
    slow.subscribe(() => changes++);
    backend.changeCall(callSummary());
    backend.traceCall('call-1', entered(0, 'start'), entered(5, 'welcome'));
    expect(changes).toBe(0);
    clock.advance(24);
    expect(changes).toBe(1);
    expect(slow.getState().calls['call-1']?.trace).toHaveLength(2);
    backend.traceCall('call-1', entered(9, 'sales'));
    await slow.refresh();
    expect(slow.getState().calls['call-1']?.trace).toHaveLength(3);
    backend.traceCall('call-1', entered(12, 'end'));
    slow.dispose();
    expect(clock.pending).toBe(0);
  });

  it('[LC2] asks for what it missed, and has no line twice', async () => {
    backend.changeCall(callSummary());
    backend.traceCall('call-1', entered(0, 'start'));
    const late = createLiveCallsStore(backend.window(), clock);
    const release = backend.hold();
    const refreshed = late.refresh();
    release();
    backend.traceCall('call-1', entered(5, 'welcome'));
    await refreshed;
    backend.traceCall('call-1', entered(9, 'sales'));
    const nodes = late.getState().calls['call-1']?.trace.map((entry) => 'nodeId' in entry && entry.nodeId);
    expect(nodes).toEqual(['start', 'welcome', 'sales']);
    await late.refresh();
    expect(late.getState().calls['call-1']?.trace).toHaveLength(3);
  });

  it('[LC3] shows the newest call of a flow unless one was picked', () => {
    backend.changeCall(callSummary({ callId: 'old', startedAtMs: 1 }));
    backend.changeCall(callSummary({ callId: 'new', startedAtMs: 2 }));
    backend.changeCall(callSummary({ callId: 'other', flowId: 'night', startedAtMs: 3 }));
    expect(followedCall(live.getState(), 'main')?.summary.callId).toBe('new');
    live.pick('old');
    expect(followedCall(live.getState(), 'main')?.summary.callId).toBe('old');
  });

  it('[LC4] keeps an ended call until it is dismissed', () => {
    backend.changeCall(callSummary());
    backend.changeCall(callSummary({ phase: 'ended', endedAtMs: 9 }));
    expect(followedCall(live.getState(), 'main')).toBeDefined();
    live.dismiss('call-1');
    expect(followedCall(live.getState(), 'main')).toBeUndefined();
    expect(callsOfFlow(live.getState(), 'main')).toEqual([]);
  });

  it('[LC5] forgets the oldest ended calls, never one that runs', () => {
    backend.changeCall(callSummary({ callId: 'running', startedAtMs: 0 }));
    for (let index = 1; index <= 30; index++) {
      backend.changeCall(callSummary({ callId: `c${index}`, startedAtMs: index, phase: 'ended', endedAtMs: index }));
    }
    const ids = Object.keys(live.getState().calls);
    expect(ids).toContain('running');
    expect(ids).toContain('c30');
    expect(ids).not.toContain('c1');
    expect(ids.length).toBeLessThanOrEqual(21);
  });

  it('hears nothing more once disposed', () => {
    live.dispose();
    backend.changeCall(callSummary());
    expect(live.getState().calls).toEqual({});
  });
});
