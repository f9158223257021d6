import type { QueueStretch } from '../../../../../shared/bridge/calls.ts';
import { durationText } from '../call-texts.ts';
import { offered } from './use-chart.ts';

/** A share in percent; a dash where there is nothing to share. */
export function shareText(part: number, of: number, language: string): string {
  if (of === 0) return '–';
  return new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 0 }).format(part / of);
}

/** The average of a sum as `m:ss`; a dash where there is nothing. */
export function averageText(sumMs: number, count: number): string {
  if (count === 0) return '–';
  return sumMs < 500 * count ? '0:00' : durationText(sumMs / count);
}

/** The figures of some calls, in words and in the order of the texts of `calls.charts.figures`. */
export function figureTexts(stretch: QueueStretch, language: string) {
  const all = offered(stretch);
  return {
    offered: all.toLocaleString(language),
    answered: stretch.answered.toLocaleString(language),
    abandoned: stretch.abandoned === 0 ? '0' : withShare(stretch.abandoned, all, language),
    level: shareText(stretch.within, all, language),
    wait: averageText(stretch.answerMs, stretch.answered),
    talk: averageText(stretch.talkMs, stretch.answered),
  } as const;
}

function withShare(part: number, of: number, language: string): string {
  return `${part.toLocaleString(language)} (${shareText(part, of, language)})`;
}

export type Figure = keyof ReturnType<typeof figureTexts>;
