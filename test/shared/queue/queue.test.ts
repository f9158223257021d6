import { beforeEach, describe, expect, test } from 'vitest';
import { People } from '../../../electron/pbx/people.ts';
import { digestSecret } from '../../../electron/sip/digest.ts';
import { QueueSchema, type Queue as QueueSettings } from '../../../shared/flow/project.ts';
import { ManualClock } from '../../../shared/lib/clock.ts';
import type { Release } from '../../../shared/queue/people.ts';
import type { Waiting } from '../../../shared/queue/queue.ts';
import { Queue } from '../../../shared/queue/queue.ts';
import { FakeRinger, OFFER } from '../../support/fake-ringer.ts';

const RING_MS = 5000;
const ALL = ['ann', 'bob', 'eve'];
const userOf = (personId: string) => `user-${personId}`;

let clock: ManualClock;
let people: People;
let ringer: FakeRinger;
let queue: Queue<string>;
let told: string[];
let releases: Map<string, Release>;

function make(settings: Record<string, unknown> = {}, registered: readonly string[] = ALL): void {
  clock = new ManualClock();
  told = [];
  releases = new Map();
  people = new People(clock, {
    onFree: (personId, fresh) => queue?.handleFree(personId, fresh),
    onHere: () => queue?.handleHere(),
  });
  const credentials = { realm: 'r', ...digestSecret('u', 'r', 'p') };
  people.setAccounts(ALL.map((personId) => ({ user: userOf(personId), displayName: personId, personId, credentials })));
  ringer = new FakeRinger((personId) => {
    const release = people.engage(userOf(personId));
    releases.set(personId, release);
    return (unanswered) => release({ unanswered });
  });
  queue = new Queue({ clock, ringer, people: people.forQueue('q'), random: () => 0 }, parse(settings), RING_MS);
  for (const personId of registered) people.setPhones(userOf(personId), 1);
}

function parse(settings: Record<string, unknown>): QueueSettings {
  const members = ALL.map((personId) => ({ personId }));
  return QueueSchema.parse({ name: 'Q', members, strategy: 'linear', rings: 2, retryMs: 2000, ...settings });
}

function join(name: string, maxWaitMs = 300_000): () => void {
  return queue.join({
    maxWaitMs,
    offer: () => ({ ...OFFER, caller: { number: name, name } }),
    onAnswered: (personId) => told.push(`${name} → ${personId}`),
    onEnded: (outcome) => told.push(`${name}: ${outcome}`),
  });
}

/** Who rings for whom. */
const ringing = () =>
  ringer.rings.filter((ring) => !ring.over).map((ring) => `${ring.offer.caller.number}:${ring.personId}`);
const hangUp = (personId: string) =>
  queue.finish(personId, releases.get(personId) ?? (() => {}), { queueId: 'q', callId: 'c' });

beforeEach(() => make());

describe('[QD2] rounds', () => {
  test('each member rings once, for rings × ring time, then the next at once', () => {
    join('c1');
    const order: string[] = [];
    for (let i = 0; i < 3; i++) {
      order.push(...ringing());
      clock.advance(10_000);
    }
    expect(order).toEqual(['c1:ann', 'c1:bob', 'c1:eve']);
    expect(ringing()).toEqual([]);
    clock.advance(1999);
    expect(ringing()).toEqual([]);
    clock.advance(1);
    expect(ringing()).toEqual(['c1:ann']);
  });

  test('who declines or is unreachable is passed over at once', () => {
    ringer.failing.set('ann', 'unavailable');
    join('c1');
    expect(ringing()).toEqual(['c1:bob']);
    ringer.fail('bob', 'declined');
    expect(ringing()).toEqual(['c1:eve']);
    ringer.answer('eve');
    expect(told).toEqual(['c1 → eve']);
  });

  test('members who all fail at once wait for the pause, not in a loop', () => {
    for (const personId of ALL) ringer.failing.set(personId, 'unavailable');
    join('c1');
    expect(ringer.rings).toEqual([]);
    ringer.failing.clear();
    clock.advance(2000);
    expect(ringing()).toEqual(['c1:ann']);
  });

  test('ringall rings all, and for the losers it is answered elsewhere', () => {
    make({ strategy: 'ringall' });
    join('c1');
    expect(ringing()).toEqual(['c1:ann', 'c1:bob', 'c1:eve']);
    ringer.answer('bob');
    expect(ringer.rings.map((ring) => ring.cancelledFor)).toEqual([
      'answered-elsewhere',
      undefined,
      'answered-elsewhere',
    ]);
    expect(told).toEqual(['c1 → bob']);
  });

  test('ringall goes through the penalties, lowest first', () => {
    make({ strategy: 'ringall', members: [{ personId: 'ann', penalty: 1 }, { personId: 'bob' }, { personId: 'eve' }] });
    join('c1');
    expect(ringing()).toEqual(['c1:bob', 'c1:eve']);
    clock.advance(10_000);
    expect(ringing()).toEqual(['c1:ann']);
  });

  test('rrmemory goes on where the last call left off', () => {
    make({ strategy: 'rrmemory' });
    join('c1');
    ringer.answer('ann');
    hangUp('ann');
    join('c2');
    expect(ringing()).toEqual(['c2:bob']);
  });

  test('leastrecent counts from the end of the last call', () => {
    make({ strategy: 'leastrecent' });
    for (const name of ['c1', 'c2', 'c3']) join(name);
    for (const personId of ALL) ringer.answer(personId);
    clock.advance(1000);
    hangUp('bob');
    clock.advance(1000);
    hangUp('eve');
    hangUp('ann');
    join('c4');
    expect(ringing()).toEqual(['c4:bob']);
  });

  test('fewestcalls counts answered calls', () => {
    make({ strategy: 'fewestcalls' });
    join('c1');
    ringer.answer('ann');
    hangUp('ann');
    join('c2');
    expect(ringing()).toEqual(['c2:bob']);
  });
});

