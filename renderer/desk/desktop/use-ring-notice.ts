import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useCalls } from '../../phone/phone-context.tsx';
import { liveCalls } from '../../phone/phone-stores.ts';
import { useStores, useUi } from '../../store/react.tsx';
import { useHasDesktop } from '../../store/use-has-desktop.ts';

/**
 * Tells of a ringing call when the window is not looked at: by a notification of the system, which takes no focus, and
 * where it is wished by the window itself, without focus, too.
 */
export function useRingNotice(): void {
  const { t } = useTranslation();
  const { bridge } = useStores();
  const has = useHasDesktop();
  const notice = useUi((state) => state.deskOptions.notice);
  const ringing = useCalls((state) =>
    liveCalls(state).find((call) => call.direction === 'incoming' && call.status === 'ringing'),
  );
  const callId = ringing?.id;
  const title = ringing === undefined ? '' : ringing.remote.name || ringing.remote.number || t('phone.unknownCaller');
  const body = ringing?.context?.queue ?? ringing?.remote.number ?? '';

  useEffect(() => {
    if (callId === undefined || notice === 'none' || document.hasFocus()) return undefined;
    if (notice === 'window' && has) void bridge.call('desktop.show', { focus: false }).catch(() => {});
    if (Notification.permission !== 'granted') return undefined;
    // The phone rings already.
    const shown = new Notification(t('desk.desktop.ringing', { name: title }), { body, tag: callId, silent: true });
    shown.onclick = () => {
      window.focus();
      if (has) void bridge.call('desktop.show', { focus: true }).catch(() => {});
    };
    return () => shown.close();
  }, [bridge, callId, notice, has, title, body, t]);

  // Browsers ask the person, and only when something of the page was used: signing in was.
  useEffect(() => {
    if (notice !== 'none' && Notification.permission === 'default') void Notification.requestPermission();
  }, [notice]);
}
