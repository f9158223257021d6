import { beforeEach, describe, expect, test } from 'vitest';
import { People } from '../../../../electron/pbx/people.ts';
import { digestSecret } from '../../../../electron/sip/digest.ts';
import {
  type ChosenState,
  type OperatorRecords,
  type OperatorState,
  shownState,
} from '../../../../shared/bridge/desk.ts';
import { DEFAULT_REACH } from '../../../../shared/bridge/reach.ts';
import { QueueSchema } from '../../../../shared/flow/project.ts';
import { ManualClock } from '../../../../shared/lib/clock.ts';
import type { Release } from '../../../../shared/queue/people.ts';
import { Queue } from '../../../../shared/queue/queue.ts';
import { FakeRinger, OFFER } from '../../../support/fake-ringer.ts';

const RING_MS = 5000;
const WRAP_UP = { ms: 30_000, queueId: 'q', callId: 'c1' };
const LUNCH: ChosenState = { kind: 'paused', reason: 'Lunch' };
const AVAILABLE: ChosenState = { kind: 'available' };
const LOGGED_OUT: ChosenState = { kind: 'logged-out' };
const credentials = { realm: 'r', ...digestSecret('u', 'r', 'p') };

let clock: ManualClock;
let people: People;
let ringer: FakeRinger;
let queues: Map<string, Queue<string>>;
let states: OperatorState[];
let releases: Map<string, Release>;

/** The queues `q` and `r`, both of Ann and Bob, who have phones. */
function make(autoPauseAfter?: number): void {
  clock = new ManualClock();
  states = [];
  queues = new Map();
  releases = new Map();
  const each = (work: (queue: Queue<string>) => void) => queues.forEach(work);
  people = new People(clock, {
    onFree: (personId, fresh) => each((queue) => queue.handleFree(personId, fresh)),
    onHere: () => each((queue) => queue.handleHere()),
    onOperator: (state) => states.push(state),
  });
  people.setAccounts(['ann', 'bob'].map((id) => ({ user: id, displayName: id, personId: id, credentials })));
  ringer = new FakeRinger((personId) => {
    const { release } = people.ring(personId);
    releases.set(personId, release);
    return (unanswered) => release({ unanswered });
  });
  const members = ['ann', 'bob'].map((personId) => ({ personId }));
  for (const id of ['q', 'r']) {
    const settings = QueueSchema.parse({ name: id, members, strategy: 'linear', rings: 1, autoPauseAfter });
    queues.set(id, new Queue({ clock, ringer, people: people.forQueue(id), random: () => 0 }, settings, RING_MS));
  }
  people.setPhones('ann', 1);
  people.setPhones('bob', 1);
}

function join(queueId: string, name: string): () => void {
  const limit = queues.get(queueId)?.settings.autoPauseAfter ?? 0;
  const leave = queues.get(queueId)?.join({
    maxWaitMs: 600_000,
    offer: () => ({ ...OFFER, caller: { number: name, name } }),
    onAnswered: (personId) => people.operators.noteRing(personId, queueId, true, limit),
    onUnanswered: (personId) => people.operators.noteRing(personId, queueId, false, limit),
    onEnded: () => {},
  });
  return leave ?? (() => {});
}

const ringing = () =>
  ringer.rings.filter((ring) => !ring.over).map((ring) => `${ring.offer.caller.number}:${ring.personId}`);
const last = (personId = 'ann') => states.findLast((state) => state.personId === personId);
const shown = (personId = 'ann') => {
  const state = last(personId);
  return state && shownState(state);
};

beforeEach(() => make());

