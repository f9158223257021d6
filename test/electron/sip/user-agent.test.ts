import { beforeEach, describe, expect, test } from 'vitest';
import { digestResponse, digestSecret, parseDigestFields } from '../../../electron/sip/digest.ts';
import { serialise } from '../../../electron/sip/serialise.ts';
import type { IncomingSession } from '../../../electron/sip/session/incoming.ts';
import type { SessionEnd } from '../../../electron/sip/session/session.ts';
import { UserAgent } from '../../../electron/sip/user-agent.ts';
import { ManualClock } from '../../../shared/lib/clock.ts';
import { FakeFlow, FakeTransport } from '../../support/sip/fake-flow.ts';
import { type RequestSketch, requestText, responseTo } from '../../support/sip/messages.ts';

const REALM = 'dialtree.test';
const OFFER = { headers: ['Contact: <sip:a@phone.invalid>', 'Content-Type: application/sdp'], body: 'v=0\r\n' };
let clock: ManualClock;
let transport: FakeTransport;
let agent: UserAgent;
let sessions: IncomingSession[];
let phone: FakeFlow;
let branch = 0;

beforeEach(async () => {
  clock = new ManualClock();
  transport = new FakeTransport();
  sessions = [];
  phone = new FakeFlow();
  agent = new UserAgent({
    clock,
    transports: [transport],
    realm: REALM,
    product: 'Dialtree',
    secretOf: (user) => (user === '101' || user === '102' ? digestSecret(user, REALM, 'pw') : undefined),
    onInvite: (session) => sessions.push(session),
    onRegistration: () => {},
    reconnectGraceMs: 4000,
  });
  await agent.listen();
});

function receive(sketch: RequestSketch, flow = phone): void {
  transport.receive(flow, requestText({ branch: `z9hG4bK${++branch}`, ...sketch }));
}

function authorise(method: string, uri: string, flow: FakeFlow, user = '101', password = 'pw'): string {
  const challenge = flow.response();
  const name = challenge.status === 401 ? 'WWW-Authenticate' : 'Proxy-Authenticate';
  const nonce = parseDigestFields(challenge.headers.get(name) ?? '')?.get('nonce') ?? '';
  const answer = { algorithm: 'SHA-256', nonce, uri, qop: 'auth', cnonce: 'c', nc: '00000001' } as const;
  const response = digestResponse(digestSecret(user, REALM, password).sha256Ha1, method, answer);
  const header = challenge.status === 401 ? 'Authorization' : 'Proxy-Authorization';
  return `${header}: Digest username="${user}", realm="${REALM}", nonce="${nonce}", uri="${uri}", response="${response}", algorithm=SHA-256, qop=auth, cnonce="c", nc=00000001`;
}

function register(flow = phone, user = '101', password = 'pw', contact = 'sip:a@phone.invalid'): number {
  const sketch = { method: 'REGISTER', uri: `sip:${REALM}`, from: `sip:${user}@${REALM}`, to: `sip:${user}@${REALM}` };
  const headers = [`Contact: <${contact}>`];
  receive({ ...sketch, callId: `reg${branch}`, headers }, flow);
  const authorization = authorise('REGISTER', `sip:${REALM}`, flow, user, password);
  receive({ ...sketch, callId: `reg${branch}`, cseq: 2, headers: [...headers, authorization] }, flow);
  const { status } = flow.response();
  flow.sent.length = 0;
  return status;
}

