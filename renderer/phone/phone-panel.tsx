import { useTranslation } from 'react-i18next';
import { CallCard } from './call-card.tsx';
import { Dialler } from './dialler.tsx';
import { Keypad } from './keypad.tsx';
import classes from './phone.module.css';
import { useCalls, usePhone, usePhoneState, useRegistration } from './phone-context.tsx';
import { PhoneError } from './phone-error.tsx';
import { PhoneSettings } from './phone-settings.tsx';
import { currentCall } from './phone-stores.ts';
import { RegistrationLight } from './registration-light.tsx';

/** Ended calls that the supervisor's phone still shows. */
const SHOWN_ENDED = 3;

/** The supervisor's phone: calls in their slots, and the keys. */
export function PhonePanel() {
  const { t } = useTranslation();
  const session = usePhone();
  const calls = useCalls((state) => state.calls);
  const problem = usePhoneProblem();
  const microphoneError = useCalls((state) => state.microphoneError);
  const current = useCalls(currentCall);
  const live = calls.filter((call) => call.status !== 'ended');
  const ended = calls.filter((call) => call.status === 'ended').slice(-SHOWN_ENDED);
  return (
    <div className={classes.panel}>
      <header className={classes.panelHead}>
        <h2>{t('phone.label')}</h2>
        <RegistrationLight />
        <PhoneSettings />
      </header>
      {problem ? <PhoneError error={problem} /> : null}
      {microphoneError ? <PhoneError error={microphoneError} /> : null}
      <Dialler />
      {[...live, ...ended.reverse()].map((call) => (
        <CallCard key={call.id} call={call} />
      ))}
      {current?.status === 'active' ? <Keypad onKey={(key) => session.phone.sendDigit(current.id, key)} /> : null}
    </div>
  );
}

/** What is wrong with the phone now: the account, the last call, or the registration. */
export function usePhoneProblem() {
  const sessionError = usePhoneState((state) => state.error);
  const registrationError = useRegistration((state) => state.error);
  return sessionError ?? registrationError;
}
