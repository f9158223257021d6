import { Menu } from '@mantine/core';
import { ChevronDown } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { type ShownState, shownState } from '../../shared/bridge/desk.ts';
import type { PersonId } from '../../shared/flow/ids.ts';
import { useCalls, useRegistration } from '../phone/phone-context.tsx';
import { liveCalls } from '../phone/phone-stores.ts';
import { formatDuration, useSeconds } from '../phone/use-seconds.ts';
import { useDesk } from '../store/react.tsx';
import classes from './desk.module.css';
import { StateItems } from './state-items.tsx';
import { chosenText, reachText, stateText } from './state-text.ts';

/** One coloured badge for the state, as a word too, with the time in it; a person's opens what can be chosen. */
export function StateBadge({ personId }: { readonly personId: PersonId | null }) {
  const { t } = useTranslation();
  const operator = useDesk((state) => (personId === null ? undefined : state.operators[personId]));
  const { state, sinceMs } = useShown(personId);
  const nowMs = useSeconds(sinceMs !== null);
  const text =
    operator !== undefined && shownState(operator) === state ? stateText(operator, t) : t(`desk.state.${state}`);
  const time = sinceMs === null ? null : <time>{formatDuration(nowMs - sinceMs)}</time>;
  const next = operator?.next ?? null;
  const reach = operator === undefined ? null : reachText(operator.reach, t);
  return (
    <div className={classes.stateBox}>
      <div className={classes.badge} data-state={state}>
        <span role="status" className={classes.badgeText}>
          {text}
        </span>
        {personId === null ? (
          time
        ) : (
          <Menu position="bottom-start" width={230}>
            <Menu.Target>
              <button type="button" className={classes.badgeButton} aria-label={t('desk.change')}>
                {time}
                <ChevronDown size={14} aria-hidden />
              </button>
            </Menu.Target>
            <Menu.Dropdown>
              <StateItems personId={personId} />
            </Menu.Dropdown>
          </Menu>
        )}
      </div>
      {next === null ? null : <p className={classes.next}>{t('desk.next', { state: chosenText(next, t) })}</p>}
      {reach === null ? null : <p className={classes.next}>{reach}</p>}
    </div>
  );
}

/** This window knows of its own calls and its own connection first; of everything else the PBX does. */
function useShown(personId: PersonId | null): { readonly state: ShownState; readonly sinceMs: number | null } {
  const operator = useDesk((state) => (personId === null ? undefined : state.operators[personId]));
  const status = useRegistration((state) => state.status);
  const call = useCalls((state) => liveCalls(state)[0]);
  if (call !== undefined) {
    const isActive = call.status === 'active';
    return { state: isActive ? 'on-call' : 'ringing', sinceMs: isActive ? call.answeredAtMs : call.startedAtMs };
  }
  if (status !== 'registered') return { state: 'offline', sinceMs: null };
  if (operator === undefined) return { state: 'available', sinceMs: null };
  const shown = shownState(operator);
  // Registered here a moment before the PBX says so.
  return shown === 'offline' ? { state: 'available', sinceMs: null } : { state: shown, sinceMs: operator.sinceMs };
}
