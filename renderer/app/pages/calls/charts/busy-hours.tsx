import { useTranslation } from 'react-i18next';
import { BUSY_WEEKS } from './chart-period.ts';
import classes from './charts.module.css';
import type { ChartData } from './use-chart.ts';

const HOURS = Array.from({ length: 24 }, (_, hour) => hour);
/** Monday first, as JavaScript counts them. */
const WEEKDAYS = [1, 2, 3, 4, 5, 6, 0];
/** Some day of the week 0, a Sunday. */
const A_SUNDAY = new Date(2026, 0, 4);

/** When callers come: how many on average in each hour of the week. */
export function BusyHours({ hours }: Pick<ChartData, 'hours'>) {
  const { t, i18n } = useTranslation();
  const counts = new Map<string, number>();
  for (const { startMs, count } of hours) {
    const start = new Date(startMs);
    const key = `${start.getDay()} ${start.getHours()}`;
    counts.set(key, (counts.get(key) ?? 0) + count);
  }
  const most = Math.max(1, ...counts.values());
  const average = new Intl.NumberFormat(i18n.language, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  const dayName = (day: number, weekday: 'short' | 'long') => {
    const date = new Date(A_SUNDAY.getFullYear(), A_SUNDAY.getMonth(), A_SUNDAY.getDate() + day);
    return date.toLocaleDateString(i18n.language, { weekday });
  };
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: where it is too wide it is scrolled by the keyboard, too
    <section className={classes.busy} aria-label={t('calls.charts.busy')} tabIndex={0}>
      <table aria-label={t('calls.charts.busy')}>
        <thead>
          <tr>
            <td />
            {HOURS.map((hour) => (
              <th key={hour} scope="col">
                {hour}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {WEEKDAYS.map((day) => (
            <tr key={day}>
              <th scope="row" abbr={dayName(day, 'long')}>
                {dayName(day, 'short')}
              </th>
              {HOURS.map((hour) => {
                const count = counts.get(`${day} ${hour}`) ?? 0;
                const mix = `color-mix(in srgb, var(--dt-accent) ${Math.round((45 * count) / most)}%, var(--dt-surface))`;
                return (
                  <td key={hour} style={{ background: mix }}>
                    {count === 0 ? '' : average.format(count / BUSY_WEEKS)}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
