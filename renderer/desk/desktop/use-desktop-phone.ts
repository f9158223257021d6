import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PhoneCommand, Presence } from '../../../shared/bridge/desktop.ts';
import { useCalls, usePhone } from '../../phone/phone-context.tsx';
import { currentCall } from '../../phone/phone-stores.ts';
import type { PhoneCall } from '../../phone/phone-types.ts';
import { useStores, useUi } from '../../store/react.tsx';
import { useHasDesktop } from '../../store/use-has-desktop.ts';
import { notifyFailure } from '../../ui/notify.ts';
import { runCommand } from './run-command.ts';

/** The phone in the tray, and what keys of every program and the tray want of it. */
export function useDesktopPhone(stateText: string): void {
  const { t } = useTranslation();
  const { bridge } = useStores();
  const session = usePhone();
  const has = useHasDesktop();
  const call = useCalls(currentCall);
  const hotkeys = useUi((state) => state.deskOptions.hotkeys);
  const presence = presenceOf(call, stateText, (name) => t('desk.desktop.ringing', { name }));
  const shown = JSON.stringify(presence);

  useEffect(() => bridge.on('desktop.command', ({ command }) => runCommand(session, command)), [bridge, session]);

  useEffect(() => {
    if (!has) return undefined;
    void bridge.call('desktop.hotkeys', { hotkeys }).catch(notifyFailure);
    return () => void bridge.call('desktop.hotkeys', { hotkeys: {} }).catch(() => {});
  }, [bridge, has, hotkeys]);

  useEffect(() => {
    if (has) void bridge.call('desktop.presence', { presence: JSON.parse(shown) as Presence }).catch(notifyFailure);
  }, [bridge, has, shown]);

  useEffect(() => {
    if (!has) return undefined;
    return () => void bridge.call('desktop.presence', { presence: null }).catch(() => {});
  }, [bridge, has]);
}

function presenceOf(call: PhoneCall | undefined, text: string, ringing: (name: string) => string): Presence {
  if (call === undefined) return { phase: 'idle', text, isMuted: false };
  const name = (call.remote.name || call.remote.number).slice(0, 100);
  if (call.direction === 'incoming' && call.status === 'ringing') {
    return { phase: 'ringing', text: ringing(name), isMuted: false };
  }
  return { phase: 'talking', text: name === '' ? text : `${text}: ${name}`, isMuted: call.muted };
}

/** Which of the wanted keys another program holds. */
export function useRefusedHotkeys(): readonly PhoneCommand[] {
  const { bridge } = useStores();
  const has = useHasDesktop();
  const hotkeys = useUi((state) => state.deskOptions.hotkeys);
  const [refused, setRefused] = useState<readonly PhoneCommand[]>([]);
  useEffect(() => {
    if (!has) return undefined;
    let isOver = false;
    void bridge.call('desktop.hotkeys', { hotkeys }).then(
      (answer) => isOver || setRefused(answer.refused),
      () => {},
    );
    return () => {
      isOver = true;
    };
  }, [bridge, has, hotkeys]);
  return refused;
}