describe('[QD1] fairness', () => {
  test('callers are served in the order they came', () => {
    make({}, ['ann']);
    for (const name of ['c1', 'c2', 'c3']) join(name);
    for (const name of ['c1', 'c2', 'c3']) {
      expect(ringing()).toEqual([`${name}:ann`]);
      ringer.answer('ann');
      hangUp('ann');
    }
    expect(told).toEqual(['c1 → ann', 'c2 → ann', 'c3 → ann']);
  });

  test('a later caller is offered whom the earlier one does not need yet', () => {
    join('c1');
    join('c2');
    expect(ringing()).toEqual(['c1:ann', 'c2:bob']);
  });

  test('an earlier caller takes over a member who only rings for a later one', () => {
    make({}, ['ann', 'bob']);
    join('c1');
    join('c2');
    clock.advance(5000);
    ringer.fail('ann', 'no-answer');
    expect(ringing()).toEqual(['c1:bob', 'c2:ann']);
    ringer.answer('bob');
    expect(told).toEqual(['c1 → bob']);
  });

  test('a caller who leaves frees the member for the next', () => {
    make({}, ['ann']);
    const leave = join('c1');
    join('c2');
    leave();
    leave();
    expect(ringing()).toEqual(['c2:ann']);
    expect(ringer.rings[0]?.cancelledFor).toBe('caller-gone');
  });
});

describe('[QD5] places of who is not on the line', () => {
  const hold = (name: string, sinceMs: number, mayRing?: (personId: string) => boolean) =>
    queue.hold(
      {
        offer: () => ({ ...OFFER, caller: { number: name, name } }),
        onAnswered: (personId) => told.push(`${name} → ${personId}`),
        ...(mayRing === undefined ? {} : { mayRing }),
      },
      sinceMs,
    );

  test('are served in their order, between those on the line', () => {
    make({}, []);
    join('c1');
    clock.advance(10);
    const sinceMs = clock.wallMs();
    clock.advance(10);
    join('c3');
    hold('c2', sinceMs);
    hold('before', sinceMs - 1_000_000);
    people.setPhones(userOf('ann'), 1);
    for (const name of ['before', 'c1', 'c2', 'c3']) {
      expect(ringing()).toEqual([`${name}:ann`]);
      ringer.answer('ann');
      hangUp('ann');
    }
    expect(told).toEqual(['before → ann', 'c1 → ann', 'c2 → ann', 'c3 → ann']);
  });

  test('are as good as those on the line when a member is taken over', () => {
    make({}, ['ann']);
    const sinceMs = clock.wallMs();
    clock.advance(10);
    join('c2');
    hold('c1', sinceMs);
    expect(ringing()).toEqual(['c1:ann']);
  });

  test('wait as long as it takes: no longest wait, no empty queue ends them', () => {
    make({ leaveWhenEmpty: true, joinWhenEmpty: false }, []);
    hold('c1', 0);
    clock.advance(86_400_000);
    people.setPhones(userOf('ann'), 1);
    people.setPhones(userOf('ann'), 0);
    expect([told, queue.length]).toEqual([[], 1]);
  });

  test('are not counted for the longest queue, but by who looks at it', () => {
    make({ maxLength: 1 }, []);
    hold('c1', 0);
    join('c2');
    join('c3');
    expect([told, queue.snapshot().waiting]).toEqual([['c3: full'], 2]);
    const leave = queue.join(
      { maxWaitMs: 1000, offer: () => OFFER, onAnswered: () => {}, onEnded: (why) => told.push(why) },
      5,
    );
    expect([told, queue.length]).toEqual([['c3: full'], 3]);
    leave();
  });

  test('leave members to those behind while nobody may be rung for them', () => {
    make({}, ['ann']);
    let may = false;
    hold('c1', 0, () => may);
    join('c2');
    expect(ringing()).toEqual(['c2:ann']);
    may = true;
    queue.reconsider();
    expect(ringing()).toEqual(['c1:ann']);
  });

  test('let go of members who are rung when they end', () => {
    make({}, ['ann']);
    const end = hold('c1', 0);
    expect(ringing()).toEqual(['c1:ann']);
    end();
    expect([ringing(), queue.length, clock.pending]).toEqual([[], 0, 0]);
  });
});

