import { z } from 'zod';

/** An address that can be asked; one with a user or a password in it is none, as these do not belong in a project. */
export const WEB_ADDRESS = /^https?:\/\/[^\s/?#@\\]+(?:[/?#]\S*)?$/i;

/** Name of a secret as `{secret.NAME}` has it; its value is `DIALTREE_SECRET_NAME` in the environment. */
export const SECRET_NAME = /^[a-z][a-z0-9_]{0,59}$/;

/** Who is told of new messages in voicemail, and which secret signs it (electron/services/webhook/SPEC.md). */
export const WebhookSchema = z.strictObject({
  url: z.string().max(2000).regex(WEB_ADDRESS, 'an http or https address without a user'),
  secretName: z.string().regex(SECRET_NAME, 'small letters, digits and "_", beginning with a letter'),
});
export type Webhook = z.infer<typeof WebhookSchema>;

/** The variable of the environment that has a secret. */
export function secretVariable(secretName: string): string {
  return `DIALTREE_SECRET_${secretName.toUpperCase()}`;
}

/** Whether what is sent there can be read by others on the way. */
export function isInClear(url: string): boolean {
  return /^http:/i.test(url) && !/^http:\/\/(localhost|127(\.[0-9]+){3}|\[::1\])([:/?#]|$)/i.test(url);
}