describe('whom a queue rings', () => {
  test('[OS1] who is paused or logged out is not rung; who is back is rung at once', () => {
    people.operators.choose('ann', LUNCH);
    people.operators.choose('bob', LOGGED_OUT);
    join('q', 'A');
    expect(ringing()).toEqual([]);
    expect([people.availability('ann'), people.availability('bob')]).toEqual(['paused', 'logged-out']);
    people.operators.choose('bob', AVAILABLE);
    expect(ringing()).toEqual(['A:bob']);
  });

  test('[OS5] out of one queue and in another; in again is rung at once', () => {
    people.operators.setQueue('ann', 'q', false);
    people.operators.choose('bob', LUNCH);
    join('q', 'A');
    expect(ringing()).toEqual([]);
    join('r', 'B');
    expect(ringing()).toEqual(['B:ann']);
    // A phone that rings rings on.
    people.operators.setQueue('ann', 'r', false);
    expect(ringing()).toEqual(['B:ann']);
    people.operators.choose('bob', AVAILABLE);
    expect(ringing()).toEqual(['B:ann', 'A:bob']);
    expect(last()?.outOf).toEqual(['q', 'r']);
  });

  test('[OS6] paused members are here and not free; logged out ones are neither', () => {
    const stand = () => queues.get('q')?.snapshot();
    expect(stand()).toEqual({ here: 2, free: 2, waiting: 0 });
    people.operators.choose('ann', LUNCH);
    expect(stand()).toEqual({ here: 2, free: 1, waiting: 0 });
    people.operators.setQueue('bob', 'q', false);
    expect(stand()).toEqual({ here: 1, free: 0, waiting: 0 });
    people.operators.choose('ann', LOGGED_OUT);
    expect(stand()).toEqual({ here: 0, free: 0, waiting: 0 });
  });

  test('[OS6] a queue that all leave is left by its callers', () => {
    const settings = QueueSchema.parse({ name: 'q', members: [{ personId: 'ann' }], leaveWhenEmpty: true });
    queues.get('q')?.configure(settings, RING_MS);
    const ended: string[] = [];
    people.operators.choose('ann', LUNCH);
    queues
      .get('q')
      ?.join({ maxWaitMs: 60_000, offer: () => OFFER, onAnswered() {}, onEnded: (why) => ended.push(why) });
    expect(ended).toEqual([]);
    people.operators.choose('ann', LOGGED_OUT);
    expect(ended).toEqual(['leave-empty']);
  });
});

describe('what is chosen meanwhile', () => {
  test('[OS2] in a call it is the next, and is taken after the wrap-up', () => {
    const release = people.engage('ann');
    expect(shown()).toBe('on-call');
    people.operators.choose('ann', LUNCH);
    expect([last()?.chosen, last()?.next]).toEqual([AVAILABLE, LUNCH]);
    release({ wrapUp: WRAP_UP });
    expect([shown(), last()?.next]).toEqual(['wrap-up', LUNCH]);
    clock.advance(30_000);
    expect([shown(), last()?.chosen, last()?.next]).toEqual(['paused', LUNCH, null]);
  });

  test('[OS2] the last choice counts, and what holds already takes the next back', () => {
    const release = people.engage('ann');
    people.operators.choose('ann', LUNCH);
    people.operators.choose('ann', LOGGED_OUT);
    expect(last()?.next).toEqual(LOGGED_OUT);
    people.operators.choose('ann', AVAILABLE);
    expect(last()?.next).toBeNull();
    release();
    expect(shown()).toBe('available');
  });

  test('[OS2] while a phone rings it waits for the end of the ring', () => {
    join('q', 'A');
    people.operators.choose('ann', LUNCH);
    expect([shown(), ringing()]).toEqual(['ringing', ['A:ann']]);
    clock.advance(RING_MS);
    expect([shown(), ringing()]).toEqual(['paused', ['A:bob']]);
  });
});

