import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { errorText } from '../../../renderer/i18n/error-text.ts';
import { errorsPl } from '../../../renderer/i18n/errors-pl.ts';
import { startI18n } from '../../../renderer/i18n/index.ts';

const i18n = startI18n('pl');

/** Codes of errors that a person at a window may meet, as the sources name them. */
function codesInSources(): string[] {
  const files = ['electron/services', 'shared/lib', 'renderer'].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.tsx?$/.test(file))
      .map((file) => join(folder, file)),
  );
  const codes = files.flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(/code: '([a-z0-9-]+\/[a-z0-9-]+)'/g)].map(([, code = '']) => code),
  );
  return [...new Set(codes)];
}

/** Told in their own words in both languages elsewhere, or never shown to anybody. */
const ELSEWHERE = /^(import|flow|check|cli|phone)\/|^bridge\/(bad-|unknown-call|untrusted)/;
const NEVER_SHOWN = new Set([
  'project/recovered',
  'project/outside-refused',
  'project/moved',
  'sync/cut',
  'sync/unexpected',
]);

describe('errors in Polish', () => {
  it('every code that a person may meet has its text', () => {
    const missing = codesInSources().filter(
      (code) => !ELSEWHERE.test(code) && !NEVER_SHOWN.has(code) && !Object.hasOwn(errorsPl, code),
    );
    expect(missing).toEqual([]);
  });

  it('has what was wrong in it, and falls back to the error’s own words rather than to a hole', () => {
    const error = { code: 'sync/timeout', message: 'No answer.', hint: 'Wait.' };
    expect(errorText({ ...error, params: { where: 'https://x' } }, i18n)).toBe(
      'Serwer nie odpowiedział na czas (https://x).',
    );
    expect(errorText(error, i18n)).toBe('No answer. Wait.');
    expect(errorText({ code: 'other/one', message: 'Something.' }, i18n)).toBe('Something.');
  });

  it('in English the errors speak for themselves', async () => {
    await i18n.changeLanguage('en');
    expect(errorText({ code: 'sync/timeout', message: 'No answer.', params: { where: 'x' } }, i18n)).toBe('No answer.');
    await i18n.changeLanguage('pl');
  });
});
