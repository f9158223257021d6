import { randomBytes } from 'node:crypto';

/** A From/To tag: at least 32 bits of cryptographic randomness (RFC 3261 19.3). */
export function newTag(): string {
  return randomBytes(8).toString('hex');
}

/** A Via branch with the magic cookie (RFC 3261 8.1.1.7). */
export function newBranch(): string {
  return `z9hG4bK${randomBytes(10).toString('hex')}`;
}

export function newCallId(): string {
  return randomBytes(16).toString('hex');
}