describe('wrap-up', () => {
  test('[OS3] the state from before is back after it, a pause too', () => {
    people.operators.choose('ann', LUNCH);
    const chosenSinceMs = clock.wallMs();
    clock.advance(1000);
    people.engage('ann')({ wrapUp: WRAP_UP });
    expect([shown(), people.availability('ann')]).toEqual(['wrap-up', 'wrap-up']);
    clock.advance(30_000);
    expect([shown(), last()?.sinceMs]).toEqual(['paused', chosenSinceMs]);
  });

  test('[OS3] finished early, callers are offered at once', () => {
    people.operators.choose('bob', LUNCH);
    people.engage('ann')({ wrapUp: WRAP_UP });
    join('q', 'A');
    expect(ringing()).toEqual([]);
    people.operators.changeWrapUp('ann', 'finish');
    expect(ringing()).toEqual(['A:ann']);
    clock.advance(RING_MS - 1);
    expect(shown()).toBe('ringing');
  });

  test('[OS3] extended, at most to an hour from now; nothing without one', () => {
    people.operators.changeWrapUp('ann', { extendMs: 60_000 });
    expect(shown()).toBe('available');
    people.engage('ann')({ wrapUp: WRAP_UP });
    people.operators.changeWrapUp('ann', { extendMs: 60_000 });
    expect(last()?.wrapUp).toMatchObject({ callId: 'c1', endsAtMs: clock.wallMs() + 90_000 });
    clock.advance(60_000);
    expect(shown()).toBe('wrap-up');
    people.operators.changeWrapUp('ann', { extendMs: 3_600_000 });
    expect(last()?.wrapUp?.endsAtMs).toBe(clock.wallMs() + 3_600_000);
  });
});

describe('rings that nobody answers', () => {
  test('[OS4] as many in a row as the queue says pause, and the time is over for this call', () => {
    make(2);
    people.operators.setQueue('bob', 'q', false);
    join('q', 'A');
    clock.advance(RING_MS);
    expect(shown()).toBe('available');
    clock.advance(2000 + RING_MS);
    expect(last()?.chosen).toEqual({ kind: 'paused', reason: '', auto: true });
    clock.advance(60_000);
    expect(ringing()).toEqual([]);
  });

  test('[OS4] an answer and a choice begin anew; 0 is off', () => {
    make(2);
    people.operators.noteRing('ann', 'q', false, 2);
    people.operators.noteRing('ann', 'q', true, 2);
    people.operators.noteRing('ann', 'q', false, 2);
    people.operators.choose('ann', AVAILABLE);
    people.operators.noteRing('ann', 'q', false, 2);
    // Another queue has a count of its own.
    people.operators.noteRing('ann', 'r', false, 2);
    for (let i = 0; i < 9; i++) people.operators.noteRing('ann', 'x', false, 0);
    expect(shown()).toBe('available');
    people.operators.noteRing('ann', 'r', false, 2);
    expect(shown()).toBe('paused');
  });

  test('[OS4] callers who hang up do not count, nor does it undo a choice', () => {
    make(1);
    join('q', 'A')();
    expect(shown()).toBe('available');
    join('q', 'B');
    people.operators.choose('ann', LOGGED_OUT);
    clock.advance(RING_MS);
    expect(last()?.chosen).toEqual(LOGGED_OUT);
  });
});

describe('after a restart', () => {
  const nowMs = () => clock.wallMs();

  test('[OS7] everyone is as they were', () => {
    const since = nowMs() - 60_000;
    const wrapUp = { queueId: 'q', callId: 'c', sinceMs: nowMs() - 5000, endsAtMs: nowMs() + 5000 };
    const records: OperatorRecords = {
      ann: { chosen: LUNCH, sinceMs: since, outOf: ['r'], wrapUp: null, reach: DEFAULT_REACH },
      bob: { chosen: AVAILABLE, sinceMs: since, outOf: [], wrapUp, reach: DEFAULT_REACH },
    };
    people.operators.restore(records);
    expect(last()).toMatchObject({ chosen: LUNCH, sinceMs: since, outOf: ['r'] });
    expect([shown('bob'), people.availability('bob')]).toEqual(['wrap-up', 'wrap-up']);
    clock.advance(5000);
    expect(shown('bob')).toBe('available');
  });

  test('[OS7] a wrap-up that ended meanwhile is over', () => {
    const wrapUp = { queueId: 'q', callId: 'c', sinceMs: nowMs() - 9000, endsAtMs: nowMs() - 1 };
    people.operators.restore({ ann: { chosen: AVAILABLE, sinceMs: nowMs(), outOf: [], wrapUp, reach: DEFAULT_REACH } });
    expect(people.availability('ann')).toBe('free');
  });
});
