import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import type { SipRequest } from '../../../../electron/sip/message.ts';
import { serialise } from '../../../../electron/sip/serialise.ts';
import type { EventPackage } from '../../../../electron/sip/subscriptions/event-package.ts';
import { Notifier } from '../../../../electron/sip/subscriptions/notifier.ts';
import { TransactionLayer } from '../../../../electron/sip/transactions/layer.ts';
import { ManualClock } from '../../../../shared/lib/clock.ts';
import { silentLogger } from '../../../../shared/lib/logger.ts';
import { FakeFlow } from '../../../support/sip/fake-flow.ts';
import { type RequestSketch, request, responseTo } from '../../../support/sip/messages.ts';

/** Tells how often it told; `102` may not be known, and nobody else than `101` to `104` is there. */
const colours: EventPackage = {
  name: 'colours',
  contentType: 'text/colour',
  find: (_watcher, target) => (target === '102' ? { status: 403 } : { resource: target }),
  writer: (resource) => {
    let n = 0;
    return () => `${resource} ${n++}`;
  },
};
const sizes: EventPackage = { ...colours, name: 'sizes', contentType: 'text/size' };

let clock: ManualClock;
let layer: TransactionLayer;
let notifier: Notifier;
let flow: FakeFlow;
let user: string;
let count: number;

beforeEach(() => {
  clock = new ManualClock();
  flow = new FakeFlow();
  user = '101';
  count = 0;
  layer = new TransactionLayer(clock, {
    handleRequest: (subscribe, transaction) => {
      if (transaction !== null) notifier.handle(subscribe, transaction, user);
    },
  });
  const contactFor = () => '<sip:pbx@127.0.0.1:5062;transport=ws>';
  notifier = new Notifier({ clock, logger: silentLogger, layer, contactFor, packages: [colours, sizes] });
});

const ASK = ['Event: colours', 'Contact: <sip:a@phone.invalid>'];

function send(sketch: RequestSketch = {}): void {
  const n = ++count;
  const all = { method: 'SUBSCRIBE', uri: 'sip:103@dialtree.test', branch: `z9hG4bK${n}`, headers: ASK, ...sketch };
  layer.receive(request({ callId: 'watch', cseq: n, ...all }), flow);
}

const expiring = (seconds: number | string) => [...ASK, `Expires: ${seconds}`];
const notifies = (): SipRequest[] =>
  flow.sent.flatMap((text, index) => (text.startsWith('NOTIFY') ? [flow.request(index)] : []));
const states = () => notifies().map((notify) => notify.headers.get('Subscription-State'));
const answer = (status: number, ...extra: readonly string[]) => {
  const last = flow.sent.findLast((text) => text.startsWith('NOTIFY')) ?? '';
  layer.receive(responseTo(last, status, 'watch', extra), flow);
};
/** The final response to the last SUBSCRIBE. */
const response = () => {
  const index = flow.sent.findLastIndex((text) => text.startsWith('SIP/2.0'));
  return flow.response(index);
};
/** A subscription that was told for the first time. */
const subscribe = (sketch: RequestSketch = {}): string => {
  send(sketch);
  expect(response().status).toBe(200);
  answer(200);
  return response().toTag ?? '';
};

describe('[SU1] a subscription', () => {
  test.each([
    [[], 3600],
    [['Expires: 600'], 600],
    [['Expires: 4000000000'], 3600],
  ])('that asks for %j', (headers, granted) => {
    send({ headers: [...ASK, ...headers] });
    expect(flow.lines).toEqual(['200 OK', 'NOTIFY sip:a@phone.invalid']);
    expect(response().headers.get('Expires')).toBe(String(granted));
    expect(response().headers.get('Contact')).toContain('sip:pbx@');
    const [notify] = notifies();
    expect(notify).toMatchObject({ callId: 'watch', toTag: 'ft', body: '103 0', contentType: 'text/colour' });
    expect(notify?.fromTag).toBe(response().toTag);
    expect(notify?.headers.get('Event')).toBe('colours');
    expect(states()).toEqual([`active;expires=${granted}`]);
  });

  test('keeps the id of its event, and may be written short', () => {
    send({ headers: ['o: colours;id=7', 'm: <sip:a@phone.invalid>', 'Accept: text/*;q=0.5'] });
    expect(notifies()[0]?.headers.get('Event')).toBe('colours;id=7');
  });
});

