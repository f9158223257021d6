import { describe, expect, test } from 'vitest';
import { type LineDraft, lineDraftOf, readLineDraft } from '../../../../../renderer/app/pages/line/line-draft.ts';
import { DEFAULT_TRUNK_LIMITS, DEFAULT_TRUNK_SETTINGS } from '../../../../../shared/bridge/trunk.ts';

const draft: LineDraft = { ...lineDraftOf(null), host: 'sip.example', user: 'acme' };

test('what is kept comes back as it was', () => {
  const settings = { ...DEFAULT_TRUNK_SETTINGS, enabled: true, host: 'sip.example', user: 'acme' };
  expect(readLineDraft(lineDraftOf(settings))).toEqual({ settings });
});

test('a new line is protected, and on once it is saved', () => {
  expect(readLineDraft(draft)).toMatchObject({ settings: { enabled: true, limits: DEFAULT_TRUNK_LIMITS } });
});

test('what people write is tidied up', () => {
  const typed = { host: ' sip.example ', callerId: '+48 (22) 123-45-67', countryCode: '+49', allowed: '+48, +49;20' };
  expect(readLineDraft({ ...draft, ...typed })).toMatchObject({
    settings: {
      host: 'sip.example',
      callerId: '+48221234567',
      countryCode: '49',
      limits: { allowedPrefixes: ['+48', '+49', '20'] },
    },
  });
});

describe('what cannot be saved is named', () => {
  test.each([
    [{ host: '' }, 'host'],
    [{ host: 'sip:sip.example' }, 'host'],
    [{ host: 'sip.example:5060' }, 'host'],
    [{ user: 'a b' }, 'user'],
    [{ user: '' }, 'user'],
    [{ callerId: 'Acme' }, 'callerId'],
    [{ countryCode: '' }, 'countryCode'],
    [{ allowed: '+48 everywhere' }, 'allowed'],
    [{ refused: '+48-70' }, 'refused'],
  ] as const)('%j: %s', (part, field) => {
    expect(readLineDraft({ ...draft, ...part })).toEqual({ wrong: new Set([field]) });
  });

  test('a line by address, or one that is off, needs no user', () => {
    for (const part of [{ mode: 'ip' as const }, { enabled: false }])
      expect(readLineDraft({ ...draft, user: '', ...part })).toHaveProperty('settings');
  });

  test.each(['::1', '2001:db8::5', '192.0.2.1', 'a', 'pbx_1.local'])('%s is a host', (host) =>
    expect(readLineDraft({ ...draft, host })).toHaveProperty('settings'),
  );
});