describe('who may do what', () => {
  test('a REGISTER is challenged with 401, SHA-256 first, and then taken', () => {
    receive({ method: 'REGISTER', uri: `sip:${REALM}` });
    const algorithms = phone
      .response()
      .headers.getAll('WWW-Authenticate')
      .map((value) => parseDigestFields(value)?.get('algorithm'));
    expect([phone.response().status, algorithms]).toEqual([401, ['SHA-256', 'MD5']]);
    expect(register()).toBe(200);
  });

  test('a wrong password and another’s address are forbidden', () => {
    expect(register(phone, '101', 'wrong')).toBe(403);
    receive({ method: 'REGISTER', uri: `sip:${REALM}`, to: 'sip:102@dialtree.test' });
    const authorization = authorise('REGISTER', `sip:${REALM}`, phone);
    receive({
      method: 'REGISTER',
      uri: `sip:${REALM}`,
      to: 'sip:102@dialtree.test',
      cseq: 2,
      headers: [authorization],
    });
    expect(phone.response().status).toBe(403);
    expect(agent.registrar.users()).toEqual([]);
  });

  test.each(['INVITE', 'OPTIONS', 'INFO', 'BYE', 'UPDATE'])('an unregistered %s is challenged with 407', (method) => {
    receive({ method });
    expect(phone.response().status).toBe(407);
    expect(sessions).toEqual([]);
  });

  test('a registration counts on its own connection only, and only for its own user', () => {
    register();
    receive({ method: 'OPTIONS' });
    expect(phone.response().status).toBe(200);
    receive({ method: 'OPTIONS' }, new FakeFlow());
    const stranger = new FakeFlow();
    receive({ method: 'INVITE', ...OFFER }, stranger);
    expect(stranger.response().status).toBe(407);
    receive({ method: 'OPTIONS', from: 'sip:102@dialtree.test', cseq: 2 });
    expect(phone.response().status).toBe(407);
  });

  test('an INVITE may prove itself by digest, but not as somebody else', () => {
    receive({ method: 'INVITE', ...OFFER });
    const authorization = authorise('INVITE', 'sip:100@dialtree.test', phone);
    receive({ method: 'INVITE', ...OFFER, cseq: 2, headers: [...OFFER.headers, authorization] });
    expect(sessions).toHaveLength(1);
    receive({ method: 'INVITE', ...OFFER, from: 'sip:102@dialtree.test', callId: 'c2' });
    const wrong = authorise('INVITE', 'sip:100@dialtree.test', phone);
    receive({ method: 'INVITE', ...OFFER, from: 'sip:102@dialtree.test', callId: 'c2', cseq: 2, headers: [wrong] });
    expect(phone.response().status).toBe(403);
  });
});

describe('requests outside of calls', () => {
  beforeEach(() => void register());

  test('OPTIONS tells what is understood', () => {
    receive({ method: 'OPTIONS' });
    expect(phone.response().headers.get('Allow')).toContain('UPDATE');
    expect(phone.response().headers.get('Accept')).toContain('application/sdp');
  });

  test.each([
    ['MESSAGE', {}, 405],
    ['SUBSCRIBE', {}, 405],
    ['OPTIONS', { headers: ['Require: nothingSupportsThis, nothingSupportsThisEither'] }, 420],
    ['INFO', {}, 481],
    ['BYE', { toTag: 'unknown' }, 481],
    ['CANCEL', {}, 481],
  ])('%s %j → %i', (method, sketch, status) => {
    receive({ method, ...sketch });
    expect(phone.response().status).toBe(status);
    if (status === 405) expect(phone.response().headers.get('Allow')).toContain('INVITE');
    if (status === 420) expect(phone.response().headers.get('Unsupported')).toContain('nothingSupportsThisEither');
  });

  test('[3261 18.2.1, 3581] the answer says where the request really came from', () => {
    transport.receive(phone, requestText().replace('branch=z9hG4bKa', 'branch=z9hG4bKr;rport'));
    const { params } = phone.response().via;
    expect([params.get('received'), params.get('rport')]).toEqual(['192.0.2.7', '40000']);
  });

  test('what is malformed gets 400 and the reason; an ACK gets nothing', () => {
    transport.receive(phone, requestText().replace('CSeq: 1 ', 'CSeq: x '));
    expect(phone.lines.at(-1)).toBe('400 Bad CSeq');
    const before = phone.sent.length;
    transport.receive(phone, requestText({ method: 'ACK' }).replace('CSeq: 1 ', 'CSeq: x '));
    transport.receive(phone, 'garbage');
    expect(phone.sent).toHaveLength(before);
  });
});

