import { describe, expect, it } from 'vitest';
import {
  credentialsOf,
  draftOf,
  type EndpointDraft,
  isReadableByOthers,
  settingsOf,
} from '../../../../../renderer/app/pages/sync/endpoint-draft.ts';

const draft = (part: Partial<EndpointDraft> = {}): EndpointDraft => ({
  ...draftOf(null),
  url: 'https://files.example/office.json',
  ...part,
});

describe('the form of an endpoint', () => {
  it('begins with what is kept, but no secret', () => {
    const settings = { url: 'https://a/b', kind: 'http', auth: 'digest', user: 'ann', caPem: 'CA' } as const;
    expect(draftOf(settings)).toMatchObject({ ...settings, password: '', token: '', keyPem: '' });
    expect(settingsOf(draftOf(settings))).toEqual(settings);
    expect(credentialsOf(draftOf(settings))).toBeUndefined();
  });

  it('gives no settings while the address is none', () => {
    expect(settingsOf(draft({ url: ' https://files.example/office.json ' }))?.url).toBe(
      'https://files.example/office.json',
    );
    for (const url of ['', 'files.example/a', 'https://files.example/', 'https://a@files.example/b', 'https://a/b#c']) {
      expect(settingsOf(draft({ url }))).toBeNull();
    }
  });

  it('[RS12] gives the secrets of the chosen way only', () => {
    const typed = { password: 'P', token: 'T', user: 'ann' };
    expect(credentialsOf(draft({ ...typed, auth: 'basic' }))).toEqual({ password: 'P' });
    expect(credentialsOf(draft({ ...typed, auth: 'bearer' }))).toEqual({ token: 'T' });
    expect(settingsOf(draft({ ...typed, auth: 'bearer' }))?.user).toBe('');
    expect(credentialsOf(draft({ ...typed, auth: 'none' }))).toBeUndefined();
    expect(credentialsOf(draft({ auth: 'none', certPem: 'C', keyPem: 'K' }))).toEqual({ certPem: 'C', keyPem: 'K' });
  });

  it('knows which lines others can read', () => {
    expect(isReadableByOthers('http://files.example/a')).toBe(true);
    for (const url of ['https://files.example/a', 'http://localhost:1/a', 'http://[::1]/a', 'http://127.0.0.1/a', '']) {
      expect(isReadableByOthers(url)).toBe(false);
    }
  });
});
