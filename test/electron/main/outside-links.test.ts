import { expect, it } from 'vitest';
import { isOutsideLink } from '../../../electron/main/outside-links.ts';

it('takes https and nothing else', () => {
  expect(isOutsideLink('https://crm.example.com/?n=1')).toBe(true);
  for (const address of [
    'http://a.example/',
    'file:///etc/passwd',
    'javascript:1',
    'https://a:b@c.example/',
    'x',
    '',
  ]) {
    expect(isOutsideLink(address), address).toBe(false);
  }
});
