import { Button } from '@mantine/core';
import { CalendarPlus } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schedule } from '../../../../shared/flow/schedule.ts';
import type { ChangeSchedule } from '../schedule-item.tsx';

/** Loaded when it is opened first: the calendars of two hundred countries are large. */
const HolidaysDialog = lazy(async () => ({ default: (await import('./holidays-dialog.tsx')).HolidaysDialog }));

/** Adds public holidays to a schedule, as closed days, in one undo step. */
export function HolidaysButton({ schedule, change }: { schedule: Schedule; change: ChangeSchedule }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button variant="default" leftSection={<CalendarPlus size={14} aria-hidden />} onClick={() => setOpen(true)}>
        {t('holidays.open')}
      </Button>
      {open ? (
        <Suspense fallback={null}>
          <HolidaysDialog
            schedule={schedule}
            onClose={() => setOpen(false)}
            onAdd={(days) => {
              const added = Object.fromEntries(days.map(({ date, name }) => [date, { name, hours: [] }]));
              change({ holidays: { ...schedule.holidays, ...added } });
            }}
          />
        </Suspense>
      ) : null}
    </>
  );
}