describe('a call that comes in', () => {
  let ends: SessionEnd[];

  function invite(): IncomingSession {
    register();
    receive({ method: 'INVITE', branch: 'z9hG4bKinvite', ...OFFER });
    const session = sessions[0];
    if (session === undefined) throw new Error('no session');
    ends = [];
    session.setEvents({
      onOffer: async (sdp) => `answer to ${sdp}`,
      onInfo: (type) => type === 'application/dtmf-relay',
      onEnded: (end) => ends.push(end),
    });
    return session;
  }

  function inside(session: IncomingSession, sketch: RequestSketch, flow = phone): void {
    const toTag = session.dialogId?.split(' ')[1] ?? '';
    receive({ toTag, ...sketch }, flow);
  }

  test('100 at once, 180, 200 repeated until the ACK', () => {
    const session = invite();
    session.ring();
    session.answer('v=0');
    clock.advance(500);
    clock.advance(1000);
    expect(phone.lines).toEqual(['100 Trying', '180 Ringing', '200 OK', '200 OK', '200 OK']);
    inside(session, { method: 'ACK' });
    clock.advance(20_000);
    expect(phone.sent).toHaveLength(5);
    expect(session.state).toBe('confirmed');
  });

  test('[3261 13.3.1.4] no ACK for 64*T1: BYE, and it is over', () => {
    const session = invite();
    session.answer('v=0');
    clock.advance(32_000);
    expect(phone.request().method).toBe('BYE');
    expect(ends).toEqual([{ by: 'lost', cause: 'no-ack' }]);
    expect(session.state).toBe('ended');
  });

  test('[3261 15] hung up before the ACK: the BYE waits for it', () => {
    const session = invite();
    session.answer('v=0');
    session.bye('Q.850;cause=16');
    expect(ends).toEqual([{ by: 'local', cause: 'bye' }]);
    expect(phone.lines.at(-1)).toBe('200 OK');
    inside(session, { method: 'ACK' });
    expect(phone.request().method).toBe('BYE');
    expect(phone.request().headers.get('Reason')).toBe('Q.850;cause=16');
  });

  test('CANCEL: 200 to it, 487 to the INVITE', () => {
    invite();
    receive({ method: 'CANCEL', branch: 'z9hG4bKinvite' });
    expect(phone.lines).toEqual(['100 Trying', '200 OK', '487 Request Terminated']);
    expect(ends).toEqual([{ by: 'remote', cause: 'cancel' }]);
  });

  test('a CANCEL that comes after the answer changes nothing', () => {
    const session = invite();
    session.answer('v=0');
    receive({ method: 'CANCEL', branch: 'z9hG4bKinvite' });
    expect(phone.lines.at(-1)).toBe('200 OK');
    expect(ends).toEqual([]);
  });

  function confirmed(): IncomingSession {
    const session = invite();
    session.answer('v=0');
    inside(session, { method: 'ACK' });
    phone.sent.length = 0;
    return session;
  }

  test('BYE ends it', () => {
    const session = confirmed();
    inside(session, { method: 'BYE', cseq: 2 });
    expect(phone.lines).toEqual(['200 OK']);
    expect(ends).toEqual([{ by: 'remote', cause: 'bye' }]);
    inside(session, { method: 'BYE', cseq: 3 });
    expect(phone.lines.at(-1)).toBe('481 Call/Transaction Does Not Exist');
  });

  test('an offer by re-INVITE or UPDATE is answered, an UPDATE without one is a refresh', async () => {
    const session = confirmed();
    inside(session, { method: 'INVITE', cseq: 2, ...OFFER });
    await Promise.resolve();
    await Promise.resolve();
    expect(phone.response().body).toBe('answer to v=0\r\n');
    inside(session, { method: 'ACK', cseq: 2 });
    inside(session, { method: 'UPDATE', cseq: 3, ...OFFER });
    await Promise.resolve();
    await Promise.resolve();
    expect(phone.response().body).toBe('answer to v=0\r\n');
    inside(session, { method: 'UPDATE', cseq: 4 });
    expect([phone.response().status, phone.response().body]).toEqual([200, '']);
  });

  test('[3261 14.2] a second offer while one is open is put off; a bad one is 488', async () => {
    const session = confirmed();
    session.setEvents({ onOffer: () => Promise.reject(new Error('no codec')), onInfo: () => false, onEnded: () => {} });
    inside(session, { method: 'INVITE', cseq: 2, ...OFFER });
    inside(session, { method: 'INVITE', cseq: 3, ...OFFER });
    expect(phone.response().status).toBe(500);
    expect(phone.response().headers.get('Retry-After')).toMatch(/^(\d|10)$/);
    await Promise.resolve();
    await Promise.resolve();
    expect(phone.response().status).toBe(488);
    expect(session.state).toBe('confirmed');
  });

  test('INFO: 200 when understood, else 415; out of order 500; unknown method 405', () => {
    const session = confirmed();
    inside(session, { method: 'INFO', cseq: 5, headers: ['Content-Type: application/dtmf-relay'], body: 'Signal=1' });
    expect(phone.response().status).toBe(200);
    inside(session, { method: 'INFO', cseq: 6, headers: ['Content-Type: text/plain'], body: 'x' });
    expect(phone.response().status).toBe(415);
    inside(session, { method: 'INFO', cseq: 4 });
    expect(phone.response().status).toBe(500);
    inside(session, { method: 'PUBLISH', cseq: 7 });
    expect(phone.response().status).toBe(405);
  });

  test('another user cannot touch it', () => {
    const session = confirmed();
    const other = new FakeFlow();
    register(other, '102');
    inside(session, { method: 'BYE', from: 'sip:102@dialtree.test', cseq: 9 }, other);
    expect(other.response().status).toBe(403);
    expect(ends).toEqual([]);
  });

  test('a lost connection may come back by a request within the grace', () => {
    const session = confirmed();
    transport.drop(phone);
    clock.advance(3999);
    const again = new FakeFlow();
    register(again);
    inside(session, { method: 'UPDATE', cseq: 2 }, again);
    clock.advance(60_000);
    expect(ends).toEqual([]);
    session.bye('Q.850;cause=16');
    expect(again.request().method).toBe('BYE');
  });

  test('a phone that registers again with the same Contact is back too', () => {
    const session = confirmed();
    transport.drop(phone);
    const again = new FakeFlow();
    register(again, '101', 'pw', 'sip:a@phone.invalid;ob');
    clock.advance(60_000);
    expect([ends, session.flow]).toEqual([[], again]);
  });

  test('a lost connection that stays away ends it', () => {
    confirmed();
    transport.drop(phone);
    clock.advance(4000);
    expect(ends).toEqual([{ by: 'lost', cause: 'connection-lost' }]);
  });

  test('before the answer a lost connection ends it at once', () => {
    invite();
    transport.drop(phone);
    expect(ends).toEqual([{ by: 'lost', cause: 'connection-lost' }]);
  });

  test('close leaves nothing', async () => {
    confirmed();
    await agent.close();
    expect([agent.load, clock.pending]).toEqual([{ sessions: 0, transactions: 0 }, 0]);
  });
});

