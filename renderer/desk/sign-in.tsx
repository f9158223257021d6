import { Button, PasswordInput, Stack, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePhone } from '../phone/phone-context.tsx';
import { PhoneError } from '../phone/phone-error.tsx';
import { usePhoneProblem } from '../phone/phone-panel.tsx';
import { useProject } from '../store/react.tsx';
import classes from './desk.module.css';

/** Who sits at this window: a person of the project, or any SIP account on this machine. */
export function SignIn() {
  const { t } = useTranslation();
  const [manual, setManual] = useState(false);
  const problem = usePhoneProblem();
  return (
    <section className={classes.signIn} aria-label={t('phone.desk.whoAreYou')}>
      <h1>{t('phone.desk.whoAreYou')}</h1>
      <p>{t('phone.desk.whoHint')}</p>
      {problem ? <PhoneError error={problem} /> : null}
      {manual ? <AccountForm onBack={() => setManual(false)} /> : <PeopleList />}
      {manual ? null : (
        <Button variant="subtle" color="gray" onClick={() => setManual(true)}>
          {t('phone.desk.otherAccount')}
        </Button>
      )}
    </section>
  );
}

function PeopleList() {
  const { t } = useTranslation();
  const session = usePhone();
  const people = useProject((project) => project.people);
  const entries = Object.entries(people).sort(([, a], [, b]) => a.extension.localeCompare(b.extension));
  if (entries.length === 0) return <p>{t('phone.desk.nobody')}</p>;
  return (
    <ul className={classes.people} aria-label={t('phone.desk.choosePerson')}>
      {entries.map(([personId, person]) => (
        <li key={personId}>
          <button type="button" onClick={() => session.setOwner({ kind: 'person', personId })}>
            <strong>{person.name}</strong>
            <span>{person.extension}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}

function AccountForm({ onBack }: { readonly onBack: () => void }) {
  const { t } = useTranslation();
  const session = usePhone();
  const [server, setServer] = useState('');
  const [user, setUser] = useState('');
  const [password, setPassword] = useState('');
  const serverOk = isLocalServer(server);
  const userOk = /^[A-Za-z0-9._+-]{1,64}$/.test(user);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!serverOk || !userOk) return;
    // The domain is the server's; the embedded PBX and Asterisk look at the user only.
    const uri = `sip:${user}@${new URL(server).hostname}`;
    const account = { wsUrl: server, uri, user, password, displayName: user, personId: null };
    session.setOwner({ kind: 'account', account });
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="8px">
        <TextInput
          label={t('phone.desk.server')}
          placeholder="ws://127.0.0.1:8088/ws"
          value={server}
          error={server !== '' && !serverOk ? t('phone.desk.badServer') : null}
          onChange={(event) => setServer(event.currentTarget.value)}
        />
        <TextInput
          label={t('phone.desk.user')}
          value={user}
          autoComplete="off"
          error={user !== '' && !userOk ? t('phone.desk.badUser') : null}
          onChange={(event) => setUser(event.currentTarget.value)}
        />
        <PasswordInput
          label={t('phone.desk.password')}
          description={t('phone.desk.passwordHint')}
          value={password}
          autoComplete="off"
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        <Button type="submit" disabled={!serverOk || !userOk || password === ''}>
          {t('phone.desk.signIn')}
        </Button>
        <Button variant="subtle" color="gray" onClick={onBack}>
          {t('phone.desk.back')}
        </Button>
      </Stack>
    </form>
  );
}

/** Plain WebSocket is for this machine only; the page's policy would refuse others anyway. */
function isLocalServer(text: string): boolean {
  try {
    const { protocol, hostname } = new URL(text);
    return protocol === 'ws:' && (hostname === '127.0.0.1' || hostname === 'localhost');
  } catch {
    return false;
  }
}
