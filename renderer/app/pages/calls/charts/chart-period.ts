/** Which while the charts show. */
export const PERIODS = ['today', 'week', 'month', 'quarter', 'year'] as const;
export type Period = (typeof PERIODS)[number];

/** How long one stretch of a chart is. */
export type StretchUnit = 'hour' | 'day' | 'week' | 'month';

/** The stretches of a chart, by the edges between them. Wall-clock ms, whole hours and days where the window is. */
export interface ChartEdges {
  readonly unit: StretchUnit;
  readonly edgesMs: readonly number[];
  /** When the while of the same length before it began. */
  readonly previousFromMs: number;
}

const SPANS: Record<Period, { readonly unit: StretchUnit; readonly count: number }> = {
  today: { unit: 'hour', count: 24 },
  week: { unit: 'day', count: 7 },
  month: { unit: 'day', count: 30 },
  quarter: { unit: 'week', count: 13 },
  year: { unit: 'month', count: 12 },
};

/** Weeks that the busy hours are counted over. */
export const BUSY_WEEKS = 12;

/** The while that ends with the hour, day, week or month that is now. */
export function edgesOf(period: Period, nowMs: number): ChartEdges {
  const { unit, count } = SPANS[period];
  const now = new Date(nowMs);
  const first = period === 'today' ? 0 : 1 - count;
  const edge = (at: number) => edgeAt(now, unit, first + at);
  return {
    unit,
    edgesMs: inOrder(Array.from({ length: count + 1 }, (_, at) => edge(at))),
    previousFromMs: edge(-count),
  };
}

/** The edges of each hour of whole weeks that end with today. */
export function hourEdges(nowMs: number): number[] {
  const now = new Date(nowMs);
  const hours = BUSY_WEEKS * 7 * 24;
  return inOrder(Array.from({ length: hours + 1 }, (_, at) => edgeAt(now, 'hour', at - hours + 24)));
}

/** An hour of today, or a day, week or month counted from that of `now`. The calendar knows of summer time. */
function edgeAt(now: Date, unit: StretchUnit, at: number): number {
  const [year, month, day] = [now.getFullYear(), now.getMonth(), now.getDate()];
  const monday = day - ((now.getDay() + 6) % 7);
  if (unit === 'hour') return new Date(year, month, day, at).getTime();
  if (unit === 'day') return new Date(year, month, day + at).getTime();
  if (unit === 'week') return new Date(year, month, monday + 7 * at).getTime();
  return new Date(year, month + at, 1).getTime();
}

/** Without the hour that a day of spring does not have. */
function inOrder(edgesMs: readonly number[]): number[] {
  return edgesMs.filter((edge, at) => at === 0 || edge > (edgesMs[at - 1] ?? 0));
}

/** A stretch's name under the chart. */
export function stretchText(startMs: number, unit: StretchUnit, language: string): string {
  const start = new Date(startMs);
  if (unit === 'hour') return start.toLocaleTimeString(language, { hour: '2-digit', minute: '2-digit' });
  if (unit === 'month') return start.toLocaleDateString(language, { month: 'short', year: '2-digit' });
  return start.toLocaleDateString(language, { day: 'numeric', month: 'short' });
}