describe('a call that goes out', () => {
  let told: string[];
  const options = { target: 'sip:a@phone.invalid', from: '<sip:100@h>', to: '<sip:101@h>', sdp: 'v=0' };

  function call() {
    register();
    const [binding] = agent.registrar.bindingsOf('101');
    if (binding === undefined) throw new Error('not registered');
    told = [];
    const session = agent.invite(binding, options, {
      onRinging: () => told.push('ringing'),
      onAnswered: (sdp) => told.push(`answered ${sdp}`),
      onRejected: (status) => told.push(`rejected ${status}`),
    });
    session.start();
    return session;
  }

  function respond(status: number, at = 0): void {
    transport.receive(
      phone,
      serialise(responseTo(phone.sent[at] ?? '', status, 'tt', ['Contact: <sip:b@phone.invalid>'])),
    );
  }

  test('rings, is answered and acknowledged at the Contact of the answer, repeated answers too', () => {
    const session = call();
    respond(100);
    respond(180);
    respond(200);
    expect(told).toEqual(['ringing', 'answered ']);
    expect(phone.request().method).toBe('ACK');
    expect(phone.request().uri).toBe('sip:b@phone.invalid');
    respond(200);
    expect(phone.lines.filter((line) => line.startsWith('ACK'))).toHaveLength(2);
    session.bye('Q.850;cause=16');
    expect(phone.request().method).toBe('BYE');
  });

  test('[3261 9.1] a CANCEL waits for a provisional response and carries its Reason', () => {
    const session = call();
    session.cancel('SIP;cause=200;text="Call completed elsewhere"');
    expect(phone.sent).toHaveLength(1);
    respond(180);
    const cancel = phone.request();
    expect([cancel.method, cancel.cseq.number]).toEqual(['CANCEL', 1]);
    expect(cancel.via.params.get('branch')).toBe(phone.request(0).via.params.get('branch'));
    expect(cancel.headers.get('Reason')).toBe('SIP;cause=200;text="Call completed elsewhere"');
    respond(487);
    expect([told, session.state]).toEqual([[], 'ended']);
  });

  test('[3261 9.1] an answer that crosses the CANCEL is acknowledged and hung up', () => {
    const session = call();
    respond(180);
    session.cancel('SIP;cause=200');
    respond(200);
    expect(phone.lines.slice(-2).map((line) => line.split(' ')[0])).toEqual(['ACK', 'BYE']);
    expect([told, session.state]).toEqual([['ringing'], 'ended']);
  });

  test('a phone that never answers the CANCEL does not keep it alive', () => {
    const session = call();
    respond(180);
    session.cancel('SIP;cause=200');
    clock.advance(32_000);
    expect(session.state).toBe('ended');
  });

  test.each([486, 480, 603])('a refusal with %i is told', (status) => {
    call();
    respond(status);
    expect(told).toEqual([`rejected ${status}`]);
  });

  test('no answer at all is 408, a lost connection 503', () => {
    call();
    clock.advance(32_000);
    expect(told).toEqual(['rejected 408']);
    call();
    transport.drop(phone);
    expect(told).toEqual(['rejected 503']);
  });
});

