import { Button, Checkbox, Select } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schedule } from '../../../../shared/flow/schedule.ts';
import { useStores } from '../../../store/react.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import classes from './holidays.module.css';
import {
  countries,
  countryOfZone,
  type Place,
  type PublicHoliday,
  publicHolidays,
  regions,
} from './public-holidays.ts';

interface HolidaysDialogProps {
  readonly schedule: Schedule;
  readonly onClose: () => void;
  readonly onAdd: (days: readonly PublicHoliday[]) => void;
}

/** This year and so many more: days by Easter must be known for each. */
const MORE_YEARS = 2;

/** Public holidays of a country to choose from; those that are chosen become closed days of the schedule. */
export function HolidaysDialog({ schedule, onClose, onAdd }: HolidaysDialogProps) {
  const { t, i18n } = useTranslation();
  const { clock } = useStores();
  const [country, setCountry] = useState(() => countryOfZone(schedule.timeZone));
  const [region, setRegion] = useState<string | null>(null);
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const year = new Date(clock.wallMs()).getUTCFullYear();
  const { language } = i18n;
  const allCountries = useMemo(() => options(countries(language)), [language]);
  const allRegions = useMemo(() => (country === null ? [] : options(regions(country, language))), [country, language]);
  const days = useMemo(() => {
    const years = Array.from({ length: MORE_YEARS + 1 }, (_, index) => year + index);
    return country === null ? [] : publicHolidays(country, region, years, language);
  }, [country, region, year, language]);
  const isThere = ({ date }: PublicHoliday) => Object.hasOwn(schedule.holidays, date);
  const chosen = days.filter((day) => !isThere(day) && !left.has(day.date));

  return (
    <Dialog title={t('holidays.title')} opened onClose={onClose}>
      <div className={classes.where}>
        <Select
          label={t('holidays.country')}
          data={allCountries}
          value={country}
          searchable
          allowDeselect={false}
          onChange={(code) => {
            setCountry(code);
            setRegion(null);
          }}
        />
        {allRegions.length === 0 ? null : (
          <Select
            label={t('holidays.region')}
            placeholder={t('holidays.wholeCountry')}
            data={allRegions}
            value={region}
            searchable
            clearable
            onChange={setRegion}
          />
        )}
      </div>
      <ul className={classes.days} aria-label={t('holidays.days')}>
        {days.map((day) => (
          <li key={day.date}>
            <Checkbox
              label={`${dayText(day.date, language)} · ${day.name}`}
              description={isThere(day) ? t('holidays.isThere') : undefined}
              checked={isThere(day) || !left.has(day.date)}
              disabled={isThere(day)}
              onChange={(event) => {
                const next = new Set(left);
                if (event.currentTarget.checked) next.delete(day.date);
                else next.add(day.date);
                setLeft(next);
              }}
            />
          </li>
        ))}
      </ul>
      <p className={classes.hint}>{t('holidays.hint', { to: year + MORE_YEARS })}</p>
      <div className={classes.actions}>
        <Button variant="default" onClick={onClose}>
          {t('holidays.cancel')}
        </Button>
        <Button
          data-autofocus
          disabled={chosen.length === 0}
          onClick={() => {
            onAdd(chosen);
            onClose();
          }}
        >
          {t('holidays.add', { count: chosen.length })}
        </Button>
      </div>
    </Dialog>
  );
}

const options = (places: readonly Place[]) => places.map(({ code, name }) => ({ value: code, label: name }));

/** `24 December`, and with its year where it is only then. */
function dayText(date: string, language: string): string {
  const isYearly = date.length === 5;
  const format = new Intl.DateTimeFormat(language, {
    day: 'numeric',
    month: 'long',
    timeZone: 'UTC',
    ...(isYearly ? {} : { year: 'numeric' }),
  });
  return format.format(Date.parse(isYearly ? `2024-${date}` : date));
}
