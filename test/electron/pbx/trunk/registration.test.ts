import { beforeEach, describe, expect, test } from 'vitest';
import { Registration, type RegistrationState } from '../../../../electron/pbx/trunk/registration.ts';
import { DigestClient } from '../../../../electron/sip/digest-client.ts';
import { SipResponse } from '../../../../electron/sip/message.ts';
import { TransactionLayer } from '../../../../electron/sip/transactions/layer.ts';
import { ManualClock } from '../../../../shared/lib/clock.ts';
import { FakeFlow } from '../../../support/sip/fake-flow.ts';
import { responseTo } from '../../../support/sip/messages.ts';

const CONTACT = '<sip:trunk@127.0.0.1:5062;transport=udp>';
const CHALLENGE = 'WWW-Authenticate: Digest realm="provider", nonce="n1", algorithm=SHA-256, qop="auth"';
/** Keep-alives are counted apart from messages. */
class BeatingFlow extends FakeFlow {
  beats = 0;

  override send(text: string): boolean {
    if (text !== '\r\n\r\n') return super.send(text);
    this.beats += 1;
    return true;
  }
}

let clock: ManualClock;
let flow: BeatingFlow;
let layer: TransactionLayer;
let states: RegistrationState[];
let registration: Registration;
let opening: Promise<FakeFlow> | undefined;

beforeEach(() => {
  clock = new ManualClock();
  flow = new BeatingFlow('UDP');
  states = [];
  opening = undefined;
  layer = new TransactionLayer(clock, { handleRequest: () => {} });
  registration = new Registration({
    clock,
    way: {
      flow: () => opening ?? Promise.resolve(flow),
      contactFor: () => CONTACT,
      send: (request, over, events) => layer.send(request, over, events),
    },
    digest: new DigestClient('trunk', 'secret-word'),
    aor: 'sip:trunk@provider.test',
    registrar: 'sip:provider.test',
    product: 'Dialtree',
    onState: (state) => states.push(state),
    random: () => 0,
  });
});

/** Lets promises run. */
const settle = () => new Promise<void>((resolve) => setImmediate(resolve));

async function begin(): Promise<void> {
  registration.start();
  await settle();
}

function answer(status: number, extra: readonly string[] = []): void {
  const parsed = responseTo(flow.sent.at(-1) ?? '', status, 'tt', extra);
  if (parsed instanceof SipResponse) layer.receive(parsed, flow);
}

const taken = (seconds = 3600) => answer(200, [`Contact: ${CONTACT};expires=${seconds}`]);

async function advance(byMs: number): Promise<void> {
  clock.advance(byMs);
  await settle();
}

const registers = () => new Set(flow.sent).size;
const status = () => registration.state.status;

describe('[TG1] signing in', () => {
  test('asks for an hour, answers the challenge, is registered', async () => {
    await begin();
    const first = flow.request();
    expect([first.method, first.uri, first.headers.get('Expires')]).toEqual(['REGISTER', 'sip:provider.test', '3600']);
    expect([first.to.uri, first.from.uri]).toEqual(['sip:trunk@provider.test', 'sip:trunk@provider.test']);
    expect(first.headers.get('Contact')).toBe(CONTACT);
    answer(401, [CHALLENGE]);
    expect(flow.request().headers.get('Authorization')).toContain('algorithm=SHA-256');
    expect(flow.request().cseq.number).toBe(2);
    taken();
    expect(status()).toBe('registered');
  });

  test('407 is answered, too', async () => {
    await begin();
    answer(407, [CHALLENGE.replace('WWW', 'Proxy')]);
    expect(flow.request().headers.has('Proxy-Authorization')).toBe(true);
  });
});