describe('phones over UDP', () => {
  const udp = () => new FakeFlow('UDP');
  const md5 = (flow: FakeFlow, method: string, uri: string) => {
    const challenge = flow.response();
    const name = challenge.status === 401 ? 'WWW-Authenticate' : 'Proxy-Authenticate';
    const nonce = parseDigestFields(challenge.headers.get(name) ?? '')?.get('nonce') ?? '';
    const answer = { algorithm: 'MD5', nonce, uri, qop: 'auth', cnonce: 'c', nc: '00000001' } as const;
    const response = digestResponse(digestSecret('101', REALM, 'pw').md5Ha1, method, answer);
    const header = challenge.status === 401 ? 'Authorization' : 'Proxy-Authorization';
    return `${header}: Digest username="101", realm="${REALM}", nonce="${nonce}", uri="${uri}", response="${response}", algorithm=MD5, qop=auth, cnonce="c", nc=00000001`;
  };
  const uri = 'sip:100@dialtree.test';

  /** A call that is set up, and its dialog as the phone knows it. */
  function call(flow: FakeFlow): { callId: string; toTag: string } {
    const callId = `call${branch}`;
    receive({ method: 'INVITE', callId, ...OFFER }, flow);
    const authorization = md5(flow, 'INVITE', uri);
    receive({ method: 'INVITE', callId, cseq: 2, ...OFFER, headers: [...OFFER.headers, authorization] }, flow);
    sessions[0]?.answer('v=0\r\n');
    return { callId, toTag: flow.response().toTag ?? '' };
  }

  test('are offered MD5 only: many give up at what they do not know', () => {
    const flow = udp();
    receive({ method: 'INVITE', ...OFFER }, flow);
    const offered = flow.response().headers.getAll('Proxy-Authenticate');
    expect(offered.map((value) => parseDigestFields(value)?.get('algorithm'))).toEqual(['MD5']);
  });

  test('are asked for every call: the address of a datagram proves nothing', () => {
    const flow = udp();
    const sketch = { method: 'REGISTER', uri: `sip:${REALM}`, to: 'sip:101@dialtree.test', callId: 'reg' };
    const headers = ['Contact: <sip:a@192.0.2.7:40000>'];
    receive({ ...sketch, headers }, flow);
    receive({ ...sketch, cseq: 2, headers: [...headers, md5(flow, 'REGISTER', `sip:${REALM}`)] }, flow);
    expect(flow.response().status).toBe(200);
    expect(agent.registrar.bindingsOf('101')).toMatchObject([{ flow }]);
    receive({ method: 'INVITE', ...OFFER }, flow);
    expect(flow.response().status).toBe(407);
  });

  test('are not asked within a call, from their own address only', () => {
    const flow = udp();
    const dialog = call(flow);
    expect(sessions).toHaveLength(1);
    const stranger = Object.assign(udp(), { remoteAddress: '192.0.2.66' });
    receive({ method: 'BYE', ...dialog, cseq: 3 }, stranger);
    expect(stranger.response().status).toBe(407);
    receive({ method: 'ACK', ...dialog, cseq: 2 }, flow);
    receive({ method: 'BYE', ...dialog, cseq: 3 }, flow);
    expect(flow.response().status).toBe(200);
    expect(sessions[0]?.state).toBe('ended');
  });

  test('[3261 8.2.2.2] a call that comes by two paths is taken once', () => {
    const flow = udp();
    receive({ method: 'INVITE', ...OFFER }, flow);
    receive({ method: 'INVITE', ...OFFER }, flow);
    expect(flow.lines.slice(-2)).toEqual(['407 Proxy Authentication Required', '482 Loop Detected']);
  });

  test('[3261 17.2.1, 13.3.1.4] a 200 is sent again until its ACK comes; without one the call ends', () => {
    const flow = udp();
    call(flow);
    const before = flow.sent.length;
    clock.advance(500 + 1000 + 2000 + 4000);
    // The phone has not acknowledged the challenge either (Timer G).
    expect(flow.lines.slice(before).filter((line) => line === '200 OK')).toHaveLength(4);
    clock.advance(32_000);
    expect(flow.lines.at(-1)).toMatch(/^BYE/);
    clock.advance(64_000);
    expect([agent.load, clock.pending]).toEqual([{ sessions: 0, transactions: 0 }, 0]);
  });
});

