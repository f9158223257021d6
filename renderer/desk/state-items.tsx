import { Menu } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ChosenState } from '../../shared/bridge/desk.ts';
import { DEFAULT_REACH } from '../../shared/bridge/reach.ts';
import type { PersonId } from '../../shared/flow/ids.ts';
import { pauseReasonsOf } from '../../shared/flow/pause-reasons.ts';
import { useDesk, useProject, useStores } from '../store/react.tsx';
import { notifyFailure } from '../ui/notify.ts';

const AVAILABLE: ChosenState = { kind: 'available' };
const LOGGED_OUT: ChosenState = { kind: 'logged-out' };

/** What can be chosen for a person, as items of a menu; what holds, or comes next, has a tick. */
export function StateItems({ personId }: { readonly personId: PersonId }) {
  const { t } = useTranslation();
  const { bridge } = useStores();
  const operator = useDesk((state) => state.operators[personId]);
  const settings = useProject((project) => project.settings);
  const pauses = pauseReasonsOf(settings).map((reason): ChosenState => ({ kind: 'paused', reason }));
  const all = [AVAILABLE, ...pauses, LOGGED_OUT];

  const item = (state: ChosenState, text: string) => (
    <Menu.RadioItem key={keyOf(state)} value={keyOf(state)} closeMenuOnClick>
      {text}
    </Menu.RadioItem>
  );

  const reach = operator?.reach ?? DEFAULT_REACH;
  return (
    <>
      <Menu.RadioGroup
        value={keyOf(operator?.next ?? operator?.chosen ?? AVAILABLE)}
        onChange={(key) => {
          const state = all.find((one) => keyOf(one) === key);
          if (state !== undefined) void bridge.call('desk.setState', { personId, state }).catch(notifyFailure);
        }}
      >
        {item(AVAILABLE, t('desk.state.available'))}
        <Menu.Label>{t('desk.pause')}</Menu.Label>
        {pauses.map((state) => item(state, state.kind === 'paused' ? state.reason : ''))}
        <Menu.Divider />
        {item(LOGGED_OUT, t('desk.logOut'))}
      </Menu.RadioGroup>
      <Menu.CheckboxItem
        checked={reach.doNotDisturb}
        onChange={(doNotDisturb) =>
          void bridge.call('desk.setReach', { personId, reach: { ...reach, doNotDisturb } }).catch(notifyFailure)
        }
      >
        {t('desk.reach.doNotDisturb')}
      </Menu.CheckboxItem>
    </>
  );
}

/** A pause that nobody chose is none of those that can be chosen. */
function keyOf(state: ChosenState): string {
  return state.kind === 'paused' ? `paused ${state.auto ? '' : state.reason}` : state.kind;
}
