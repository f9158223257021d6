import type { SipRequest, SipResponse } from '../../../electron/sip/message.ts';
import { SipRequest as Request } from '../../../electron/sip/message.ts';
import { parseMessage } from '../../../electron/sip/parse.ts';
import type { TestPhone } from './test-phone.ts';

/** What a test's phone is told by NOTIFY. */
export class TestSubscription {
  readonly #phone: TestPhone;
  readonly #response: SipResponse;

  private constructor(phone: TestPhone, response: SipResponse) {
    this.#phone = phone;
    this.#response = response;
  }

  /** Subscribes to an event of `target`, a user part. */
  static async begin(
    phone: TestPhone,
    target: string,
    event: string,
    ...headers: readonly (readonly [string, string])[]
  ): Promise<TestSubscription> {
    const response = await phone.request('SUBSCRIBE', `sip:${target}@${phone.options.realm}`, [
      ['Event', event],
      ['Contact', `<${phone.contact}>`],
      ...headers,
    ]);
    return new TestSubscription(phone, response);
  }

  get status(): number {
    return this.#response.status;
  }

  /** Every NOTIFY, the oldest first. */
  get notifies(): SipRequest[] {
    return this.#phone.received.flatMap((text) => {
      const parsed = text.startsWith('NOTIFY') ? parseMessage(text) : undefined;
      const message = parsed?.ok === true && parsed.message instanceof Request ? parsed.message : undefined;
      return message?.callId === this.#response.callId ? [message] : [];
    });
  }

  /** The last that was told. */
  get body(): string {
    return this.notifies.at(-1)?.body ?? '';
  }
}
