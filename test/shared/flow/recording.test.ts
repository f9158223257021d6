import { describe, expect, test } from 'vitest';
import { noticeLanguage, recordingNotices, USUAL_NOTICES } from '../../../shared/flow/recording.ts';

describe('the notice of recordings', () => {
  test('is the usual one where the project has no text of its own', () => {
    expect(recordingNotices(undefined)).toEqual(USUAL_NOTICES);
    expect(recordingNotices({ notices: { pl: 'Nagrywamy.', de: 'Aufnahme.' } })).toEqual({
      en: USUAL_NOTICES.en,
      pl: 'Nagrywamy.',
      de: 'Aufnahme.',
    });
  });

  test.each([
    [['pl', 'en'], 'pl'],
    [['en-GB', 'pl'], 'en'],
    [['pt', 'pl'], 'pl'],
    [[null, undefined, 'de-AT'], 'de-AT'],
    [['de'], 'de-AT'],
    [['fr', 'it'], 'en'],
  ])('for %j is in "%s"', (wishes, language) => {
    expect(noticeLanguage(['en', 'pl', 'de-AT'], wishes)).toBe(language);
  });
});
