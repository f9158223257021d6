import { mkdir, readFile, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { type SyncCredentials, SyncCredentialsSchema } from '../../../shared/bridge/sync.ts';

/** Where secrets of endpoints are kept; `key` is an endpoint's address. Never in projects, settings or logs (RS12). */
export interface SecretStore {
  get(key: string): Promise<SyncCredentials | null>;
  set(key: string, secrets: SyncCredentials): Promise<void>;
  remove(key: string): Promise<void>;
}

/** The system's own encryption, as Electron's `safeStorage` offers it. */
export interface Cipher {
  isAvailable(): boolean;
  encrypt(text: string): Uint8Array;
  decrypt(bytes: Uint8Array): string;
}

/** Secrets for as long as the process lives; what is not set comes from the environment (`DIALTREE_SYNC_…`). */
export class MemorySecretStore implements SecretStore {
  readonly #kept = new Map<string, SyncCredentials>();
  readonly #environment: Readonly<Record<string, string | undefined>>;

  constructor(environment: Readonly<Record<string, string | undefined>> = {}) {
    this.#environment = environment;
  }

  async get(key: string): Promise<SyncCredentials | null> {
    const { DIALTREE_SYNC_PASSWORD: password, DIALTREE_SYNC_TOKEN: token } = this.#environment;
    const given = { ...(password === undefined ? {} : { password }), ...(token === undefined ? {} : { token }) };
    return this.#kept.get(key) ?? (Object.keys(given).length > 0 ? given : null);
  }

  async set(key: string, secrets: SyncCredentials): Promise<void> {
    this.#kept.set(key, secrets);
  }

  async remove(key: string): Promise<void> {
    this.#kept.delete(key);
  }
}

/** Secrets in a file that only the system's user can decrypt; in memory where the system offers no encryption. */
export class EncryptedSecretStore implements SecretStore {
  readonly #path: string;
  readonly #cipher: Cipher;
  readonly #memory = new MemorySecretStore();

  constructor(path: string, cipher: Cipher) {
    this.#path = path;
    this.#cipher = cipher;
  }

  async get(key: string): Promise<SyncCredentials | null> {
    const kept = (await this.#read())[key];
    if (kept === undefined) return this.#memory.get(key);
    try {
      return SyncCredentialsSchema.parse(JSON.parse(this.#cipher.decrypt(Buffer.from(kept, 'base64'))));
    } catch {
      // Another user's, or the system's key has changed: it must be entered again.
      return null;
    }
  }

  async set(key: string, secrets: SyncCredentials): Promise<void> {
    if (!this.#cipher.isAvailable()) return this.#memory.set(key, secrets);
    const sealed = Buffer.from(this.#cipher.encrypt(JSON.stringify(secrets))).toString('base64');
    await this.#write({ ...(await this.#read()), [key]: sealed });
  }

  async remove(key: string): Promise<void> {
    await this.#memory.remove(key);
    const { [key]: _, ...others } = await this.#read();
    await this.#write(others);
  }

  async #read(): Promise<Readonly<Record<string, string>>> {
    try {
      return JSON.parse(await readFile(this.#path, 'utf8')) as Record<string, string>;
    } catch {
      return {};
    }
  }

  async #write(sealed: Readonly<Record<string, string>>): Promise<void> {
    if (Object.keys(sealed).length === 0) return rm(this.#path, { force: true });
    await mkdir(dirname(this.#path), { recursive: true });
    await writeFileAtomic(this.#path, `${JSON.stringify(sealed)}\n`, { mode: 0o600 });
  }
}
