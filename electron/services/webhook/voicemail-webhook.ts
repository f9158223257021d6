import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { BridgeHandlers } from '../../../shared/bridge/contract.ts';
import type { VoicemailMessage } from '../../../shared/bridge/voicemail.ts';
import type { WebhookState, webhookCalls } from '../../../shared/bridge/webhook.ts';
import type { Project } from '../../../shared/flow/project.ts';
import { secretVariable, type Webhook } from '../../../shared/flow/webhook.ts';
import type { CancelTimer, Clock } from '../../../shared/lib/clock.ts';
import { DialtreeError, toErrorDetail } from '../../../shared/lib/errors.ts';
import type { Logger } from '../../../shared/lib/logger.ts';
import { lookup } from '../../../shared/lib/record.ts';
import { sameJson } from '../../../shared/lib/same-json.ts';
import { KeptFile } from '../kept-file.ts';
import { webSecrets } from '../pbx/web-secrets.ts';
import { postSigned } from './post-signed.ts';
import { WebhookBodySchema, webhookBody } from './webhook-body.ts';

/** WH3 */
export const FIRST_RETRY_MS = 5000;
export const LONGEST_RETRY_MS = 3_600_000;
export const GIVEN_UP_AFTER_MS = 3 * 86_400_000;
/** WH4 */
export const MOST_WAITING = 1000;

const WaitingSchema = z.strictObject({
  body: WebhookBodySchema,
  /** When the message came, wall-clock ms. */
  sinceMs: z.number(),
  tries: z.number().int().nonnegative(),
  nextTryAtMs: z.number(),
});
type Waiting = z.infer<typeof WaitingSchema>;

export interface VoicemailWebhookOptions {
  /** File of what waits. */
  readonly path: string;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Version of this program, for User-Agent. */
  readonly version: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly onState: (state: WebhookState) => void;
  /** From 0 to below 1. */
  readonly random?: () => number;
}

/** Tells the address of the project's settings of new messages in voicemail (rules WH*). */
export class VoicemailWebhook {
  readonly #options: VoicemailWebhookOptions;
  readonly #file: KeptFile<Waiting[]>;
  readonly #closing = new AbortController();
  #waiting: readonly Waiting[] = [];
  #project: Project | undefined;
  #toldAtMs: number | null = null;
  #error: WebhookState['error'] = null;
  #work: Promise<void> | undefined;
  #cancelTimer: CancelTimer | undefined;

  constructor(options: VoicemailWebhookOptions) {
    const { path, logger } = options;
    this.#options = options;
    this.#file = new KeptFile({ path, logger, schema: z.array(WaitingSchema), empty: [], area: 'webhook' });
  }

  get state(): WebhookState {
    const own = this.#own();
    const isTried = this.#work !== undefined || own.length === 0;
    return {
      waiting: own.length,
      toldAtMs: this.#toldAtMs,
      nextTryAtMs: isTried ? null : Math.min(...own.map(({ nextTryAtMs }) => nextTryAtMs)),
      error: this.#error,
    };
  }

  /** Takes what was kept; it is tried once the project is known. */
  open(): void {
    this.#waiting = this.#file.read(this.#options.clock.wallMs());
  }

  /** The project that is open now, as it is now (WH7). */
  handleProject(project: Project): void {
    const before = this.#project;
    this.#project = project;
    const { voicemailWebhook: webhook } = project.settings;
    if (before?.id === project.id && sameJson(before.settings.voicemailWebhook ?? null, webhook ?? null)) return;
    this.#error = null;
    if (webhook === undefined) {
      this.#keep(this.#waiting.filter((one) => !this.#isOwn(one)));
    } else if (before !== undefined) {
      const nowMs = this.#options.clock.wallMs();
      this.#keep(this.#waiting.map((one) => (this.#isOwn(one) ? { ...one, nextTryAtMs: nowMs } : one)));
    }
    this.#tell();
    this.#begin();
  }

  /** A message was left. Resolves when it is on the disk; what becomes of it then is told by `onState`. */
  async announce(message: VoicemailMessage, project: Project): Promise<void> {
    if (project.settings.voicemailWebhook === undefined) return;
    const nowMs = this.#options.clock.wallMs();
    const one: Waiting = { body: webhookBody(message, project), sinceMs: nowMs, tries: 0, nextTryAtMs: nowMs };
    const all = [...this.#waiting, one];
    for (const lost of all.slice(0, -MOST_WAITING)) this.#logLost(lost, 'webhook/full');
    this.#keep(all.slice(-MOST_WAITING));
    await this.#file.flush();
    this.#tell();
    this.#begin();
  }

  /**
   * WH8: sends a test now.
   * @throws DialtreeError `webhook/off`, `webhook/secret-missing`, and what `postSigned` throws.
   */
  async test(): Promise<void> {
    const { clock } = this.#options;
    const webhook = this.#project?.settings.voicemailWebhook;
    if (webhook === undefined) {
      throw new DialtreeError({ code: 'webhook/off', message: 'No address is set that is told of messages.' });
    }
    const id = randomUUID();
    const body = JSON.stringify({ event: 'test', id, sentAt: new Date(clock.wallMs()).toISOString() });
    await this.#post(webhook, id, body);
  }

  /** Nothing is sent any more; everything is on disk when it resolves. An attempt that goes on does not count. */
  async close(): Promise<void> {
    this.#closing.abort();
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
    await this.#work;
    await this.#file.flush();
  }

  #own(): readonly Waiting[] {
    return this.#waiting.filter((one) => this.#isOwn(one));
  }

