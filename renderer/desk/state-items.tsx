import { Menu } from '@mantine/core';
import { Check } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { ChosenState } from '../../shared/bridge/desk.ts';
import type { PersonId } from '../../shared/flow/ids.ts';
import { pauseReasonsOf } from '../../shared/flow/pause-reasons.ts';
import { sameJson } from '../../shared/lib/same-json.ts';
import { useDesk, useProject, useStores } from '../store/react.tsx';
import { notifyFailure } from '../ui/notify.ts';

/** What can be chosen for a person, as items of a menu; what holds, or comes next, has a tick. */
export function StateItems({ personId }: { readonly personId: PersonId }) {
  const { t } = useTranslation();
  const { bridge } = useStores();
  const operator = useDesk((state) => state.operators[personId]);
  const settings = useProject((project) => project.settings);
  const current = operator?.next ?? operator?.chosen ?? { kind: 'available' };

  const item = (state: ChosenState, text: string) => (
    <Menu.Item
      key={text}
      leftSection={<Check size={14} aria-hidden opacity={sameJson(state, current) ? 1 : 0} />}
      aria-current={sameJson(state, current) || undefined}
      onClick={() => void bridge.call('desk.setState', { personId, state }).catch(notifyFailure)}
    >
      {text}
    </Menu.Item>
  );

  return (
    <>
      {item({ kind: 'available' }, t('desk.state.available'))}
      <Menu.Label>{t('desk.pause')}</Menu.Label>
      {pauseReasonsOf(settings).map((reason) => item({ kind: 'paused', reason }, reason))}
      <Menu.Divider />
      {item({ kind: 'logged-out' }, t('desk.logOut'))}
    </>
  );
}
