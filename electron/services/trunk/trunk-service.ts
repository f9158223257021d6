import { mkdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import {
  TRUNK_OFF,
  type TrunkConfig,
  type TrunkSettings,
  TrunkSettingsSchema,
  type TrunkState,
  type TrunkView,
} from '../../../shared/bridge/trunk.ts';
import { DialtreeError } from '../../../shared/lib/errors.ts';
import type { Logger } from '../../../shared/lib/logger.ts';
import { type Cipher, EncryptedSecretStore, MemorySecretStore, type SecretStore } from '../sync/secret-store.ts';

export interface TrunkServiceOptions {
  /** Folder of the line: settings, the sealed password, the calls of the last day. */
  readonly dir: string;
  /** The system's own encryption; without it the password is kept in memory only. */
  readonly cipher: Cipher | undefined;
  /** `DIALTREE_TRUNK_PASSWORD` stands in for a password that nothing keeps. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly logger: Logger;
  /** Gives the PBX the line as it is set now. */
  readonly apply: (config: TrunkConfig | null) => void;
  readonly onState: (state: TrunkState) => void;
}

/**
 * The outside line of this machine: its settings in a file that only the system's user can read, its password apart
 * from them in the secret store. Nothing of it is part of a project.
 */
export class TrunkService {
  readonly #options: TrunkServiceOptions;
  readonly #secrets: SecretStore;
  readonly #path: string;
  #settings: TrunkSettings | null = null;
  #state: TrunkState = TRUNK_OFF;
  #last: Promise<unknown>;

  constructor(options: TrunkServiceOptions) {
    this.#options = options;
    this.#path = join(options.dir, 'settings.json');
    this.#secrets = options.cipher
      ? new EncryptedSecretStore(join(options.dir, 'secret.json'), options.cipher)
      : new MemorySecretStore();
    this.#last = Promise.resolve();
  }

  get state(): TrunkState {
    return this.#state;
  }

  /** Reads the settings and gives them to the PBX. @throws DialtreeError `trunk/unreadable`; the line is off then. */
  start(): Promise<void> {
    return this.#inTurn(async () => {
      this.#settings = await this.#read();
      await this.#apply();
    });
  }

  view(): Promise<TrunkView> {
    return this.#inTurn(() => this.#view());
  }

  /** @throws DialtreeError `trunk/user-missing`, `trunk/password-missing`, and what the disk says. */
  set(settings: TrunkSettings, password?: string): Promise<TrunkView> {
    return this.#inTurn(async () => {
      const mustSignIn = settings.enabled && settings.mode === 'register';
      if (mustSignIn && settings.user === '') {
        throw new DialtreeError({ code: 'trunk/user-missing', message: 'The user at the provider is missing.' });
      }
      if (mustSignIn && (password ?? (await this.#password(settings))) === '') {
        throw new DialtreeError({
          code: 'trunk/password-missing',
          message: 'The password is missing; one of another user or host is not used.',
        });
      }
      await mkdir(dirname(this.#path), { recursive: true });
      await writeFileAtomic(this.#path, `${JSON.stringify(settings, null, 2)}\n`, { mode: 0o600 });
      const before = this.#settings;
      if (before !== null && keyOf(before) !== keyOf(settings)) await this.#secrets.remove(keyOf(before));
      if (password !== undefined && password !== '') await this.#secrets.set(keyOf(settings), { password });
      this.#settings = settings;
      await this.#apply();
      return this.#view();
    });
  }

  /** The PBX tells how the line stands. */
  handleState(state: TrunkState): void {
    this.#state = state;
    this.#options.onState(state);
  }

  async #view(): Promise<TrunkView> {
    const settings = this.#settings;
    const hasPassword = settings !== null && (await this.#password(settings)) !== '';
    return { settings, hasPassword, state: this.#state };
  }

  async #apply(): Promise<void> {
    const settings = this.#settings;
    if (settings === null) return;
    const historyPath = join(this.#options.dir, 'calls.txt');
    this.#options.apply({ settings, password: await this.#password(settings), historyPath });
  }

  /** Empty when there is none. */
  async #password(settings: TrunkSettings): Promise<string> {
    const kept = (await this.#secrets.get(keyOf(settings)))?.password;
    return kept ?? this.#options.environment.DIALTREE_TRUNK_PASSWORD ?? '';
  }

  async #read(): Promise<TrunkSettings | null> {
    let text: string;
    try {
      text = await readFile(this.#path, 'utf8');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
      throw error;
    }
    try {
      return TrunkSettingsSchema.parse(JSON.parse(text));
    } catch (cause) {
      const message = `The settings of the outside line cannot be read: ${this.#path}`;
      const hint = 'Set the line again.';
      throw new DialtreeError({ code: 'trunk/unreadable', message, hint, params: { path: this.#path } }, { cause });
    }
  }

  /** Changes follow one another, so that the last one is the one that stays. */
  #inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const result = this.#last.then(work);
    this.#last = result.catch(() => undefined);
    return result;
  }
}

/** A password belongs to one user at one host: changing the host must not show it to somebody else. */
function keyOf({ user, host }: TrunkSettings): string {
  return `sip:${user}@${host.toLowerCase()}`;
}
