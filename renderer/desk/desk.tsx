import { Button, VisuallyHidden } from '@mantine/core';
import { LogOut, PhoneCall as PhoneIcon } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { CallCard } from '../phone/call-card.tsx';
import { Colleagues } from '../phone/colleagues.tsx';
import { Dialler } from '../phone/dialler.tsx';
import { Keypad } from '../phone/keypad.tsx';
import { MessageLight } from '../phone/message-light.tsx';
import { useCalls, usePhone, usePhoneState, useRegistration } from '../phone/phone-context.tsx';
import { PhoneError } from '../phone/phone-error.tsx';
import { usePhoneProblem } from '../phone/phone-panel.tsx';
import { PhoneSettings } from '../phone/phone-settings.tsx';
import { currentCall, liveCalls } from '../phone/phone-stores.ts';
import { Callbacks } from './callbacks.tsx';
import classes from './desk.module.css';
import { DeskVoicemail, openVoicemail } from './desk-voicemail.tsx';
import { History } from './history.tsx';
import { SignIn } from './sign-in.tsx';

/** The operator's desk: who I am and whether I can be reached, the calls, the keys, what was before. */
export function Desk() {
  const owner = usePhoneState((state) => state.owner);
  return owner.kind === 'none' || owner.kind === 'tester' ? <SignIn /> : <SignedIn />;
}

function SignedIn() {
  const { t } = useTranslation();
  const session = usePhone();
  const account = useRegistration((state) => state.account);
  const calls = useCalls((state) => state.calls);
  const current = useCalls(currentCall);
  const microphoneError = useCalls((state) => state.microphoneError);
  const problem = usePhoneProblem();
  const live = calls.filter((call) => call.status !== 'ended');
  return (
    <section className={classes.desk} aria-label={t('phone.desk.label')}>
      <VisuallyHidden component="h1">{t('phone.desk.label')}</VisuallyHidden>
      <header className={classes.head}>
        <StateBadge />
        <div className={classes.me}>
          <strong>{account?.displayName ?? ''}</strong>
          <span>{account?.user ?? ''}</span>
        </div>
        <MessageLight onOpen={openVoicemail} />
        <PhoneSettings />
        <Button
          variant="subtle"
          color="gray"
          leftSection={<LogOut size={14} aria-hidden />}
          onClick={() => session.setOwner({ kind: 'none' })}
        >
          {t('phone.desk.signOut')}
        </Button>
      </header>
      {problem ? <PhoneError error={problem} /> : null}
      {microphoneError ? <PhoneError error={microphoneError} /> : null}
      {live.length === 0 ? (
        <div className={classes.idle}>
          <PhoneIcon size={28} aria-hidden />
          <h2>{t('phone.desk.idle')}</h2>
          <p>{t('phone.desk.idleHint')}</p>
        </div>
      ) : (
        live.map((call) => <CallCard key={call.id} call={call} />)
      )}
      {current?.status === 'active' ? <Keypad onKey={(key) => session.phone.sendDigit(current.id, key)} /> : null}
      <Dialler />
      {account?.personId ? <Colleagues personId={account.personId} /> : null}
      {account?.personId ? <DeskVoicemail personId={account.personId} /> : null}
      <Callbacks />
      <History calls={calls.filter((call) => call.status === 'ended')} />
    </section>
  );
}

/** One coloured badge for the state, as a word too. */
function StateBadge() {
  const { t } = useTranslation();
  const status = useRegistration((state) => state.status);
  const call = useCalls((state) => liveCalls(state)[0]);
  const state =
    call?.status === 'active'
      ? 'onCall'
      : call
        ? 'ringing'
        : status === 'registered'
          ? 'available'
          : status === 'off'
            ? 'signedOut'
            : 'offline';
  return (
    <span className={classes.badge} data-state={state} role="status">
      {t(`phone.desk.state.${state}`)}
    </span>
  );
}
