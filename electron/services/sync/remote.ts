import { createHash, randomUUID } from 'node:crypto';
import type { SyncSettings } from '../../../shared/bridge/sync.ts';
import type { Clock } from '../../../shared/lib/clock.ts';
import { sameVersion, type Version, versionOf } from './etag.ts';
import type { HttpClient, HttpRequest, HttpResponse } from './http-client.ts';
import { statusError, syncError } from './sync-errors.ts';

/** What a GET of the document brought. */
export type Fetched =
  | { readonly kind: 'not-modified' }
  | { readonly kind: 'missing' }
  | { readonly kind: 'found'; readonly text: string; readonly version: Version | null };

/** What must hold for a PUT to be carried out: the version that is there, nothing is there, or whatever there is. */
export type Condition = { readonly ifMatch: string } | 'absent' | 'any';

/** Apache's tags are weak for a second after a change. */
const STRONG_TRIES = 3;
const STRONG_PAUSE_MS = 1100;
/** How servers refuse a file beside the document for good. */
const NOT_BESIDE: readonly string[] = ['sync/forbidden', 'sync/no-folder', 'sync/read-only', 'sync/unexpected'];
const JSON_TYPE = { 'content-type': 'application/json; charset=utf-8' };

/** The document, its recordings and its lineage on a server; one method per thing that is asked of it. */
export class Remote {
  readonly #client: HttpClient;
  readonly #settings: SyncSettings;
  readonly #clock: Clock;
  readonly #where: string;

  constructor(client: HttpClient, settings: SyncSettings, clock: Clock) {
    this.#client = client;
    this.#settings = settings;
    this.#clock = clock;
    this.#where = new URL(settings.url).host;
  }

