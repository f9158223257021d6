import type { RemoteStatus } from '../../../shared/bridge/sync.ts';
import { DialtreeError, type ErrorDetail } from '../../../shared/lib/errors.ts';

/** What an answer or a broken connection means for the state that is shown (SPEC.md, RS6). */
const STATUS_OF: Readonly<Record<string, RemoteStatus>> = {
  'sync/unreachable': 'offline',
  'sync/timeout': 'offline',
  'sync/cut': 'offline',
  'sync/server-error': 'offline',
  'sync/sign-in': 'sign-in',
  'sync/forbidden': 'sign-in',
  'sync/locked': 'waiting',
  'sync/full': 'waiting',
  'sync/changed': 'waiting',
  'project/stale': 'waiting',
};

export function statusOf(code: string): RemoteStatus {
  return STATUS_OF[code] ?? 'blocked';
}

/** Whether a request that failed so may have been carried out all the same. */
export function isUncertain(error: unknown): boolean {
  return (
    error instanceof DialtreeError &&
    ['sync/unreachable', 'sync/timeout', 'sync/cut', 'sync/server-error'].includes(error.code)
  );
}

export function syncError(detail: ErrorDetail, cause?: unknown): DialtreeError {
  return new DialtreeError(detail, cause === undefined ? undefined : { cause });
}

/** Why a connection could not be made or broke, from Node's error codes. `where` is host and port. */
export function connectionError(cause: unknown, where: string): DialtreeError {
  if (cause instanceof DialtreeError) return cause;
  const { code = '', message } = cause as NodeJS.ErrnoException;
  const tls = tlsDetail(code, message, where);
  if (tls !== undefined) return syncError(tls, cause);
  const params = { where };
  if (code === 'ECONNRESET' || code === 'EPIPE' || code === 'ERR_STREAM_PREMATURE_CLOSE' || /^HPE_/.test(code)) {
    return syncError({ code: 'sync/cut', message: `The connection to ${where} was cut.`, params }, cause);
  }
  const reasons: Readonly<Record<string, string>> = {
    ECONNREFUSED: 'nothing answers there',
    ENOTFOUND: 'there is no such name',
    EAI_AGAIN: 'the name cannot be looked up now',
    ENETUNREACH: 'there is no network',
    EHOSTUNREACH: 'the host cannot be reached',
    ETIMEDOUT: 'it does not answer',
  };
  const message2 = `${where} cannot be reached: ${reasons[code] ?? message}.`;
  return syncError(
    { code: 'sync/unreachable', message: message2, hint: 'Work goes on here; it is tried again by itself.', params },
    cause,
  );
}

/** TLS failures in words that say what to do; undefined for anything else. */
function tlsDetail(code: string, message: string, where: string): ErrorDetail | undefined {
  const params = { where };
  const detail = (what: string, text: string, hint: string): ErrorDetail => ({
    code: `sync/tls-${what}`,
    message: `The connection to ${where} is not safe: ${text}.`,
    hint,
    params,
  });
  switch (code) {
    case 'CERT_HAS_EXPIRED':
      return detail('expired', 'its certificate has expired', 'The server needs a new one; check this clock too.');
    case 'CERT_NOT_YET_VALID':
      return detail('not-yet', 'its certificate is not valid yet', 'The clock of this computer may be wrong.');
    case 'ERR_TLS_CERT_ALTNAME_INVALID':
      return detail('other-name', 'its certificate is for another name', 'Use the name that the certificate is for.');
    case 'DEPTH_ZERO_SELF_SIGNED_CERT':
    case 'SELF_SIGNED_CERT_IN_CHAIN':
    case 'UNABLE_TO_VERIFY_LEAF_SIGNATURE':
    case 'UNABLE_TO_GET_ISSUER_CERT':
    case 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY':
      return detail(
        'unknown-authority',
        'this computer does not know who signed its certificate',
        "Add the authority's certificate (PEM) to the settings if you trust it.",
      );
  }
  if (code.includes('CERTIFICATE_REQUIRED') || code.includes('HANDSHAKE_FAILURE') || code.includes('BAD_CERTIFICATE')) {
    return detail('client-certificate', 'the server wants a client certificate', 'Add certificate and key (PEM).');
  }
  if (code.includes('WRONG_VERSION_NUMBER') || code === 'EPROTO') {
    return detail('not-tls', 'there is no TLS at this port', 'Check the port, or whether it should be http://.');
  }
  if (
    code.startsWith('ERR_SSL') ||
    code.startsWith('ERR_TLS') ||
    code.startsWith('ERR_OSSL') ||
    code.includes('CERT')
  ) {
    return detail('failed', message, 'Check the certificates on both sides.');
  }
  return undefined;
}

/** What a status means that is not a success; the caller knows which ones it can use. */
export function statusError(status: number, method: string, where: string): DialtreeError {
  const params = { status, where };
  const make = (code: string, message: string, hint?: string) =>
    syncError({ code, message, params, ...(hint === undefined ? {} : { hint }) });
  switch (status) {
    case 401:
    case 407:
      return make('sync/sign-in', `${where} does not accept who we say we are.`, 'Check user, password or token.');
    case 403:
      return make(
        'sync/forbidden',
        `${where} does not allow this (${method}).`,
        'Ask for the right to read and write.',
      );
    case 404:
    case 409:
    case 410:
      return make('sync/no-folder', `There is no such folder at ${where}.`, 'Choose WebDAV, or make the folder.');
    case 405:
    case 501:
      return make('sync/read-only', `${where} does not take ${method}.`, 'It must allow GET and PUT.');
    case 412:
      return make('sync/changed', 'Someone else wrote there meanwhile.');
    case 413:
      return make('sync/too-large', `${where} refuses something as large as this.`, 'Raise its limit for uploads.');
    case 423:
      return make('sync/locked', `Someone holds a lock at ${where}.`, 'It is tried again by itself.');
    case 507:
      return make('sync/full', `There is no space left at ${where}.`, 'It is tried again by itself.');
  }
  if (status >= 500 || status === 429 || status === 408) {
    return make('sync/server-error', `${where} has a problem (${status}).`, 'It is tried again by itself.');
  }
  return make('sync/unexpected', `${where} answers ${method} with ${status}.`, 'Is it the right address?');
}
