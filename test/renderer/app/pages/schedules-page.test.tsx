import { screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { SchedulesPage } from '../../../../renderer/app/pages/schedules-page.tsx';
import { ProjectSchema } from '../../../../shared/flow/project.ts';
import { ScheduleSchema } from '../../../../shared/flow/schedule.ts';
import { projectOf, renderApp, testWindow } from '../../../support/render-app.tsx';
import { sampleProject } from '../../../support/sample-project.ts';

/** The page with one schedule; the window's clock stands at Monday, 5 January 2026, 10:00 in Warsaw. */
function open(part: object = {}) {
  const project = sampleProject();
  project.schedules.office = ScheduleSchema.parse({
    name: 'Office',
    timeZone: 'Europe/Warsaw',
    weekly: [{ day: 1, from: '09:00', to: '17:00' }],
    ...part,
  });
  const view = renderApp(<SchedulesPage />, testWindow(project));
  return { ...view, schedule: () => ProjectSchema.parse(projectOf(view)).schedules.office };
}
const office = () => within(screen.getByRole('group', { name: 'Office' }));

describe('schedules', () => {
  it('[SP1] adds one with working hours in the zone of the project, and deletes it', async () => {
    const view = renderApp(<SchedulesPage />);
    expect(screen.getByText(/No schedule yet/)).toBeInTheDocument();
    await view.user.click(screen.getByRole('button', { name: 'Add a schedule' }));
    const [added] = Object.values(ProjectSchema.parse(projectOf(view)).schedules);
    expect(added).toMatchObject({ name: 'New schedule', timeZone: 'Europe/Warsaw', override: 'auto' });
    expect(added?.weekly).toHaveLength(5);
    await view.user.click(screen.getByRole('button', { name: 'Delete the schedule New schedule' }));
    expect(projectOf(view).schedules).toEqual({});
  });

  it('[SP2] says whether it is open now, and when that changes', () => {
    open();
    expect(office().getByText('Open until Mon, Jan 5, 17:00')).toBeInTheDocument();
  });

  it('[SP2] says the next opening', () => {
    open({ weekly: [{ day: 2, from: '08:30', to: '17:00' }] });
    expect(office().getByText('Closed, opens Tue, Jan 6, 08:30')).toBeInTheDocument();
  });

  it('[SP3] is opened and closed by hand', async () => {
    const { user, schedule } = open();
    await user.click(office().getByText('Closed'));
    expect(schedule()?.override).toBe('closed');
    await user.click(office().getByText('By the hours'));
    expect(schedule()?.override).toBe('auto');
  });

  it('[SP4] changes, adds and removes hours; what is no time stays out', async () => {
    const { user, schedule } = open();
    const from = office().getByRole('textbox', { name: 'Monday from' });
    await user.clear(from);
    await user.type(from, '08:15');
    expect(schedule()?.weekly).toEqual([{ day: 1, from: '08:15', to: '17:00' }]);
    await user.clear(from);
    await user.type(from, '25:00');
    expect(schedule()?.weekly[0]?.from).toBe('08:15');
    await user.click(office().getByRole('button', { name: 'Sunday: add hours' }));
    await user.click(office().getByRole('button', { name: 'Monday: add hours' }));
    expect(schedule()?.weekly.slice(1)).toEqual([
      { day: 7, from: '09:00', to: '17:00' },
      { day: 1, from: '17:00', to: '24:00' },
    ]);
    await user.click(office().getByRole('button', { name: 'Monday: remove 08:15 to 17:00' }));
    expect(schedule()?.weekly.map(({ day }) => day)).toEqual([7, 1]);
  });

  it('[SP5] adds days that differ, once each, closed or with hours, and removes them', async () => {
    const { user, schedule } = open();
    const date = office().getByRole('textbox', { name: 'Date' });
    const add = office().getByRole('button', { name: 'Add the day' });
    await user.type(date, '2026-02-30');
    expect(office().getByText('YYYY-MM-DD, or MM-DD for every year')).toBeInTheDocument();
    expect(add).toBeDisabled();
    await user.clear(date);
    await user.type(date, '12-25');
    await user.click(add);
    expect(schedule()?.holidays).toEqual({ '12-25': { name: '', hours: [] } });
    await user.type(date, '12-25');
    expect(office().getByText('This day is in the list')).toBeInTheDocument();
    await user.type(office().getByRole('textbox', { name: 'Name of 12-25' }), 'Christmas');
    await user.click(office().getByRole('button', { name: '12-25: add hours' }));
    expect(schedule()?.holidays['12-25']).toEqual({ name: 'Christmas', hours: [{ from: '09:00', to: '17:00' }] });
    await user.click(office().getByRole('button', { name: 'Delete 12-25' }));
    expect(schedule()?.holidays).toEqual({});
  });

  it('[SP6] marks a time zone that is not known', () => {
    open({ timeZone: 'Nowhere/Else' });
    expect(office().getByText('Unknown time zone')).toBeInTheDocument();
    expect(office().getByRole('combobox', { name: 'Time zone' })).toHaveValue('Nowhere/Else');
  });

  it('[SP6] adds the public holidays of the country that its zone is in, but those one leaves out', async () => {
    const { user, schedule, stores } = open({ holidays: { '12-25': { name: 'Christmas', hours: [] } } });
    await user.click(office().getByRole('button', { name: 'Public holidays…' }));
    const dialog = within(await screen.findByRole('dialog', { name: 'Add public holidays' }));
    expect(dialog.getByRole('combobox', { name: 'Country' })).toHaveValue('Poland');
    expect(dialog.getByRole('checkbox', { name: /^December 25/ })).toBeDisabled();
    await user.click(dialog.getByRole('checkbox', { name: /^January 6/ }));
    await user.click(dialog.getByRole('button', { name: /^Add \d+ days$/ }));
    const holidays = schedule()?.holidays ?? {};
    expect(holidays['01-06']).toBeUndefined();
    expect(holidays['12-25']?.name).toBe('Christmas');
    expect(holidays['2026-04-06']).toEqual({ name: 'Easter Monday', hours: [] });
    expect(holidays['2028-04-17']).toBeDefined();
    expect(screen.queryByRole('dialog')).toBeNull();
    stores.project.undo();
    expect(Object.keys(schedule()?.holidays ?? {})).toEqual(['12-25']);
  });

  it('[SP6] takes another country, and a region of it', async () => {
    const { user, schedule } = open();
    await user.click(office().getByRole('button', { name: 'Public holidays…' }));
    const dialog = within(await screen.findByRole('dialog'));
    await user.click(dialog.getByRole('combobox', { name: 'Country' }));
    await user.click(await screen.findByRole('option', { name: 'Germany' }));
    expect(dialog.queryByRole('checkbox', { name: /^January 6/ })).toBeNull();
    await user.click(dialog.getByRole('combobox', { name: 'State or region' }));
    await user.click(await screen.findByRole('option', { name: 'Bayern' }));
    await user.click(dialog.getByRole('button', { name: /^Add \d+ days$/ }));
    expect(schedule()?.holidays['01-06']?.hours).toEqual([]);
  });
});
