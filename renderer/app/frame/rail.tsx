import { Badge, UnstyledButton } from '@mantine/core';
import {
  CalendarClock,
  CloudCog,
  Hash,
  LayoutDashboard,
  MessageSquareText,
  PhoneIncoming,
  Rocket,
  Settings,
  UsersRound,
  Voicemail,
  Workflow,
} from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useRemote, useStores, useUi, useVoicemail } from '../../store/react.tsx';
import type { Page } from '../../store/ui-store.ts';
import classes from './frame.module.css';

const PAGES = [
  { page: 'flows', icon: Workflow },
  { page: 'numbers', icon: Hash },
  { page: 'team', icon: UsersRound },
  { page: 'prompts', icon: MessageSquareText },
  { page: 'schedules', icon: CalendarClock },
  { page: 'board', icon: LayoutDashboard },
  { page: 'calls', icon: PhoneIncoming },
  { page: 'voicemail', icon: Voicemail },
  { page: 'versions', icon: Rocket },
  { page: 'sync', icon: CloudCog },
  { page: 'settings', icon: Settings },
] as const satisfies readonly { page: Page; icon: unknown }[];

/** Pages that are reached from another one. */
const PARTS: Partial<Record<Page, Page>> = { line: 'settings' };

/** The pages of the supervisor's window. */
export function Rail() {
  const { t } = useTranslation();
  const { ui } = useStores();
  const current = useUi((state) => state.page);
  const fresh = useVoicemail((state) => state.messages.filter(({ heard }) => !heard).length);
  const conflicts = useRemote((state) => state.conflicts.length);
  return (
    <nav className={classes.rail} aria-label={t('rail.label')}>
      {PAGES.map(({ page, icon: Icon }) => (
        <UnstyledButton
          key={page}
          className={classes.railItem}
          aria-current={page === (PARTS[current] ?? current) ? 'page' : undefined}
          onClick={() => ui.setState({ page })}
        >
          <Icon size={20} strokeWidth={1.75} aria-hidden />
          {t(`rail.${page}`)}
          {page === 'voicemail' ? <Count count={fresh} label={t('voicemail.fresh', { count: fresh })} /> : null}
          {page === 'sync' ? <Count count={conflicts} label={t('remote.conflicts', { count: conflicts })} /> : null}
        </UnstyledButton>
      ))}
    </nav>
  );
}

function Count({ count, label }: { count: number; label: string }) {
  if (count === 0) return null;
  return (
    <Badge size="xs" circle className={classes.railBadge ?? ''} aria-label={label}>
      {count}
    </Badge>
  );
}