describe('[QD3] who is rung', () => {
  test('nobody who is in a call, in wrap-up or away', () => {
    make({ wrapUpMs: 30_000 }, ['ann', 'bob']);
    const release = people.engage(userOf('bob'));
    join('c1');
    ringer.answer('ann');
    hangUp('ann');
    join('c2');
    expect(ringing()).toEqual([]);
    clock.advance(29_999);
    expect(ringing()).toEqual([]);
    clock.advance(1);
    expect(ringing()).toEqual(['c2:ann']);
    release();
  });
});

describe('[QD4] who becomes free is offered at once', () => {
  beforeEach(() => make({}, []));

  test('by registering', () => {
    join('c1');
    people.setPhones(userOf('eve'), 1);
    expect(ringing()).toEqual(['c1:eve']);
  });

  test('by ending a call, in the middle of the pause between rounds', () => {
    people.setPhones(userOf('ann'), 1);
    const release = people.engage(userOf('bob'));
    people.setPhones(userOf('bob'), 1);
    join('c1');
    clock.advance(10_500);
    expect(ringing()).toEqual([]);
    release();
    expect(ringing()).toEqual(['c1:bob']);
  });

  test('but not by having been rung in vain', () => {
    people.setPhones(userOf('ann'), 1);
    join('c1');
    ringer.fail('ann', 'declined');
    expect(ringing()).toEqual([]);
    clock.advance(2000);
    expect(ringing()).toEqual(['c1:ann']);
  });

  test('in ringall, beside those who ring already', () => {
    make({ strategy: 'ringall' }, ['ann']);
    join('c1');
    people.setPhones(userOf('bob'), 1);
    expect(ringing()).toEqual(['c1:ann', 'c1:bob']);
  });
});

describe('how a wait ends', () => {
  test('timeout, while ringing too', () => {
    join('c1', 15_000);
    clock.advance(15_000);
    expect([told, ringing(), clock.pending]).toEqual([['c1: timeout'], [], 0]);
    expect(ringer.rings.at(-1)?.cancelledFor).toBe('no-answer');
  });

  test('full', () => {
    make({ maxLength: 1 }, []);
    join('c1');
    join('c2');
    expect(told).toEqual(['c2: full']);
  });

  test('join-empty only when nobody is registered; busy ones count as present', () => {
    make({ joinWhenEmpty: false }, ['ann']);
    people.engage(userOf('ann'));
    join('c1');
    people.setPhones(userOf('ann'), 0);
    join('c2');
    expect(told).toEqual(['c2: join-empty']);
  });

  test('leave-empty when the last member goes', () => {
    make({ leaveWhenEmpty: true }, ['ann', 'bob']);
    people.engage(userOf('ann'));
    people.engage(userOf('bob'));
    join('c1');
    people.setPhones(userOf('ann'), 0);
    expect(told).toEqual([]);
    people.setPhones(userOf('bob'), 0);
    expect([told, queue.length]).toEqual([['c1: leave-empty'], 0]);
  });
});

