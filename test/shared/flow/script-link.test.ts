import { expect, it } from 'vitest';
import { isScriptTemplate, scriptLink } from '../../../shared/flow/script-link.ts';

const CALL = { number: '+48 600', name: 'Żaneta & Co/../', callId: 'c-1' };

it('fills in what is known of the call, encoded', () => {
  const link = scriptLink('https://CRM.example.com:8443/a?n={number}&w={name}#{callId}', CALL);
  expect(link).toEqual({
    href: 'https://CRM.example.com:8443/a?n=%2B48%20600&w=%C5%BBaneta%20%26%20Co%2F..%2F#c-1',
    host: 'crm.example.com:8443',
  });
  expect(new URL(link?.href ?? '').host).toBe(link?.host);
});

it.each([
  'http://crm.example.com/',
  'javascript:alert(1)',
  'https://{number}.example.com/',
  'https://example.com{number}/',
  'https://user:secret@example.com/',
  'https://example.com\\@evil.test/',
  'https:///x',
  'https://example.com:{number}/',
  ' https://example.com/',
  '',
])('refuses %j', (template) => {
  expect(scriptLink(template, CALL)).toBeNull();
  expect(isScriptTemplate(template)).toBe(false);
});
