import type { Severity } from '../finding.ts';

/** What rules find, with its severity; one file for each rule beside this one, SPEC.md, CK*. */
export const CHECKS = {
  'check/duplicate-member': 'warning',
  'check/key-not-spoken': 'info',
  'check/key-waits': 'warning',
  'check/long-before-choice': 'warning',
  'check/loop-without-input': 'warning',
  'check/menu-without-person': 'warning',
  'check/missing-language': 'warning',
  'check/missing-voice': 'warning',
  'check/never-closes': 'info',
  'check/never-opens': 'error',
  'check/other-language': 'info',
  'check/prompt-is-name': 'warning',
  'check/secret-in-address': 'warning',
  'check/secret-in-clear': 'warning',
  'check/secret-spoken': 'warning',
  'check/shadowed-extension': 'warning',
  'check/spoken-key': 'error',
  'check/toll-abroad': 'warning',
  'check/toll-premium': 'error',
  'check/too-deep': 'error',
  'check/unreachable-node': 'warning',
  'check/unused-flow': 'info',
  'check/unused-person': 'info',
  'check/unused-prompt': 'info',
  'check/unused-queue': 'info',
  'check/unused-schedule': 'info',
} as const satisfies Record<string, Severity>;

export type CheckCode = keyof typeof CHECKS;