describe('[TG2] refreshing', () => {
  test('60 s before the end, in the same dialogue of Call-ID and tag, with credentials at once', async () => {
    await begin();
    answer(401, [CHALLENGE]);
    taken();
    const before = flow.request();
    await advance(3_539_999);
    expect(flow.request().cseq.number).toBe(2);
    await advance(1);
    const after = flow.request();
    expect(after.cseq.number).toBe(3);
    expect([after.callId, after.fromTag]).toEqual([before.callId, before.fromTag]);
    expect(after.headers.get('Authorization')).toContain('nc=00000002');
    taken();
    expect(states.map((state) => state.status)).toEqual(['connecting', 'registered']);
  });

  test.each([
    [100, 50_000],
    [200, 140_000],
    [4, 5000],
  ])('granted %d s: after %d ms', async (seconds, refreshMs) => {
    await begin();
    taken(seconds);
    await advance(refreshMs - 1);
    expect(registers()).toBe(1);
    await advance(1);
    expect(registers()).toBe(2);
  });

  test('without a Contact of ours, Expires counts; other bindings do not', async () => {
    await begin();
    answer(200, ['Contact: <sip:trunk@192.0.2.1>;expires=7', 'Expires: 100']);
    await advance(49_999);
    expect(registers()).toBe(1);
    await advance(1);
    expect(registers()).toBe(2);
  });

  test('a nonce that became stale meanwhile is replaced and the state stays', async () => {
    await begin();
    answer(401, [CHALLENGE]);
    taken();
    await advance(3_540_000);
    answer(401, [CHALLENGE.replace('n1', 'n2')]);
    expect(flow.request().headers.get('Authorization')).toContain('nonce="n2"');
    taken();
    expect(states.map((state) => state.status)).toEqual(['connecting', 'registered']);
  });
});

describe('[TG9] keeping the way back open', () => {
  test('while it is registered, and not longer', async () => {
    await begin();
    await advance(30_000);
    expect(flow.beats).toBe(0);
    taken();
    await advance(74_999);
    expect(flow.beats).toBe(2);
    await advance(1);
    expect(flow.beats).toBe(3);
    registration.handleFlowClosed(flow);
    await advance(1000);
    const before = flow.beats;
    await advance(60_000);
    expect(flow.beats).toBe(before);
  });

  test('less often over connections', async () => {
    flow = new BeatingFlow('WS');
    await begin();
    taken();
    await advance(99_999);
    expect(flow.beats).toBe(0);
    await advance(1);
    expect(flow.beats).toBe(1);
  });
});

describe('[TG3] 423', () => {
  test('the time that the server wants is asked for at once', async () => {
    await begin();
    answer(423, ['Min-Expires: 7200']);
    await settle();
    expect(flow.request().headers.get('Expires')).toBe('7200');
    taken(7200);
    expect(status()).toBe('registered');
  });

  test.each([['Min-Expires: 60'], ['Min-Expires: soon'], ['X-Nothing: 1']])('%s is a refusal', async (header) => {
    await begin();
    answer(423, [header]);
    expect(states.at(-1)).toMatchObject({ status: 'refused', sipStatus: 423 });
  });

  test('the same again is a refusal', async () => {
    await begin();
    answer(423, ['Min-Expires: 7200']);
    await settle();
    answer(423, ['Min-Expires: 7200']);
    expect(status()).toBe('refused');
  });
});

