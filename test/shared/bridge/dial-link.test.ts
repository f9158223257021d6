import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dialTarget } from '../../../shared/bridge/dial-link.ts';

describe('whom a link or a pasted text means', () => {
  it.each([
    ['tel:+48-22-123-45-67', '+48221234567'],
    ['TEL:112', '112'],
    ['tel:%2B48%20600%20100%20200', '+48600100200'],
    ['tel:+48221234567;ext=12;phone-context=example.com', '+48221234567'],
    ['callto://600100200', '600100200'],
    ['sip:101@pbx.example.com', '101'],
    ['sips:+48600100200@example.com;transport=tls?subject=x', '+48600100200'],
    ['sip:anna.nowak@example.com', 'sip:anna.nowak@example.com'],
    [' +48 (22) 123\u00a045\u201367 ', '+48221234567'],
    ['22 123 45 67', '221234567'],
    ['*98#', null],
    ['*985', '*985'],
  ])('%s → %s', (text, target) => expect(dialTarget(text)).toBe(target));

  it.each([
    '',
    'tel:',
    'hello',
    '12',
    'https://example.com/600100200',
    'tel:javascript:alert(1)',
    'sip:@example.com',
    'sip:anna',
    'sip:anna@exa mple.com',
    'sip:anna%0d%0aRoute:x@example.com',
    'call 600100200 now',
    '2026-11-23 and more',
    `tel:${'9'.repeat(101)}`,
    `${'1 '.repeat(300)}`,
  ])('nobody: %s', (text) => expect(dialTarget(text)).toBeNull());

  it('is never anything but what can be dialled', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.string().map((text) => `sip:${text}`),
          fc.string().map((text) => `tel:${text}`),
        ),
        (text) => {
          const target = dialTarget(text);
          if (target !== null) expect(target).toMatch(/^(?:\+?[0-9*#]+|sip:[A-Za-z0-9._+*-]+@[A-Za-z0-9.:[\]-]+)$/);
        },
      ),
    );
  });
});
