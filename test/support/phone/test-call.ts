import type { Dialog } from '../../../electron/sip/dialog.ts';
import type { SipRequest } from '../../../electron/sip/message.ts';
import { IncomingSession } from '../../../electron/sip/session/incoming.ts';
import { OutgoingSession } from '../../../electron/sip/session/outgoing.ts';
import type { SessionEnd } from '../../../electron/sip/session/session.ts';
import { eventually } from '../eventually.ts';
import { TestMedia } from './test-media.ts';
import type { TestPhone } from './test-phone.ts';

/** A call as a test's phone sees it. */
export class TestCall {
  readonly media: TestMedia;
  readonly phone: TestPhone;
  session: OutgoingSession | IncomingSession;
  ended: SessionEnd | undefined;
  /** Final error of an outgoing call. */
  rejectedWith: number | undefined;
  rang = false;
  answeredAtMs: number | undefined;

  constructor(phone: TestPhone, session: OutgoingSession | IncomingSession, media = new TestMedia()) {
    this.phone = phone;
    this.session = session;
    this.media = media;
    this.watch();
  }

  watch(): void {
    this.session.setEvents({
      onOffer: () => Promise.reject(new Error('not expected')),
      onInfo: () => false,
      onEnded: (end) => {
        this.ended = end;
        void this.media.close();
      },
    });
  }

  /** The INVITE of a call that came in. */
  get invite(): SipRequest {
    if (!(this.session instanceof IncomingSession)) throw new Error('not an incoming call');
    return this.session.request;
  }

  ring(): void {
    if (this.session instanceof IncomingSession) this.session.ring();
  }

  async answer(): Promise<void> {
    if (!(this.session instanceof IncomingSession)) throw new Error('not an incoming call');
    this.session.answer(await this.media.answer(this.invite.body));
    this.answeredAtMs = performance.now();
  }

  reject(status: number): void {
    if (this.session instanceof IncomingSession) this.session.reject(status);
  }

  hangUp(): void {
    this.session.bye('Q.850;cause=16');
  }

  /** Gives up before an answer. */
  giveUp(): void {
    if (this.session instanceof OutgoingSession) this.session.cancel('SIP;cause=487');
  }

  /** Names this call's dialog, as a Replaces header does (RFC 3891): the tags as the server sees them. */
  get replaces(): string {
    const { callId, dialog } = this.session as unknown as { callId: string; dialog: Dialog | undefined };
    return `${callId};to-tag=${dialog?.remoteTag ?? 'none'};from-tag=${dialog?.localTag ?? 'none'}`;
  }

  /** Sends a request inside the call and gives its final status. */
  request(method: string, body: string, contentType = ''): Promise<{ status: number; body: string }> {
    return this.phone.requestIn(this.session, method, body, contentType);
  }

  /** Transfers the far end; gives the status of the REFER. */
  async transfer(...targets: readonly string[]): Promise<number> {
    const headers = targets.map((target) => ['Refer-To', target] as const);
    return (await this.phone.requestIn(this.session, 'REFER', '', '', headers)).status;
  }

  pressByInfo(digit: string): Promise<{ status: number }> {
    return this.request('INFO', `Signal=${digit}\r\nDuration=160\r\n`, 'application/dtmf-relay');
  }

  /** Puts the far end on hold, or takes it back, by re-INVITE. Gives the direction that was answered. */
  async setDirection(direction: 'sendonly' | 'inactive' | 'sendrecv'): Promise<string> {
    const offer = (this.media.pc.localDescription?.sdp ?? '').replace(
      /^a=(sendrecv|sendonly|recvonly|inactive)\r$/m,
      `a=${direction}\r`,
    );
    const { status, body } = await this.request('INVITE', offer, 'application/sdp');
    if (status !== 200) throw new Error(`re-INVITE failed with ${status}`);
    return /^a=(sendrecv|sendonly|recvonly|inactive)\r$/m.exec(body)?.[1] ?? 'none';
  }

  untilEnded(timeoutMs?: number): Promise<SessionEnd> {
    return eventually('the end of the call', () => this.ended, timeoutMs);
  }
}
