import { X509Certificate } from 'node:crypto';
import { Agent as HttpAgent, request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { createSecureContext, rootCertificates } from 'node:tls';
import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate } from 'node:zlib';
import type { SyncCredentials, SyncSettings } from '../../../shared/bridge/sync.ts';
import { type Authorizer, authorizerFor } from './authorizer.ts';
import { connectionError, syncError } from './sync-errors.ts';

/** More is not read: a project and its recordings are far smaller. */
const MAX_BODY_BYTES = 64 * 1024 * 1024;
const MAX_REDIRECTS = 5;
const IDLE_TIMEOUT_MS = 20_000;

export interface HttpRequest {
  readonly method: string;
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
}

export interface HttpResponse {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** Decoded: what the server compressed is unpacked. */
  readonly body: Buffer;
}

export interface HttpClientOptions {
  readonly authorizer: Authorizer;
  /** Certificates (PEM) that are trusted beside those that everyone trusts. */
  readonly caPem?: string;
  readonly certPem?: string;
  readonly keyPem?: string;
  readonly passphrase?: string;
  /** How long nothing may move on the wire. */
  readonly idleTimeoutMs?: number;
}

/**
 * HTTP/1.1 over Node's own client: kept connections, redirects that keep the method, compression, signing in, limits.
 * A body that ends early is an error, never a short text (RFC 9112 section 8).
 */
export class HttpClient {
  readonly #options: HttpClientOptions;
  readonly #http = new HttpAgent({ keepAlive: true, maxSockets: 4 });
  readonly #https: HttpsAgent;

  constructor(options: HttpClientOptions) {
    this.#options = options;
    const { caPem, certPem, keyPem, passphrase } = options;
    this.#https = new HttpsAgent({
      keepAlive: true,
      maxSockets: 4,
      ...(caPem === undefined ? {} : { ca: [...rootCertificates, caPem] }),
      ...(certPem === undefined ? {} : { cert: certPem }),
      ...(keyPem === undefined ? {} : { key: keyPem }),
      ...(passphrase === undefined ? {} : { passphrase }),
    });
  }

  /** Closes kept connections. */
  close(): void {
    this.#http.destroy();
    this.#https.destroy();
  }

  /**
   * Sends a request; follows redirects and signs in when asked to. Any status is an answer.
   * @throws DialtreeError `sync/unreachable`, `sync/timeout`, `sync/cut`, `sync/tls-…`, `sync/redirect`, `sync/too-large`,
   * `sync/bad-certificate`.
   */
  async send(asked: HttpRequest): Promise<HttpResponse> {
    checkCertificates(this.#options);
    const origin = new URL(asked.url).origin;
    let url = asked.url;
    let signedIn = false;
    for (let hops = 0; ; ) {
      const authorizer = new URL(url).origin === origin ? this.#options.authorizer : undefined;
      const response = await this.#once({ ...asked, url }, authorizer);
      if (response.status === 401 && !signedIn && authorizer?.learn(response.headers['www-authenticate'])) {
        signedIn = true;
        continue;
      }
      const location = response.headers.location;
      if (![301, 302, 307, 308].includes(response.status) || location === undefined) return response;
      if (++hops > MAX_REDIRECTS) throw redirectError(url, 'it leads in a circle');
      const next = new URL(location, url);
      if (next.protocol !== 'https:' && new URL(url).protocol === 'https:') {
        throw redirectError(url, 'it leads to an address without TLS');
      }
      if (!/^https?:$/.test(next.protocol)) throw redirectError(url, 'it does not lead to a web address');
      url = next.href;
      signedIn = false;
    }
  }

  #once(asked: HttpRequest, authorizer: Authorizer | undefined): Promise<HttpResponse> {
    const url = new URL(asked.url);
    const where = url.host;
    const secure = url.protocol === 'https:';
    const authorization = authorizer?.header(asked.method, url.pathname + url.search);
    return new Promise<HttpResponse>((resolve, reject) => {
      const fail = (cause: unknown) => reject(connectionError(cause, where));
      const request = (secure ? httpsRequest : httpRequest)(url, {
        method: asked.method,
        agent: secure ? this.#https : this.#http,
        headers: {
          'accept-encoding': asked.method === 'GET' ? 'gzip' : 'identity',
          ...asked.headers,
          ...(authorization === undefined ? {} : { authorization }),
          ...(asked.body === undefined ? {} : { 'content-length': asked.body.byteLength }),
        },
      });
      request.setTimeout(this.#options.idleTimeoutMs ?? IDLE_TIMEOUT_MS, () => {
        request.destroy(syncError({ code: 'sync/timeout', message: `${where} stopped answering.`, params: { where } }));
      });
      request.on('error', fail);
      request.on('response', (response) => {
        const parts: Buffer[] = [];
        let bytes = 0;
        response.on('data', (part: Buffer) => {
          bytes += part.length;
          parts.push(part);
          if (bytes > MAX_BODY_BYTES) request.destroy(tooLarge(where));
        });
        response.on('error', fail);
        response.on('close', () => {
          if (!response.complete) return fail(Object.assign(new Error('cut'), { code: 'ECONNRESET' }));
          const { statusCode: status = 0, headers } = response;
          decode(Buffer.concat(parts), headers['content-encoding'], where).then(
            (body) => resolve({ status, headers, body }),
            reject,
          );
        });
      });
      request.end(asked.body);
    });
  }
}

