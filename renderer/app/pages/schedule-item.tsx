import { ActionIcon, Input, SegmentedControl, Select, Text, Tooltip } from '@mantine/core';
import { Trash2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { isOpenAt, nextChange } from '../../../shared/engine/opening-hours.ts';
import type { ScheduleId } from '../../../shared/flow/ids.ts';
import type { Schedule } from '../../../shared/flow/schedule.ts';
import { isTimeZone } from '../../../shared/lib/zoned-time.ts';
import { useStores } from '../../store/react.tsx';
import { removeSchedule } from '../../store/schedule-edits.ts';
import { DraftInput } from '../../ui/draft-input.tsx';
import { zonesWith } from '../../ui/time-zones.ts';
import classes from './page.module.css';
import { ScheduleHolidays } from './schedule-holidays.tsx';
import { ScheduleWeek } from './schedule-week.tsx';

export type ChangeSchedule = (patch: Partial<Schedule>, typing?: string) => void;

/** One schedule: whether it is open now and until when, its week, its special days. */
export function ScheduleItem({ id, schedule }: { id: ScheduleId; schedule: Schedule }) {
  const { t } = useTranslation();
  const { project } = useStores();

  const change: ChangeSchedule = (patch, typing) =>
    project.edit(
      (document) => {
        document.schedules[id] = { ...schedule, ...patch };
      },
      typing === undefined ? {} : { coalesce: `schedule:${id}:${typing}` },
    );

  return (
    // biome-ignore lint/a11y/useSemanticElements: a <fieldset> would need a visible legend
    <div className={classes.item} role="group" aria-label={schedule.name}>
      <DraftInput
        label={t('schedules.name')}
        value={schedule.name}
        maxLength={100}
        check={(text) => (text.trim() === '' ? t('field.required') : undefined)}
        commit={(name) => change({ name }, 'name')}
      />
      <Select
        label={t('schedules.timeZone')}
        data={zonesWith(schedule.timeZone)}
        value={schedule.timeZone}
        limit={60}
        searchable
        allowDeselect={false}
        error={isTimeZone(schedule.timeZone) ? undefined : t('schedules.badTimeZone')}
        onChange={(timeZone) => timeZone && change({ timeZone })}
      />
      <Input.Wrapper label={t('schedules.override')} labelElement="div">
        <SegmentedControl
          aria-label={t('schedules.override')}
          fullWidth
          value={schedule.override}
          onChange={(override) => change({ override })}
          data={(['auto', 'open', 'closed'] as const).map((value) => ({
            value,
            label: t(`schedules.overrides.${value}`),
          }))}
        />
        <OpenNow schedule={schedule} />
      </Input.Wrapper>
      <Tooltip label={t('schedules.remove')}>
        <ActionIcon
          className={classes.end ?? ''}
          aria-label={t('schedules.removeSchedule', { name: schedule.name })}
          onClick={() => project.replace(removeSchedule(project.state.getState().project, id))}
        >
          <Trash2 size={16} />
        </ActionIcon>
      </Tooltip>
      <div className={classes.full}>
        <ScheduleWeek schedule={schedule} change={change} />
      </div>
      <div className={classes.full}>
        <ScheduleHolidays schedule={schedule} change={change} />
      </div>
    </div>
  );
}

/** Whether it is open at this moment, and when that changes, in the schedule's own time. */
function OpenNow({ schedule }: { schedule: Schedule }) {
  const { t, i18n } = useTranslation();
  const { clock } = useStores();
  const nowMs = clock.wallMs();
  const isOpen = isOpenAt(schedule, nowMs);
  const next = nextChange(schedule, nowMs);
  let text: string = t(isOpen ? 'schedules.alwaysOpen' : 'schedules.alwaysClosed');
  if (next) {
    const format = new Intl.DateTimeFormat(i18n.language, {
      timeZone: schedule.timeZone,
      weekday: 'short',
      day: 'numeric',
      month: 'short',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    });
    text = t(isOpen ? 'schedules.openUntil' : 'schedules.closedUntil', { time: format.format(next.atMs) });
  }
  return (
    <Text size="xs" c="dimmed" mt={4}>
      {text}
    </Text>
  );
}