describe('[SU2] [SU3] what is refused', () => {
  test.each([
    [['Event: shapes', ASK[1]], 489, 'Allow-Events', 'colours, sizes'],
    [[ASK[1]], 489, 'Allow-Events', 'colours, sizes'],
    [[...ASK, 'Event: sizes'], 400],
    [['Event: ;id=1', ASK[1]], 400],
    [['Event: colours;id="a b"', ASK[1]], 400],
    [[...ASK, 'Accept: text/size'], 406, 'Accept', 'text/colour'],
    [['Event: colours'], 400],
    [['Event: colours', 'Contact: *'], 400],
    [expiring(59), 423, 'Min-Expires', '60'],
    [expiring('soon'), 400],
    [expiring('-1'), 400],
  ] as const)('%j: %i', (headers, status, name = undefined, value = undefined) => {
    send({ headers: headers as string[] });
    expect(response().status).toBe(status);
    expect(response().toTag).toBeDefined();
    if (name !== undefined) expect(response().headers.get(name)).toBe(value);
    expect([notifier.size, notifies()]).toEqual([0, []]);
  });

  test('what another may not be told', () => {
    send({ uri: 'sip:102@dialtree.test' });
    expect(response().status).toBe(403);
  });
});

test('[SU2] whatever a SUBSCRIBE says, it gets one answer and nothing breaks', () => {
  const value = fc.oneof(
    fc.string({ maxLength: 40 }).map((text) => text.replace(/[\r\n]/g, ' ')),
    fc.constantFrom('colours', 'colours;id=1', '0', '600', '<sip:a@b>', '*', '"', ';;', 'text/colour', 'a/b;q=x'),
  );
  const name = fc.constantFrom('Event', 'Expires', 'Accept', 'Contact', 'o', 'm');
  fc.assert(
    fc.property(fc.array(fc.tuple(name, value), { maxLength: 8 }), (headers) => {
      const before = flow.lines.filter((line) => /^\d/.test(line)).length;
      send({ callId: `fuzz${count}`, headers: headers.map(([key, text]) => `${key}: ${text}`) });
      expect(flow.lines.filter((line) => /^\d/.test(line)).length).toBe(before + 1);
      expect([200, 400, 406, 423, 489]).toContain(response().status);
    }),
  );
  notifier.close();
});

test('[SU4] a question without a subscription', () => {
  send({ headers: expiring(0) });
  expect(response().headers.get('Expires')).toBe('0');
  expect(states()).toEqual(['terminated;reason=timeout']);
  expect(notifies()[0]?.body).toBe('103 0');
  expect(notifier.size).toBe(0);
});

describe('[SU5] in the dialog', () => {
  test('a refresh is told the state anew, at once, and goes where it says', () => {
    const toTag = subscribe();
    clock.advance(100);
    send({ toTag, headers: ['Event: colours', 'Contact: <sip:b@phone.invalid>', 'Expires: 90'] });
    expect(notifies().at(-1)).toMatchObject({ uri: 'sip:b@phone.invalid', body: '103 1', cseq: { number: 2 } });
    expect(states().at(-1)).toBe('active;expires=90');
    answer(200);
    clock.advance(89_000);
    expect(notifier.size).toBe(1);
  });

  test('Expires: 0 ends it', () => {
    const toTag = subscribe();
    send({ toTag, headers: expiring(0) });
    expect(response()).toMatchObject({ status: 200 });
    expect(states().at(-1)).toBe('terminated;reason=timeout');
    expect(notifier.size).toBe(0);
    send({ toTag });
    expect(response().status).toBe(481);
  });

  test('what does not fit is refused, and the subscription goes on', () => {
    const toTag = subscribe();
    send({ toTag: 'unknown' });
    expect(response().status).toBe(481);
    send({ toTag, headers: ['Event: sizes', ASK[1] ?? ''] });
    expect(response().status).toBe(481);
    send({ toTag, headers: ['Event: colours;id=1', ASK[1] ?? ''] });
    expect(response().status).toBe(481);
    user = '104';
    send({ toTag });
    expect(response().status).toBe(403);
    user = '101';
    send({ toTag, cseq: 1 });
    expect(response().status).toBe(500);
    expect([notifier.size, notifies().length]).toEqual([1, 1]);
  });
});