test('new settings hold for those who wait', () => {
  make({ members: [] });
  join('c1');
  expect(ringing()).toEqual([]);
  queue.configure(parse({}), RING_MS);
  expect(ringing()).toEqual(['c1:ann']);
});

test('close leaves neither ringing phones nor timers', () => {
  join('c1');
  join('c2');
  queue.close();
  expect([ringing(), clock.pending, queue.length, told]).toEqual([[], 0, 0, []]);
});

describe('[QD10] how someone stands', () => {
  const waiting = (placed: Partial<Waiting<string>> = {}): Waiting<string> => ({
    maxWaitMs: 3_600_000,
    offer: () => OFFER,
    onAnswered: () => {},
    onEnded: () => {},
    ...placed,
  });

  test('the place counts everyone before, on the line or not, until the wait is over', () => {
    make({}, []);
    const [first, second] = [waiting(), waiting()];
    const leave = queue.join(first);
    clock.advance(1000);
    queue.hold({ offer: () => OFFER, onAnswered: () => {} }, clock.wallMs());
    clock.advance(1000);
    queue.join(second);
    expect([first, second].map((one) => queue.standingOf(one)?.position)).toEqual([1, 3]);
    leave();
    expect(queue.standingOf(first)).toBeUndefined();
    expect(queue.standingOf(second)?.position).toBe(2);
  });

  test('waits that ended with an answer say how long another is likely to last', () => {
    make({ members: [{ personId: 'ann' }], rings: 24 });
    queue.join(waiting());
    clock.advance(90_000);
    ringer.answer('ann');
    const next = waiting();
    queue.join(next);
    expect(queue.standingOf(next)?.remainingMs).toBe(90_000);
    clock.advance(60_000);
    expect(queue.standingOf(next)?.remainingMs).toBe(30_000);
    clock.advance(30_000);
    expect(queue.standingOf(next)?.remainingMs).toBeUndefined();
  });

  test('waits that began elsewhere, were given up or were somebody’s place count for nothing', () => {
    make({ members: [{ personId: 'ann' }], rings: 24 });
    const elsewhere = queue.join(waiting());
    clock.advance(50_000);
    elsewhere();
    queue.join(waiting(), clock.wallMs() - 500_000);
    ringer.answer('ann');
    hangUp('ann');
    queue.hold({ offer: () => OFFER, onAnswered: () => {} }, clock.wallMs() - 500_000);
    ringer.answer('ann');
    const next = waiting();
    queue.join(next);
    expect(queue.standingOf(next)).toEqual({ position: 1, remainingMs: undefined });
  });
});

describe('[QD11] what a queue has learnt goes on in another one', () => {
  /** One call that rings, is answered and is over. */
  const call = () => {
    join('c');
    const [personId = ''] = ringer.ringing;
    clock.advance(3000);
    ringer.answer(personId);
    hangUp(personId);
    return personId;
  };
  /** As after a restart: by way of JSON. */
  const restart = (strategy: string, members = ALL.map((personId) => ({ personId }))) => {
    const facts = JSON.parse(JSON.stringify(queue.facts));
    const before = clock.wallMs();
    make({ strategy, members });
    clock.advance(before - clock.wallMs() + 60_000);
    queue.restore(facts);
  };

  test.each(['leastrecent', 'rrmemory', 'fewestcalls'])('whose turn it is: %s', (strategy) => {
    make({ strategy });
    expect([call(), call()]).toEqual(['ann', 'bob']);
    restart(strategy);
    expect([call(), call()]).toEqual(['eve', 'ann']);
  });

  test('who was in a call as it ended had their turn', () => {
    make({ strategy: 'leastrecent' });
    join('c');
    ringer.answer('ann');
    restart('leastrecent');
    expect([call(), call(), call()]).toEqual(['bob', 'eve', 'ann']);
  });

  test('the order goes by who it was, though members have come before them', () => {
    make({ strategy: 'rrmemory', members: [{ personId: 'bob' }, { personId: 'eve' }] });
    expect(call()).toBe('bob');
    restart('rrmemory');
    expect(call()).toBe('eve');
  });

  test('how long callers waited', () => {
    call();
    restart('linear');
    const next: Waiting<string> = { maxWaitMs: 1000, offer: () => OFFER, onAnswered: () => {}, onEnded: () => {} };
    queue.join(next);
    expect(queue.standingOf(next)).toEqual({ position: 1, remainingMs: 3000 });
  });
});
