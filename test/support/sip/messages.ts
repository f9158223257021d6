import { SipRequest, SipResponse } from '../../../electron/sip/message.ts';
import { parseMessage } from '../../../electron/sip/parse.ts';

export interface RequestSketch {
  readonly method?: string;
  readonly uri?: string;
  readonly branch?: string;
  /** Written before From's URI, e.g. a quoted display name. */
  readonly fromName?: string;
  readonly from?: string;
  readonly fromTag?: string;
  readonly to?: string;
  readonly toTag?: string;
  readonly callId?: string;
  readonly cseq?: number;
  readonly headers?: readonly string[];
  readonly body?: string;
}

/** Text of a request; what is not said has a default. */
export function requestText(sketch: RequestSketch = {}): string {
  const { method = 'OPTIONS', uri = 'sip:100@dialtree.test', branch = 'z9hG4bKa', callId = 'call-1' } = sketch;
  const { from = 'sip:101@dialtree.test', fromTag = 'ft', to = uri, toTag, cseq = 1, headers = [], body = '' } = sketch;
  return [
    `${method} ${uri} SIP/2.0`,
    `Via: SIP/2.0/WS phone.invalid;branch=${branch}`,
    'Max-Forwards: 70',
    `From: ${sketch.fromName ?? ''} <${from}>;tag=${fromTag}`,
    `To: <${to}>${toTag === undefined ? '' : `;tag=${toTag}`}`,
    `Call-ID: ${callId}`,
    `CSeq: ${cseq} ${method}`,
    ...headers,
    `Content-Length: ${Buffer.byteLength(body)}`,
    '',
    body,
  ].join('\r\n');
}

export function request(sketch: RequestSketch = {}): SipRequest {
  return parsed(requestText(sketch), SipRequest);
}

/** A response to a text that went out. */
export function responseTo(sent: string, status: number, toTag = 'tt', extra: readonly string[] = []): SipResponse {
  const lines = sent.split('\r\n');
  const of = (name: string): string[] => lines.filter((line) => line.startsWith(`${name}:`));
  const to = of('To').map((line) => (line.includes(';tag=') || status === 100 ? line : `${line};tag=${toTag}`));
  const copied = [...of('Via'), ...of('From'), ...to, ...of('Call-ID'), ...of('CSeq'), ...extra];
  return parsed([`SIP/2.0 ${status} Reason`, ...copied, 'Content-Length: 0', '', ''].join('\r\n'), SipResponse);
}

function parsed<Kind>(text: string, kind: new (...args: never[]) => Kind): Kind {
  const result = parseMessage(text);
  if (!result.ok) throw new Error(result.reason);
  if (!(result.message instanceof kind)) throw new Error('of the other kind');
  return result.message;
}