describe('[SU6] changes', () => {
  test('are told to who asked for them, and to nobody else', () => {
    subscribe();
    clock.advance(250);
    notifier.noteChange('colours', '104');
    notifier.noteChange('sizes', '103');
    expect(notifies()).toHaveLength(1);
    notifier.noteChange('colours', '103');
    expect(notifies().at(-1)).toMatchObject({ body: '103 1', cseq: { number: 2 } });
    expect(states().at(-1)).toBe('active;expires=3600');
  });

  test('soon after one another are one', () => {
    subscribe();
    for (let i = 0; i < 5; i++) notifier.noteChange('colours', '103');
    expect(notifies()).toHaveLength(1);
    clock.advance(250);
    expect(notifies().map(({ body }) => body)).toEqual(['103 0', '103 1']);
  });

  test('wait for the answer to the last', () => {
    send();
    notifier.noteChange('colours', '103');
    clock.advance(1000);
    notifier.noteChange('colours', '103');
    expect(notifies()).toHaveLength(1);
    answer(200);
    expect(notifies()).toHaveLength(2);
  });
});

describe('[SU7] a NOTIFY that fails', () => {
  test.each([481, 405, 500, 603])('with %i ends it', (status) => {
    send();
    answer(status);
    expect([notifier.size, notifies().length]).toEqual([0, 1]);
    expect(clock.pending).toBeLessThanOrEqual(2);
  });

  test('unanswered ends it', () => {
    send();
    clock.advance(31_999);
    expect(notifier.size).toBe(1);
    clock.advance(1);
    expect([notifier.size, notifies().length]).toEqual([0, 1]);
  });

  test('with a time to come back is sent again then', () => {
    send();
    answer(503, 'Retry-After: 5');
    clock.advance(4999);
    expect(notifies()).toHaveLength(1);
    clock.advance(1);
    expect(notifies().at(-1)?.body).toBe('103 1');
    answer(200);
    expect(notifier.size).toBe(1);
  });
});

test('[SU8] nobody refreshes it', () => {
  subscribe({ headers: expiring(60) });
  clock.advance(59_999);
  expect(notifier.size).toBe(1);
  clock.advance(1);
  expect(states().at(-1)).toBe('terminated;reason=timeout');
  answer(200);
  clock.advance(60_000);
  expect([notifier.size, layer.size, clock.pending]).toEqual([0, 0, 0]);
});

test('[SU9] it goes with its connection', () => {
  subscribe();
  const other = flow;
  flow = new FakeFlow();
  subscribe({ callId: 'second' });
  other.close();
  layer.handleFlowClosed(other);
  notifier.handleFlowClosed(other);
  expect(notifier.size).toBe(1);
  clock.advance(250);
  notifier.noteChange('colours', '103');
  expect(notifies()).toHaveLength(2);
});

test('[SU10] a user has 300 at most', () => {
  for (let i = 0; i < 300; i++) subscribe({ callId: `many${i}` });
  user = '104';
  subscribe({ callId: 'another user' });
  user = '101';
  expect(notifier.size).toBe(301);
  send({ callId: 'one more' });
  expect(notifier.size).toBe(301);
  const ended = notifies().filter((notify) => notify.headers.get('Subscription-State')?.startsWith('terminated'));
  expect(ended.map(({ callId }) => callId)).toEqual(['many0']);
  expect(ended[0]?.headers.get('Subscription-State')).toBe('terminated;reason=rejected');
});

describe('[SU11] the end', () => {
  test('of the server', () => {
    subscribe();
    notifier.close();
    expect(states().at(-1)).toBe('terminated;reason=probation;retry-after=30');
    layer.close();
    expect([notifier.size, clock.pending]).toEqual([0, 0]);
  });

  test('of a user', () => {
    subscribe();
    notifier.removeUser('104');
    expect(notifier.size).toBe(1);
    notifier.removeUser('101');
    expect(states().at(-1)).toBe('terminated;reason=rejected');
    expect(serialise(notifies().at(-1)!)).toContain('Subscription-State');
  });
});
