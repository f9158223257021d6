import { SipHeaders } from './headers.ts';
import { newBranch } from './ids.ts';
import { formatVia, SipRequest } from './message.ts';

/** Headers with credentials: they hold for one request only. */
const CREDENTIALS = ['Authorization', 'Proxy-Authorization'];

/** The request to be sent again (RFC 3261 8.1.3.5): same Call-ID, To and From; the next CSeq; a transaction of its own. Without credentials. */
export function retryOf(request: SipRequest): SipRequest {
  const headers = new SipHeaders();
  for (const [name, value] of request.headers.entries()) headers.append(name, value);
  for (const name of CREDENTIALS) headers.delete(name);
  const params = new Map(request.via.params).set('branch', newBranch());
  headers.set('Via', formatVia({ ...request.via, params }));
  headers.set('CSeq', `${request.cseq.number + 1} ${request.method}`);
  return new SipRequest(request.method, request.uri, headers, request.body);
}
