import { ActionIcon, Menu } from '@mantine/core';
import { Headphones, MoreVertical } from 'lucide-react';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { type OperatorState, shownState } from '../../../../shared/bridge/desk.ts';
import { superviseTarget } from '../../../../shared/bridge/supervision.ts';
import type { PersonId, QueueId } from '../../../../shared/flow/ids.ts';
import { StateItems } from '../../../desk/state-items.tsx';
import { chosenText, reachText, stateText } from '../../../desk/state-text.ts';
import { usePhone } from '../../../phone/phone-context.tsx';
import type { LiveCall } from '../../../store/live-calls-store.ts';
import { useLiveCalls, useProject, useStores } from '../../../store/react.tsx';
import { notifyFailure } from '../../../ui/notify.ts';
import classes from './board.module.css';
import { Elapsed } from './elapsed.tsx';

interface OperatorRowProps {
  readonly personId: PersonId;
  readonly name: string;
  readonly extension: string;
  /** Undefined: nothing is known of them, as of who has never been here. */
  readonly operator: OperatorState | undefined;
  /** Queues that they are a member of. */
  readonly queueIds: readonly QueueId[];
}

/** How one operator stands, and what can be done about it. */
export const OperatorRow = memo(function OperatorRow(props: OperatorRowProps) {
  const { t } = useTranslation();
  const { personId, name, extension, operator, queueIds } = props;
  const shown = operator === undefined ? 'offline' : shownState(operator);
  const reach = operator === undefined ? null : reachText(operator.reach, t);
  const inQueues = queueIds.filter((id) => operator?.outOf.includes(id) !== true).length;
  return (
    <tr>
      <th scope="row">
        {name} <small>{extension}</small>
      </th>
      <td>
        <span className={classes.state} data-state={shown}>
          {operator === undefined ? t('desk.state.offline') : stateText(operator, t)}
        </span>
        {reach === null ? null : <small> {reach}</small>}
        {operator?.next ? <small> {t('board.next', { state: chosenText(operator.next, t) })}</small> : null}
      </td>
      <td className={classes.number}>
        {operator === undefined || shown === 'offline' ? '–' : <Elapsed sinceMs={operator.sinceMs} />}
      </td>
      <td className={classes.number}>
        {queueIds.length === 0 ? '–' : t('board.inQueuesOf', { in: inQueues, all: queueIds.length })}
      </td>
      <td className={classes.act}>
        <Menu position="bottom-end" width={240}>
          <Menu.Target>
            <ActionIcon aria-label={t('board.act', { name })}>
              <MoreVertical size={14} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown className={classes.menu ?? ''}>
            <ListenItem personId={personId} name={name} />
            <StateItems personId={personId} />
            <QueueItems personId={personId} queueIds={queueIds} outOf={operator?.outOf ?? []} />
          </Menu.Dropdown>
        </Menu>
      </td>
    </tr>
  );
});

/** Calls into the operator's conversation; nothing while they are in none that a flow brought. */
function ListenItem({ personId, name }: { readonly personId: PersonId; readonly name: string }) {
  const { t } = useTranslation();
  const { ui } = useStores();
  const session = usePhone();
  const callId = useLiveCalls((state) => {
    const isTheirs = ({ summary }: LiveCall) => summary.personId === personId && summary.phase === 'talking';
    return Object.values(state.calls).find(isTheirs)?.summary.callId;
  });
  if (callId === undefined) return null;
  const listen = () => {
    ui.setState({ phoneOpen: true });
    void session.call(superviseTarget(callId), t('board.listening', { name }));
  };
  return (
    <>
      <Menu.Item leftSection={<Headphones size={14} aria-hidden />} onClick={listen}>
        {t('board.listen')}
      </Menu.Item>
      <Menu.Divider />
    </>
  );
}

interface QueueItemsProps {
  readonly personId: PersonId;
  readonly queueIds: readonly QueueId[];
  readonly outOf: readonly QueueId[];
}

function QueueItems({ personId, queueIds, outOf }: QueueItemsProps) {
  const { t } = useTranslation();
  const { bridge } = useStores();
  const queues = useProject((project) => project.queues);
  if (queueIds.length === 0) return null;
  return (
    <>
      <Menu.Label>{t('board.logInTo')}</Menu.Label>
      {queueIds.map((queueId) => {
        const isIn = !outOf.includes(queueId);
        return (
          <Menu.CheckboxItem
            key={queueId}
            checked={isIn}
            onChange={(checked) =>
              void bridge.call('desk.setQueue', { personId, queueId, in: checked }).catch(notifyFailure)
            }
          >
            {queues[queueId]?.name ?? queueId}
          </Menu.CheckboxItem>
        );
      })}
    </>
  );
}
