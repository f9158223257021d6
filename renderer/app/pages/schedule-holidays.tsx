import { ActionIcon, Button, TextInput } from '@mantine/core';
import { Plus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Holiday, HolidayDateSchema, type Schedule } from '../../../shared/flow/schedule.ts';
import { sortedEntries } from '../../../shared/lib/record.ts';
import { DraftInput } from '../../ui/draft-input.tsx';
import { HolidaysButton } from './holidays/holidays-button.tsx';
import classes from './page.module.css';
import type { ChangeSchedule } from './schedule-item.tsx';
import { HoursFields } from './schedule-week.tsx';

/** Days that differ from their week: closed, or with hours of their own. */
export function ScheduleHolidays({ schedule, change }: { schedule: Schedule; change: ChangeSchedule }) {
  const { t } = useTranslation();
  const { holidays } = schedule;
  const [date, setDate] = useState('');
  const isDate = HolidayDateSchema.safeParse(date).success;
  const isTaken = Object.hasOwn(holidays, date);
  const set = (day: string, patch: Partial<Holiday>, typing?: string) => {
    const before = holidays[day] ?? { name: '', hours: [] };
    change({ holidays: { ...holidays, [day]: { ...before, ...patch } } }, typing && `holiday:${day}:${typing}`);
  };
  return (
    <fieldset className={classes.rows}>
      <legend className={classes.rowsTitle}>{t('schedules.holidays')}</legend>
      {sortedEntries(holidays).map(([day, holiday]) => (
        <div key={day} className={classes.row}>
          <span className={classes.rowName}>{day}</span>
          <DraftInput
            aria-label={t('schedules.holidayName', { date: day })}
            value={holiday.name}
            maxLength={100}
            check={() => undefined}
            commit={(name) => set(day, { name }, 'name')}
          />
          {holiday.hours.length === 0 ? <span className={classes.muted}>{t('schedules.closed')}</span> : null}
          {holiday.hours.map((hours, index) => (
            <HoursFields
              // biome-ignore lint/suspicious/noArrayIndexKey: hours have no identity but their place
              key={index}
              name={day}
              hours={hours}
              onChange={(patch) =>
                set(
                  day,
                  { hours: holiday.hours.map((one, at) => (at === index ? { ...one, ...patch } : one)) },
                  `hours:${index}:${Object.keys(patch).join()}`,
                )
              }
              onRemove={() => set(day, { hours: holiday.hours.filter((_one, at) => at !== index) })}
            />
          ))}
          <ActionIcon
            size={24}
            aria-label={t('schedules.addHours', { day })}
            onClick={() => set(day, { hours: [...holiday.hours, { from: '09:00', to: '17:00' }] })}
          >
            <Plus size={14} />
          </ActionIcon>
          <ActionIcon
            size={24}
            aria-label={t('schedules.removeHoliday', { date: day })}
            onClick={() => {
              const { [day]: _gone, ...rest } = holidays;
              change({ holidays: rest });
            }}
          >
            <Trash2 size={14} />
          </ActionIcon>
        </div>
      ))}
      <div className={classes.row}>
        <TextInput
          aria-label={t('schedules.holidayDate')}
          placeholder={t('schedules.holidayDateHint')}
          w={260}
          value={date}
          error={isTaken ? t('schedules.dateTaken') : date !== '' && !isDate && t('schedules.badDate')}
          onChange={(event) => setDate(event.currentTarget.value)}
        />
        <Button
          variant="default"
          disabled={!isDate || isTaken}
          onClick={() => {
            set(date, {});
            setDate('');
          }}
        >
          {t('schedules.addHoliday')}
        </Button>
        <HolidaysButton schedule={schedule} change={change} />
      </div>
    </fieldset>
  );
}
