import { ActionIcon } from '@mantine/core';
import { Plus, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { FromTimeSchema, type Hours, type Schedule, ToTimeSchema } from '../../../shared/flow/schedule.ts';
import { addHours } from '../../store/schedule-edits.ts';
import { DraftInput } from '../../ui/draft-input.tsx';
import classes from './page.module.css';
import type { ChangeSchedule } from './schedule-item.tsx';

const DAYS = [1, 2, 3, 4, 5, 6, 7] as const;

/** A day's name in the window's language; 1 January 2024 was a Monday. */
export function dayName(day: number, language: string): string {
  return new Intl.DateTimeFormat(language, { weekday: 'long', timeZone: 'UTC' }).format(Date.UTC(2024, 0, day));
}

/** The hours of each day of the week. */
export function ScheduleWeek({ schedule, change }: { schedule: Schedule; change: ChangeSchedule }) {
  const { t, i18n } = useTranslation();
  const { weekly } = schedule;
  const setHours = (index: number, hours: Partial<Hours>) =>
    change(
      { weekly: weekly.map((one, at) => (at === index ? { ...one, ...hours } : one)) },
      `hours:${index}:${Object.keys(hours).join()}`,
    );
  return (
    <fieldset className={classes.rows}>
      <legend className={classes.rowsTitle}>{t('schedules.week')}</legend>
      {DAYS.map((day) => {
        const name = dayName(day, i18n.language);
        const rows = weekly.flatMap((hours, index) => (hours.day === day ? [{ hours, index }] : []));
        return (
          <div key={day} className={classes.row}>
            <span className={classes.rowName}>{name}</span>
            {rows.length === 0 ? <span className={classes.muted}>{t('schedules.closed')}</span> : null}
            {rows.map(({ hours, index }) => (
              <HoursFields
                key={index}
                name={name}
                hours={hours}
                onChange={(patch) => setHours(index, patch)}
                onRemove={() => change({ weekly: weekly.filter((_one, at) => at !== index) })}
              />
            ))}
            <ActionIcon
              size={24}
              aria-label={t('schedules.addHours', { day: name })}
              onClick={() => change({ weekly: addHours(weekly, day) })}
            >
              <Plus size={14} />
            </ActionIcon>
          </div>
        );
      })}
    </fieldset>
  );
}

interface HoursFieldsProps {
  /** The day, for labels. */
  readonly name: string;
  readonly hours: Hours;
  readonly onChange: (patch: Partial<Hours>) => void;
  readonly onRemove: () => void;
}

/** From–to, with a button that takes them out. */
export function HoursFields({ name, hours, onChange, onRemove }: HoursFieldsProps) {
  const { t } = useTranslation();
  const check = (schema: typeof FromTimeSchema) => (text: string) =>
    schema.safeParse(text).success ? undefined : t('schedules.badTime');
  return (
    <span className={classes.hours}>
      <DraftInput
        aria-label={t('schedules.from', { day: name })}
        w={72}
        value={hours.from}
        check={check(FromTimeSchema)}
        commit={(from) => onChange({ from })}
      />
      <span aria-hidden>–</span>
      <DraftInput
        aria-label={t('schedules.to', { day: name })}
        w={72}
        value={hours.to}
        check={check(ToTimeSchema)}
        commit={(to) => onChange({ to })}
      />
      <ActionIcon
        size={24}
        aria-label={t('schedules.removeHours', { day: name, from: hours.from, to: hours.to })}
        onClick={onRemove}
      >
        <X size={14} />
      </ActionIcon>
    </span>
  );
}
