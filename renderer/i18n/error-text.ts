import type { i18n } from 'i18next';
import type { ErrorDetail } from '../../shared/lib/errors.ts';
import { lookup } from '../../shared/lib/record.ts';
import { errorsPl } from './errors-pl.ts';

/** What an error says in the language of the window, with how to mend it. English is the errors' own. */
export function errorText({ code, message, hint, params = {} }: ErrorDetail, { language, services }: i18n): string {
  const own = hint === undefined ? message : `${message} ${hint}`;
  const text = language === 'pl' ? lookup(errorsPl, code) : undefined;
  if (text === undefined) return own;
  const places = [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name = '']) => name);
  // A text with a hole in it says less than the error's own.
  if (places.some((name) => params[name] === undefined)) return own;
  return services.interpolator.interpolate(text, params, language, { escapeValue: false });
}