  #isOwn({ body }: Waiting): boolean {
    return body.project.id === this.#project?.id;
  }

  /** WH5: one after the other; what comes meanwhile follows. */
  #begin(): void {
    if (this.#closing.signal.aborted) return;
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
    this.#work ??= this.#tellDue().finally(() => {
      this.#work = undefined;
      this.#tell();
      this.#waitForNext();
    });
  }

  async #tellDue(): Promise<void> {
    for (;;) {
      this.#giveUp();
      const webhook = this.#project?.settings.voicemailWebhook;
      const one = this.#due()[0];
      if (webhook === undefined || one === undefined || this.#closing.signal.aborted) return;
      await this.#try(webhook, one);
    }
  }

  /** The longest due first. */
  #due(): readonly Waiting[] {
    const nowMs = this.#options.clock.wallMs();
    return this.#own()
      .filter(({ nextTryAtMs }) => nextTryAtMs <= nowMs)
      .sort((a, b) => a.nextTryAtMs - b.nextTryAtMs);
  }

  async #try(webhook: Webhook, one: Waiting): Promise<void> {
    const { clock, logger } = this.#options;
    const { id } = one.body;
    // Everything is found by its id: settings may change, and messages come, while this waits.
    const replace = (changed: readonly Waiting[]) =>
      this.#keep(this.#waiting.flatMap((other) => (other.body.id === id ? changed : [other])));
    try {
      await this.#post(webhook, id, JSON.stringify(one.body));
      replace([]);
      this.#toldAtMs = clock.wallMs();
      this.#error = null;
      logger.log('info', 'webhook.told', { id });
    } catch (error) {
      if (this.#closing.signal.aborted) return;
      const { code, message, hint, params } = toErrorDetail(error);
      this.#error = {
        code,
        message,
        ...(hint === undefined ? {} : { hint }),
        ...(params && { params: { ...params } }),
      };
      const tries = one.tries + 1;
      // WH7: what was tried is not what is set any more.
      const isStale = !sameJson(webhook, this.#project?.settings.voicemailWebhook ?? null);
      replace([{ ...one, tries, nextTryAtMs: clock.wallMs() + (isStale ? 0 : this.#pauseMs(tries)) }]);
      logger.log('warn', 'webhook.failed', { id, code, tries });
    }
    this.#tell();
  }

  async #post({ url, secretName }: Webhook, id: string, body: string): Promise<void> {
    const { clock, environment, version } = this.#options;
    const secret = lookup(webSecrets(environment), secretName);
    if (secret === undefined || secret === '') {
      const variable = secretVariable(secretName);
      throw new DialtreeError({
        code: 'webhook/secret-missing',
        message: `The secret that signs messages is missing: ${variable} is not set where Dialtree was started.`,
        hint: 'Set it and start Dialtree again.',
        params: { variable },
      });
    }
    await postSigned({ url, secret, id, body, userAgent: `Dialtree/${version}` }, clock, this.#closing.signal);
  }

  /** WH3 */
  #pauseMs(tries: number): number {
    const { random = Math.random } = this.#options;
    return Math.round(Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** (tries - 1)) * (0.8 + 0.4 * random()));
  }

  /** WH3, also what another project left. */
  #giveUp(): void {
    const nowMs = this.#options.clock.wallMs();
    const isOver = ({ sinceMs }: Waiting) => nowMs - sinceMs >= GIVEN_UP_AFTER_MS;
    const over = this.#waiting.filter(isOver);
    if (over.length === 0) return;
    for (const one of over) this.#logLost(one, 'webhook/given-up');
    this.#keep(this.#waiting.filter((one) => !isOver(one)));
  }

  #waitForNext(): void {
    const { nextTryAtMs } = this.state;
    if (nextTryAtMs === null || this.#closing.signal.aborted) return;
    if (this.#project?.settings.voicemailWebhook === undefined) return;
    // The wall clock may have been put back.
    const delayMs = Math.min(LONGEST_RETRY_MS, Math.max(0, nextTryAtMs - this.#options.clock.wallMs()));
    this.#cancelTimer = this.#options.clock.after(delayMs, () => this.#begin());
  }

  #keep(waiting: readonly Waiting[]): void {
    if (sameJson(waiting, this.#waiting)) return;
    this.#waiting = waiting;
    this.#file.write([...waiting]);
  }

  #logLost({ body, tries }: Waiting, code: string): void {
    this.#options.logger.log('error', 'webhook.lost', { id: body.id, code, tries });
  }

  #tell(): void {
    this.#options.onState(this.state);
  }
}

/** The calls of the contract about it. */
export function webhookHandlers(theWebhook: () => VoicemailWebhook): Pick<BridgeHandlers, keyof typeof webhookCalls> {
  return {
    'webhook.state': async () => theWebhook().state,
    'webhook.test': async () => {
      await theWebhook().test();
      return {};
    },
  };
}
