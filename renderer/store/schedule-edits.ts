import type { ScheduleId } from '../../shared/flow/ids.ts';
import type { Project } from '../../shared/flow/project.ts';
import { type Schedule, ScheduleSchema } from '../../shared/flow/schedule.ts';
import { newId } from './new-id.ts';

/** Pure changes of schedules. */

/** Adds a schedule in the project's time zone: Monday to Friday, nine to five. */
export function addSchedule(project: Project, name: string): Project {
  const schedule = ScheduleSchema.parse({
    name,
    timeZone: project.settings.timeZone,
    weekly: [1, 2, 3, 4, 5].map((day) => ({ day, from: '09:00', to: '17:00' })),
  });
  return { ...project, schedules: { ...project.schedules, [newId('s')]: schedule } };
}

/** Takes a schedule out. What still names it is reported as a problem. */
export function removeSchedule(project: Project, id: ScheduleId): Project {
  const { [id]: _gone, ...schedules } = project.schedules;
  return { ...project, schedules };
}

/** Adds hours to a day of the week: nine to five, or from the end of its last ones to midnight. */
export function addHours(weekly: Schedule['weekly'], day: number): Schedule['weekly'] {
  const last = weekly.filter((hours) => hours.day === day).at(-1);
  const from = last === undefined || last.to === '24:00' ? '09:00' : last.to;
  return [...weekly, { day, from, to: last === undefined ? '17:00' : '24:00' }];
}
