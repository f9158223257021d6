import type { Clock } from '../../../shared/lib/clock.ts';
import type { Logger } from '../../../shared/lib/logger.ts';
import { isSecureUri } from '../contact.ts';
import { Dialog, dialogId } from '../dialog.ts';
import { newTag } from '../ids.ts';
import type { SipRequest } from '../message.ts';
import { createResponse } from '../responses.ts';
import type { ServerTransaction, TransactionLayer } from '../transactions/layer.ts';
import type { SipFlow } from '../transport.ts';
import { parseSipUri } from '../uri.ts';
import type { EventPackage } from './event-package.ts';
import { type Refusal, readSubscribe, type Wish } from './subscribe-request.ts';
import { Subscription } from './subscription.ts';

/** A person watches a whole company from a few phones. */
const MAX_PER_USER = 300;

export interface NotifierOptions {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly layer: TransactionLayer;
  readonly contactFor: (flow: SipFlow, secure?: boolean) => string;
  readonly packages: readonly EventPackage[];
}

/** Takes SUBSCRIBEs and sends NOTIFYs (RFC 6665 4.2). See SPEC.md. */
export class Notifier {
  readonly #options: NotifierOptions;
  /** By dialog, the oldest first. */
  readonly #subscriptions = new Map<string, Subscription>();

  constructor(options: NotifierOptions) {
    this.#options = options;
  }

  /** Subscriptions that live. */
  get size(): number {
    return this.#subscriptions.size;
  }

  /** For Allow-Events. */
  get events(): string {
    return this.#options.packages.map(({ name }) => name).join(', ');
  }

  /** A SUBSCRIBE of a user who has proven to be that. Answers it. */
  handle(request: SipRequest, transaction: ServerTransaction, user: string): void {
    const wish = readSubscribe(request, this.#options.packages);
    if ('status' in wish) this.#refuse(request, transaction, wish);
    else if (request.toTag === undefined) this.#begin(request, transaction, user, wish);
    else this.#refresh(request, transaction, user, wish);
  }

  /** What an event tells of that resource has changed. */
  noteChange(event: string, resource: string): void {
    for (const subscription of [...this.#subscriptions.values()]) {
      if (subscription.eventName === event && subscription.resource === resource) subscription.noteChange();
    }
  }

  /** That user is told nothing any more. */
  removeUser(user: string): void {
    for (const subscription of this.#of(user)) subscription.end('rejected');
  }

  handleFlowClosed(flow: SipFlow): void {
    for (const subscription of [...this.#subscriptions.values()]) {
      if (subscription.dialog.flow === flow) subscription.drop();
    }
  }

  /** Ends every one. */
  close(): void {
    for (const subscription of [...this.#subscriptions.values()]) subscription.end('probation;retry-after=30');
  }

  #begin(request: SipRequest, transaction: ServerTransaction, user: string, wish: Wish): void {
    const target = parseSipUri(request.uri)?.user ?? '';
    const found = wish.eventPackage.find(user, target);
    if ('status' in found) {
      this.#refuse(request, transaction, found);
      return;
    }
    const { clock, layer, logger } = this.#options;
    const contactFor = (flow: SipFlow) => this.#options.contactFor(flow, isSecureUri(request.uri));
    const dialog = Dialog.fromInvite(request, transaction.flow);
    const onEnded = () => void this.#subscriptions.delete(dialog.id);
    const subscription = new Subscription({ clock, layer, contactFor, onEnded }, user, found.resource, dialog, wish);
    const [oldest, ...others] = this.#of(user);
    if (others.length + 1 >= MAX_PER_USER) {
      logger.log('warn', 'sip.too-many-subscriptions', { user });
      oldest?.end('rejected');
    }
    this.#subscriptions.set(dialog.id, subscription);
    this.#accept(request, transaction, subscription, wish);
  }

  #refresh(request: SipRequest, transaction: ServerTransaction, user: string, wish: Wish): void {
    const key = dialogId(request.callId, request.toTag ?? '', request.fromTag ?? '');
    const subscription = this.#subscriptions.get(key);
    if (subscription === undefined || !subscription.isFor(wish)) this.#refuse(request, transaction, { status: 481 });
    else if (subscription.user !== user) this.#refuse(request, transaction, { status: 403 });
    else if (!subscription.dialog.accept(request)) {
      this.#refuse(request, transaction, { status: 500, reason: 'Out of order' });
    } else {
      // Who asks has proven who they are: what they are told goes where they ask from.
      subscription.dialog.flow = transaction.flow;
      this.#accept(request, transaction, subscription, wish);
    }
  }

  #accept(request: SipRequest, transaction: ServerTransaction, subscription: Subscription, wish: Wish): void {
    const headers = [
      ['Contact', this.#options.contactFor(transaction.flow, isSecureUri(request.uri))],
      ['Expires', String(wish.expiresS)],
    ] as const;
    transaction.respond(createResponse(request, 200, { headers, toTag: subscription.dialog.localTag }));
    subscription.extend(wish.expiresS);
  }

  #refuse(request: SipRequest, transaction: ServerTransaction, { status, headers = [], reason }: Refusal): void {
    const why = reason === undefined ? {} : { reason };
    transaction.respond(createResponse(request, status, { headers, toTag: newTag(), ...why }));
  }

  #of(user: string): Subscription[] {
    return [...this.#subscriptions.values()].filter((subscription) => subscription.user === user);
  }
}
