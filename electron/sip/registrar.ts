import type { CancelTimer, Clock } from '../../shared/lib/clock.ts';
import { formatParams } from './grammar.ts';
import type { SipRequest, SipResponse } from './message.ts';
import { type NameAddr, parseNameAddr } from './name-addr.ts';
import { createResponse } from './responses.ts';
import type { SipFlow } from './transport.ts';

/** One phone of a user: where it says it is, and the flow it is reached by. */
export interface Binding {
  readonly user: string;
  /** Contact URI as the phone wrote it. */
  readonly contact: string;
  /** `+sip.instance` (RFC 5626), the identity of the phone itself; empty when it gives none. */
  readonly instance: string;
  readonly flow: SipFlow;
  readonly expiresAtMs: number;
  readonly callId: string;
  readonly cseq: number;
}

export interface RegistrarOptions {
  readonly clock: Clock;
  /** Called after each change of a user's bindings. */
  readonly onChange: (user: string) => void;
  readonly minExpiresS?: number;
  readonly maxExpiresS?: number;
  readonly maxBindings?: number;
}

interface Entry {
  binding: Binding;
  cancelExpiry: CancelTimer;
}

/**
 * The location service and registrar (RFC 3261 10.3). A binding belongs to the connection it came by and goes with
 * it (RFC 7118 and 5626: a WebSocket client cannot be reached in another way).
 */
export class Registrar {
  readonly #clock: Clock;
  readonly #onChange: (user: string) => void;
  readonly #minExpiresS: number;
  readonly #maxExpiresS: number;
  readonly #maxBindings: number;
  readonly #entries = new Map<string, Entry[]>();

  constructor(options: RegistrarOptions) {
    this.#clock = options.clock;
    this.#onChange = options.onChange;
    this.#minExpiresS = options.minExpiresS ?? 60;
    this.#maxExpiresS = options.maxExpiresS ?? 3600;
    this.#maxBindings = options.maxBindings ?? 10;
  }

  bindingsOf(user: string): readonly Binding[] {
    return (this.#entries.get(user) ?? []).map((entry) => entry.binding);
  }

  /** Users with at least one binding. */
  users(): readonly string[] {
    return [...this.#entries.keys()];
  }

  /** Whether that user is registered by that very connection. */
  isOn(user: string, flow: SipFlow): boolean {
    return this.bindingsOf(user).some((binding) => binding.flow === flow);
  }

  /** Carries out a REGISTER of an authenticated user and gives the response to send (RFC 3261 10.3, steps 5–8). */
  register(request: SipRequest, user: string, flow: SipFlow): SipResponse {
    const contacts = request.headers.list('Contact');
    if (contacts.includes('*')) {
      const alone = contacts.length === 1 && request.headers.get('Expires') === '0';
      if (!alone) return createResponse(request, 400, { reason: 'Contact: * needs Expires: 0' });
      this.#removeWhere(user, () => true);
      return this.#listing(request, user);
    }
    const parsed = contacts.map(parseNameAddr);
    if (parsed.some((contact) => contact === undefined)) {
      return createResponse(request, 400, { reason: 'Bad Contact' });
    }
    const wanted = (parsed as NameAddr[]).map((contact) => ({
      contact,
      expiresS: this.#expiresOf(contact, request),
    }));
    if (wanted.some(({ expiresS }) => expiresS > 0 && expiresS < this.#minExpiresS)) {
      return createResponse(request, 423, { headers: [['Min-Expires', String(this.#minExpiresS)]] });
    }
    for (const { contact } of wanted) {
      const old = this.#find(user, contact);
      // RFC 3261 10.3 step 7: within one Call-ID, a lower or equal CSeq is out of order: abort the update.
      if (old?.callId === request.callId && old.cseq >= request.cseq.number) {
        return createResponse(request, 500, { reason: 'Out of order' });
      }
    }
    for (const { contact, expiresS } of wanted) this.#update(request, user, flow, contact, expiresS);
    return this.#listing(request, user);
  }

  /** The connection is gone, and so are the bindings that came by it. */
  handleFlowClosed(flow: SipFlow): void {
    for (const user of this.users()) this.#removeWhere(user, (binding) => binding.flow === flow);
  }

  /** Forgets a user who may no longer register. */
  remove(user: string): void {
    this.#removeWhere(user, () => true);
  }

  close(): void {
    for (const entries of this.#entries.values()) for (const entry of entries) entry.cancelExpiry();
    this.#entries.clear();
  }

  #expiresOf(contact: NameAddr, request: SipRequest): number {
    const text = contact.params.get('expires') ?? request.headers.get('Expires') ?? '';
    // RFC 3261 10.2.1.1: a malformed value is treated as 3600.
    const seconds = /^\d{1,10}$/.test(text) ? Number(text) : 3600;
    return Math.min(seconds, this.#maxExpiresS);
  }

  #find(user: string, contact: NameAddr): Binding | undefined {
    const instance = contact.params.get('+sip.instance') ?? '';
    return this.bindingsOf(user).find(
      (binding) => binding.contact === contact.uri || (instance !== '' && binding.instance === instance),
    );
  }

  #update(request: SipRequest, user: string, flow: SipFlow, contact: NameAddr, expiresS: number): void {
    const old = this.#find(user, contact);
    const replaced = this.#take(user, (binding) => binding === old);
    if (expiresS === 0) {
      if (replaced) this.#onChange(user);
      return;
    }
    const binding: Binding = {
      user,
      contact: contact.uri,
      instance: contact.params.get('+sip.instance') ?? '',
      flow,
      expiresAtMs: this.#clock.nowMs() + expiresS * 1000,
      callId: request.callId,
      cseq: request.cseq.number,
    };
    const entries = this.#entries.get(user) ?? [];
    // The oldest phone makes room: a program that leaks bindings must not lock its user out.
    if (entries.length >= this.#maxBindings) entries.shift()?.cancelExpiry();
    const cancelExpiry = this.#clock.after(expiresS * 1000, () => this.#removeWhere(user, (b) => b === binding));
    entries.push({ binding, cancelExpiry });
    this.#entries.set(user, entries);
    this.#onChange(user);
  }

  #removeWhere(user: string, matches: (binding: Binding) => boolean): void {
    if (this.#take(user, matches)) this.#onChange(user);
  }

  #take(user: string, matches: (binding: Binding) => boolean): boolean {
    const entries = this.#entries.get(user) ?? [];
    const kept = entries.filter((entry) => !matches(entry.binding));
    for (const entry of entries) if (!kept.includes(entry)) entry.cancelExpiry();
    if (kept.length === 0) this.#entries.delete(user);
    else this.#entries.set(user, kept);
    return kept.length < entries.length;
  }

  /** RFC 3261 10.3 step 8: the 200 lists every binding, each Contact as its phone wrote it. */
  #listing(request: SipRequest, user: string): SipResponse {
    const headers = this.bindingsOf(user).map((binding) => {
      const params = new Map<string, string>();
      if (binding.instance !== '') params.set('+sip.instance', binding.instance);
      const seconds = Math.max(0, Math.round((binding.expiresAtMs - this.#clock.nowMs()) / 1000));
      params.set('expires', String(seconds));
      return ['Contact', `<${binding.contact}>${formatParams(params)}`] as const;
    });
    return createResponse(request, 200, { headers });
  }
}