/** A client for an endpoint, with the secrets that go with it. */
export function clientFor(settings: SyncSettings, secrets: SyncCredentials, idleTimeoutMs?: number): HttpClient {
  const { certPem, keyPem, passphrase } = secrets;
  return new HttpClient({
    authorizer: authorizerFor(settings, secrets),
    ...(settings.caPem === undefined ? {} : { caPem: settings.caPem }),
    ...(certPem === undefined ? {} : { certPem }),
    ...(keyPem === undefined ? {} : { keyPem }),
    ...(passphrase === undefined ? {} : { passphrase }),
    ...(idleTimeoutMs === undefined ? {} : { idleTimeoutMs }),
  });
}

/** Node takes a text that is no certificate for none at all, and fails at connecting with OpenSSL's words. */
function checkCertificates({ caPem, certPem, keyPem, passphrase }: HttpClientOptions): void {
  try {
    if (caPem !== undefined) new X509Certificate(caPem);
    if (certPem === undefined && keyPem === undefined) return;
    createSecureContext({ cert: certPem, key: keyPem, passphrase });
  } catch (cause) {
    throw syncError(
      {
        code: 'sync/bad-certificate',
        message: 'Certificate, key and passphrase do not go together, or cannot be read.',
        hint: 'Each is a text in PEM, from BEGIN to END.',
      },
      cause,
    );
  }
}

async function decode(body: Buffer, encoding: string | undefined, where: string): Promise<Buffer> {
  const unpack = { gzip: gunzip, 'x-gzip': gunzip, deflate: inflate, br: brotliDecompress }[encoding ?? ''];
  if (unpack === undefined || body.length === 0) return body;
  try {
    return await promisify<Buffer, object, Buffer>(unpack)(body, { maxOutputLength: MAX_BODY_BYTES });
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge(where);
    throw syncError({ code: 'sync/cut', message: `What ${where} sent cannot be unpacked.`, params: { where } }, cause);
  }
}

function tooLarge(where: string) {
  return syncError({ code: 'sync/too-large', message: `What lies at ${where} is too large.`, params: { where } });
}

function redirectError(url: string, why: string) {
  const where = new URL(url).host;
  return syncError({
    code: 'sync/redirect',
    message: `${where} sends us to another address that is not followed: ${why}.`,
    hint: 'Enter the final address of the document.',
    params: { where },
  });
}
