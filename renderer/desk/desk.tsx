import { Button, VisuallyHidden } from '@mantine/core';
import { LogOut, PhoneCall as PhoneIcon } from 'lucide-react';
import { Fragment } from 'react';
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
import { currentCall } from '../phone/phone-stores.ts';
import { useDesk } from '../store/react.tsx';
import { AboutCaller } from './about-caller.tsx';
import { Callbacks } from './callbacks.tsx';
import classes from './desk.module.css';
import { DeskVoicemail, openVoicemail } from './desk-voicemail.tsx';
import { DeskOptionsForm } from './desktop/desk-options.tsx';
import { DialRequest } from './desktop/dial-request.tsx';
import { useAutoAnswer } from './desktop/use-auto-answer.ts';
import { useDesktopPhone } from './desktop/use-desktop-phone.ts';
import { useRingNotice } from './desktop/use-ring-notice.ts';
import { Forwarding } from './forwarding.tsx';
import { History } from './history.tsx';
import { QueueSwitches } from './queue-switches.tsx';
import { SignIn } from './sign-in.tsx';
import { StateBadge } from './state-badge.tsx';
import { stateText } from './state-text.ts';
import { Today } from './today.tsx';
import { WrapUp } from './wrap-up.tsx';

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
  const person = account?.personId ?? null;
  const operator = useDesk((state) => (person === null ? undefined : state.operators[person]));
  useDesktopPhone(operator === undefined ? t('desk.state.available') : stateText(operator, t));
  useRingNotice();
  useAutoAnswer();
  const live = calls.filter((call) => call.status !== 'ended');
  return (
    <section className={classes.desk} aria-label={t('phone.desk.label')}>
      <VisuallyHidden component="h1">{t('phone.desk.label')}</VisuallyHidden>
      <header className={classes.head}>
        <StateBadge personId={account?.personId ?? null} />
        <div className={classes.me}>
          <strong>{account?.displayName ?? ''}</strong>
          <span>{account?.user ?? ''}</span>
        </div>
        <MessageLight onOpen={openVoicemail} />
        <PhoneSettings>
          {person === null ? null : <Forwarding personId={person} />}
          <DeskOptionsForm />
        </PhoneSettings>
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
      {person === null ? null : <Today personId={person} />}
      {person === null ? null : <WrapUp personId={person} />}
      {live.length === 0 ? (
        <div className={classes.idle}>
          <PhoneIcon size={28} aria-hidden />
          <h2>{t('phone.desk.idle')}</h2>
          <p>{t('phone.desk.idleHint')}</p>
        </div>
      ) : (
        live.map((call) => (
          <Fragment key={call.id}>
            <CallCard call={call} />
            <AboutCaller call={call} />
          </Fragment>
        ))
      )}
      {current?.status === 'active' ? <Keypad onKey={(key) => session.phone.sendDigit(current.id, key)} /> : null}
      <Dialler />
      <DialRequest />
      {person === null ? null : <QueueSwitches personId={person} />}
      {person === null ? null : <Colleagues personId={person} />}
      {person === null ? null : <DeskVoicemail personId={person} />}
      <Callbacks />
      <History calls={calls.filter((call) => call.status === 'ended')} />
    </section>
  );
}
