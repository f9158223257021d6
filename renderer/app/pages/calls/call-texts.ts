import type { TFunction } from 'i18next';
import type { CallRecord } from '../../../../shared/bridge/calls.ts';
import { callsEn } from '../../../i18n/calls-en.ts';

const isKnownCause = (cause: string): cause is keyof typeof callsEn.causes => Object.hasOwn(callsEn.causes, cause);

/** Why a call ended, in words; what has no words (a SIP status) as it is. */
export function causeText(cause: string, t: TFunction): string {
  return isKnownCause(cause) ? t(`calls.causes.${cause}`) : cause;
}

/** Who called. */
export function callerText({ caller }: CallRecord, t: TFunction): string {
  const { name, number } = caller;
  if (name !== '' && number !== '') return `${name} (${number})`;
  return name || number || t('live.withheld');
}

/** A length of time as `m:ss`, or `h:mm:ss`; a dash for none. */
export function durationText(ms: number): string {
  if (ms === 0) return '–';
  const seconds = Math.round(ms / 1000);
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const shown = parts[0] === 0 ? parts.slice(1) : parts;
  return shown.map((part, index) => (index === 0 ? `${part}` : `${part}`.padStart(2, '0'))).join(':');
}

/** The first moment of a day as a date field gives it (`2026-01-05`), where the window is; undefined for none. */
export function startOfDay(day: string, daysLater = 0): number | undefined {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day);
  if (!match) return undefined;
  return new Date(Number(match[1]), Number(match[2]) - 1, Number(match[3]) + daysLater).getTime();
}