  /** The document; `known` asks only whether there is another version (RS2). */
  async get(known?: Version | null): Promise<Fetched> {
    const conditional = known && !known.fresh ? { 'if-none-match': known.etag } : undefined;
    const response = await this.#send({
      method: 'GET',
      url: this.#settings.url,
      ...(conditional && { headers: conditional }),
    });
    if (response.status === 304 && conditional) return { kind: 'not-modified' };
    if (isMissing(response)) return { kind: 'missing' };
    this.#expect(response, 'GET', [200]);
    return { kind: 'found', text: response.body.toString('utf8'), version: versionOf(response.headers) };
  }

  /**
   * Writes the document if the condition holds.
   * @returns The new version where the server tells it.
   * @throws DialtreeError `sync/changed` when the condition does not hold, and what `statusError` makes of a refusal.
   */
  async put(text: string, condition: Condition): Promise<Version | null> {
    const headers =
      condition === 'any'
        ? JSON_TYPE
        : condition === 'absent'
          ? { ...JSON_TYPE, 'if-none-match': '*' }
          : { ...JSON_TYPE, 'if-match': condition.ifMatch };
    const response = await this.#put(this.#settings.url, Buffer.from(text), headers);
    return versionOf(response.headers);
  }

  /**
   * A tag for `If-Match` of the version that was read: as it is, or as the server makes it strong a moment later.
   * @returns null when the server never does.
   * @throws DialtreeError `sync/changed` when there is another version by now.
   */
  async strongTag(known: Version): Promise<string | null> {
    if (known.strong) return known.etag;
    for (let tries = 0; tries < STRONG_TRIES; tries++) {
      if (tries > 0) await new Promise<void>((resolve) => void this.#clock.after(STRONG_PAUSE_MS, resolve));
      const response = await this.#send({ method: 'HEAD', url: this.#settings.url });
      this.#expect(response, 'HEAD', [200]);
      const version = versionOf(response.headers);
      if (version === null) return null;
      if (!sameVersion(version.etag, known.etag)) throw statusError(412, 'HEAD', this.#where);
      if (version.strong) return version.etag;
    }
    return null;
  }

  /**
   * Whether the server carries out a PUT only if its condition holds; nginx takes every one (RS3). `unknown`: it takes
   * no file but the document, so that it cannot be tried.
   */
  async checksConditions(): Promise<'yes' | 'no' | 'unknown'> {
    const url = this.#besides(`.probe-${randomUUID().slice(0, 8)}`);
    try {
      await this.#put(url, Buffer.from('{}\n'), { 'if-match': '"nothing-has-this-tag"' });
    } catch (error) {
      const { code } = error as { code?: unknown };
      if (code === 'sync/changed') return 'yes';
      if (typeof code === 'string' && NOT_BESIDE.includes(code)) return 'unknown';
      throw error;
    }
    // Where it cannot be taken away, three bytes stay.
    await this.#send({ method: 'DELETE', url });
    return 'no';
  }

  /** What a version was made from: hashes, the nearest first; null when nobody wrote that down (RS4). */
  async ancestorsOf(hash: string): Promise<readonly string[] | null> {
    const response = await this.#send({ method: 'GET', url: this.#besides(`.lineage/${hash}`) });
    // 400, 403, 405: a server that knows no file but the document.
    if (isMissing(response) || [400, 403, 405].includes(response.status)) return null;
    this.#expect(response, 'GET', [200]);
    const hashes = response.body
      .toString('utf8')
      .split('\n')
      .filter((line) => line !== '');
    return hashes.every((one) => /^[0-9a-f]{32}$/.test(one)) ? hashes : null;
  }

  async putAncestors(hash: string, ancestors: readonly string[]): Promise<void> {
    await this.#put(this.#besides(`.lineage/${hash}`), Buffer.from(`${ancestors.join('\n')}\n`), {});
  }

  /** Takes away what is no longer asked for, where the server can; else it stays. */
  async removeAncestors(hash: string): Promise<void> {
    if (this.#settings.kind !== 'webdav') return;
    await this.#send({ method: 'DELETE', url: this.#besides(`.lineage/${hash}`) }).catch(() => {});
  }

  /** A recording by its hash; null when it is not there or is not what its name says (RS9). */
  async getMedia(hash: string): Promise<Buffer | null> {
    const response = await this.#send({ method: 'GET', url: this.#media(hash) });
    if (isMissing(response)) return null;
    this.#expect(response, 'GET', [200]);
    return createHash('sha256').update(response.body).digest('hex') === hash ? response.body : null;
  }

  /** Uploads a recording, unless one of this size is there already. An upload that broke off begins again. */
  async putMedia(hash: string, bytes: Uint8Array): Promise<void> {
    const url = this.#media(hash);
    const head = await this.#send({ method: 'HEAD', url });
    if (head.status === 200 && Number(head.headers['content-length']) === bytes.byteLength) return;
    await this.#put(url, bytes, { 'content-type': 'application/octet-stream' });
  }

  /** For a connection test of WebDAV: whether the server speaks it (RFC 4918 section 18). */
  async speaksWebdav(): Promise<boolean> {
    const url = new URL('.', this.#settings.url).href;
    const response = await this.#send({ method: 'PROPFIND', url, headers: { depth: '0' } });
    if (response.status === 401 || response.status === 403) throw statusError(response.status, 'PROPFIND', this.#where);
    return response.status === 207 || response.status === 404;
  }

  async #put(url: string, body: Uint8Array, headers: Readonly<Record<string, string>>): Promise<HttpResponse> {
    let response = await this.#send({ method: 'PUT', url, body, headers });
    // RFC 4918 section 9.7.1: 409 where a parent is missing; some servers say 404.
    if (this.#settings.kind === 'webdav' && (response.status === 409 || response.status === 404)) {
      await this.#makeFolder(new URL('.', url));
      response = await this.#send({ method: 'PUT', url, body, headers });
    }
    this.#expect(response, 'PUT', [200, 201, 202, 204]);
    return response;
  }

  async #makeFolder(folder: URL): Promise<void> {
    if (folder.pathname === '/') return;
    let response = await this.#send({ method: 'MKCOL', url: folder.href });
    if (response.status === 409) {
      await this.#makeFolder(new URL('..', folder));
      response = await this.#send({ method: 'MKCOL', url: folder.href });
    }
    // 405: it is there already, made by someone else meanwhile.
    this.#expect(response, 'MKCOL', [200, 201, 405]);
  }

  #send(request: HttpRequest): Promise<HttpResponse> {
    return this.#client.send(request);
  }

  #expect({ status }: HttpResponse, method: string, good: readonly number[]): void {
    if (good.includes(status)) return;
    if (status >= 200 && status < 400) {
      const message = `${this.#where} answers ${method} with ${status}, which makes no sense here.`;
      throw syncError({ code: 'sync/unexpected', message, hint: 'Is it the right address?' });
    }
    throw statusError(status, method, this.#where);
  }

  /** Beside the document: its own name with something after it, the query kept. */
  #besides(suffix: string): string {
    const url = new URL(this.#settings.url);
    url.pathname += suffix;
    return url.href;
  }

  #media(hash: string): string {
    const url = new URL(this.#settings.url);
    url.pathname = new URL(`media/${hash}`, url).pathname;
    return url.href;
  }
}

function isMissing({ status }: HttpResponse): boolean {
  return status === 404 || status === 410;
}
