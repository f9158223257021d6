import type { PhoneCommand } from '../../../shared/bridge/desktop.ts';
import type { PhoneSession } from '../../phone/phone-session.ts';
import { currentCall, liveCalls } from '../../phone/phone-stores.ts';

/** Does to the call that is meant what a key, the tray or a headset wants; without one, nothing. */
export function runCommand({ calls, phone }: Pick<PhoneSession, 'calls' | 'phone'>, command: PhoneCommand): void {
  const state = calls.getState();
  const ringing = liveCalls(state).find((call) => call.direction === 'incoming' && call.status === 'ringing');
  const current = currentCall(state);
  if (command === 'answer') {
    if (ringing) void phone.answer(ringing.id);
  } else if (current === undefined) return;
  else if (command === 'hang-up') phone.hangUp(current.id);
  else if (current.status !== 'active') return;
  else if (command === 'mute') phone.setMuted(current.id, !current.muted);
  else phone.setHeld(current.id, !current.held);
}