describe('over TLS', () => {
  test('[3261 12.1.1] who asks by sips is answered by sips, also in what we send later', () => {
    const secure = new FakeFlow('TLS');
    const sips = { uri: `sips:${REALM}`, from: `sips:101@${REALM}`, to: `sips:101@${REALM}` };
    const contact = ['Contact: <sips:a@192.0.2.7>'];
    receive({ method: 'REGISTER', ...sips, headers: contact }, secure);
    const authorization = authorise('REGISTER', sips.uri, secure);
    receive({ method: 'REGISTER', ...sips, cseq: 2, headers: [...contact, authorization] }, secure);
    expect(secure.response().status).toBe(200);
    const headers = [...contact, 'Content-Type: application/sdp'];
    const invite = { uri: `sips:100@${REALM}`, from: sips.from, callId: 'secure', headers, body: 'v=0\r\n' };
    receive({ method: 'INVITE', ...invite }, secure);
    sessions.at(-1)?.ring();
    expect(secure.response().headers.get('Contact')).toBe('<sips:pbx@127.0.0.1:5062>');
    const [binding] = agent.registrar.bindingsOf('101');
    if (binding === undefined) throw new Error('not registered');
    const target = { target: binding.contact, from: '<sip:102@x>', to: '<sip:101@x>', sdp: 'v=0\r\n' };
    agent.invite(binding, target, { onRinging: () => {}, onAnswered: () => {}, onRejected: () => {} }).start();
    expect(secure.request()).toMatchObject({ uri: 'sips:a@192.0.2.7', via: { transport: 'TLS' } });
    expect(secure.request().headers.get('Contact')).toBe('<sips:pbx@127.0.0.1:5062>');
  });

  test('who asks by sip is answered by sip', () => {
    const secure = new FakeFlow('TLS');
    expect(register(secure)).toBe(200);
    receive({ method: 'INVITE', ...OFFER }, secure);
    sessions.at(-1)?.ring();
    expect(secure.response().headers.get('Contact')).toBe('<sip:pbx@127.0.0.1:5062;transport=tls>');
  });
});