describe('[TG4] trouble', () => {
  test.each([408, 480, 500, 503, 600])('%d is unreachable, tried again after a while', async (code) => {
    await begin();
    answer(code);
    expect(states.at(-1)).toMatchObject({ status: 'unreachable', sipStatus: code });
    await advance(2499);
    expect(registers()).toBe(1);
    await advance(1);
    expect(registers()).toBe(2);
    taken();
    expect(status()).toBe('registered');
  });

  test('the wait doubles up to 10 min, half of it at random, and begins anew after a success', async () => {
    await begin();
    const waits: number[] = [];
    for (let i = 0; i < 9; i++) {
      answer(503);
      const due = (clock.nextDueMs ?? 0) - clock.nowMs();
      // Timer K of the answered transaction may be due before.
      clock.advance(Math.min(due, 2500));
      const begun = registers();
      let waited = Math.min(due, 2500);
      while (registers() === begun && waited < 700_000) {
        await advance(500);
        waited += 500;
      }
      waits.push(waited);
    }
    expect(waits.slice(1)).toEqual([5000, 10_000, 20_000, 40_000, 80_000, 160_000, 300_000, 300_000]);
    taken();
    await advance(3_540_000);
    answer(503);
    const begun = registers();
    await advance(2500);
    expect(registers()).toBe(begun + 1);
  });

  test('Retry-After is obeyed', async () => {
    await begin();
    answer(503, ['Retry-After: 120']);
    await advance(119_999);
    expect(registers()).toBe(1);
    await advance(1);
    expect(registers()).toBe(2);
  });

  test('no answer at all', async () => {
    await begin();
    await advance(32_000);
    expect(states.at(-1)).toEqual({ status: 'unreachable', sipStatus: null, reason: 'no answer' });
  });

  test('no way there', async () => {
    opening = Promise.reject(new Error('there is no such name'));
    await begin();
    expect(states.at(-1)).toEqual({ status: 'unreachable', sipStatus: null, reason: 'there is no such name' });
    opening = undefined;
    await advance(2500);
    taken();
    expect(status()).toBe('registered');
  });

  test('a connection that is lost takes the registration with it', async () => {
    await begin();
    taken();
    registration.handleFlowClosed(new FakeFlow());
    expect(status()).toBe('registered');
    registration.handleFlowClosed(flow);
    expect(states.at(-1)).toMatchObject({ status: 'unreachable', reason: 'connection lost' });
    await advance(2500);
    expect(registers()).toBe(2);
  });
});

test('[TG4] a connection that closes while the next try is waited for changes nothing', async () => {
  await begin();
  answer(503);
  registration.handleFlowClosed(flow);
  await advance(2500);
  expect(registers()).toBe(2);
  taken();
  expect(states.map((state) => state.status)).toEqual(['connecting', 'unreachable', 'registered']);
});

describe('[TG5] refusals', () => {
  test('a wrong password is sent once, and the line waits 30 min', async () => {
    await begin();
    answer(401, [CHALLENGE]);
    answer(401, [CHALLENGE.replace('n1', 'n2')]);
    expect(states.at(-1)).toEqual({ status: 'refused', sipStatus: 401, reason: 'wrong user or password' });
    await advance(1_799_999);
    expect(registers()).toBe(2);
    await advance(1);
    expect(registers()).toBe(3);
  });

  test.each([302, 403, 404, 420])('%d is a refusal', async (code) => {
    await begin();
    answer(code);
    expect(states.at(-1)).toMatchObject({ status: 'refused', sipStatus: code });
  });
});

test('[TG6] states carry no secret, and nothing is told twice', async () => {
  await begin();
  answer(401, [CHALLENGE]);
  taken();
  await advance(3_540_000);
  taken();
  const stopped = registration.stop();
  answer(200);
  await stopped;
  expect(states.map((state) => state.status)).toEqual(['connecting', 'registered', 'off']);
  expect(JSON.stringify(states)).not.toContain('secret-word');
  expect(flow.sent.join()).not.toContain('secret-word');
});

describe('[TG7] stopping', () => {
  test('takes the binding back with known credentials', async () => {
    await begin();
    answer(401, [CHALLENGE]);
    taken();
    const stopped = registration.stop();
    expect(flow.request().headers.get('Expires')).toBe('0');
    expect(flow.request().headers.get('Authorization')).toContain('nc=00000002');
    answer(200);
    await stopped;
    expect(status()).toBe('off');
    layer.close();
    expect(clock.pending).toBe(0);
  });

  test('does not wait longer than 1 s', async () => {
    await begin();
    taken();
    const stopped = registration.stop();
    clock.advance(1000);
    await stopped;
    layer.close();
    expect(clock.pending).toBe(0);
  });

  test('who is not registered has nothing to take back; a late answer changes nothing', async () => {
    await begin();
    await registration.stop();
    expect(registers()).toBe(1);
    taken();
    expect(status()).toBe('off');
    layer.close();
    expect(clock.pending).toBe(0);
  });
});
