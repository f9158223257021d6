import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import { createServer as createTlsServer, type ServerOptions } from 'node:https';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';

export interface TinyServerOptions {
  /** `none`: no ETag at all. */
  readonly etags?: 'strong' | 'weak' | 'none';
  readonly gzip?: boolean;
  /** It has this file and no other. */
  readonly only?: string;
  /** Folders must be made before files can lie in them, as in WebDAV. */
  readonly folders?: boolean;
  /** True: let in. Else a challenge for `WWW-Authenticate`. */
  readonly authorize?: (incoming: IncomingMessage) => true | string;
  readonly tls?: ServerOptions;
}

/** A little web server for what real ones do only sometimes. Files by path in `files`. */
export class TinyServer {
  readonly files = new Map<string, Buffer>();
  readonly folders = new Set(['/']);
  /** `METHOD path → status`, oldest first. */
  readonly seen: string[] = [];
  /** Headers of the requests, as in `seen`. */
  readonly headers: IncomingMessage['headers'][] = [];
  /** Answers in the server's place; false: it answers itself. */
  intercept: (incoming: IncomingMessage, answer: ServerResponse) => boolean = () => false;
  readonly #options: TinyServerOptions;
  readonly #server;

  constructor(options: TinyServerOptions = {}) {
    this.#options = options;
    const listener: RequestListener = (incoming, answer) => void this.#handle(incoming, answer);
    this.#server = options.tls ? createTlsServer(options.tls, listener) : createServer(listener);
  }

  async start(): Promise<void> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
  }

  get url(): string {
    return `${this.#options.tls ? 'https' : 'http'}://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  etagOf(path: string): string | undefined {
    const file = this.files.get(path);
    const { etags = 'strong' } = this.#options;
    if (file === undefined || etags === 'none') return undefined;
    const tag = `"${createHash('sha1').update(file).digest('hex')}"`;
    return etags === 'weak' ? `W/${tag}` : tag;
  }

  async #handle(incoming: IncomingMessage, answer: ServerResponse): Promise<void> {
    const parts: Buffer[] = [];
    for await (const part of incoming) parts.push(part as Buffer);
    const path = new URL(incoming.url ?? '/', 'http://x').pathname;
    answer.on('close', () => this.seen.push(`${incoming.method} ${path} → ${answer.statusCode}`));
    this.headers.push(incoming.headers);
    const allowed = this.#options.authorize?.(incoming) ?? true;
    if (allowed !== true) {
      answer.writeHead(401, { 'www-authenticate': allowed }).end();
      return;
    }
    if (this.intercept(incoming, answer)) return;
    if (this.#options.only !== undefined && path !== this.#options.only) {
      answer.writeHead(403).end();
      return;
    }
    this.#answer(incoming, answer, path, Buffer.concat(parts));
  }

  #answer({ method, headers }: IncomingMessage, answer: ServerResponse, path: string, body: Buffer): void {
    const etag = this.etagOf(path);
    const end = (status: number, more: Record<string, string> = {}) => answer.writeHead(status, more).end();
    switch (method) {
      case 'GET':
      case 'HEAD': {
        const file = this.files.get(path);
        if (file === undefined) return void end(404);
        const tag = etag === undefined ? {} : { etag };
        if (etag !== undefined && headers['if-none-match'] === etag) return void end(304, tag);
        const zip = this.#options.gzip === true && headers['accept-encoding'] === 'gzip';
        const sent = zip ? gzipSync(file) : file;
        const weak = zip && etag !== undefined ? { etag: `W/${etag}` } : tag;
        answer.writeHead(200, {
          ...weak,
          ...(zip ? { 'content-encoding': 'gzip' } : {}),
          'content-length': sent.length,
        });
        answer.end(method === 'HEAD' ? undefined : sent);
        return;
      }
      case 'PUT': {
        const { 'if-match': match, 'if-none-match': none } = headers;
        // RFC 9110 section 13.1.1: strong comparison, so that a weak tag never matches.
        if (match !== undefined && (match !== etag || etag.startsWith('W/'))) return void end(412);
        if (none === '*' && this.files.has(path)) return void end(412);
        if (this.#options.folders && !this.folders.has(path.slice(0, path.lastIndexOf('/') + 1))) return void end(409);
        const isNew = !this.files.has(path);
        this.files.set(path, body);
        return void end(isNew ? 201 : 204);
      }
      case 'MKCOL': {
        const parent = path.slice(0, path.lastIndexOf('/', path.length - 2) + 1);
        if (!this.folders.has(parent)) return void end(409);
        if (this.folders.has(path)) return void end(405);
        this.folders.add(path);
        return void end(201);
      }
      case 'PROPFIND':
        return void end(this.#options.folders ? 207 : 405);
      case 'DELETE':
        return void end(this.files.delete(path) ? 204 : 404);
      default:
        return void end(405);
    }
  }
}
