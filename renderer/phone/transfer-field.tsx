import { Button, TextInput } from '@mantine/core';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useProject } from '../store/react.tsx';
import classes from './phone.module.css';
import { usePhone, usePhoneState } from './phone-context.tsx';

/** Colleagues that are offered at a time; typing finds the others. */
const SHOWN = 6;

/** Where a call is transferred: a colleague by a click, or any number typed. */
export function TransferField({ callId, onDone }: { readonly callId: string; readonly onDone: () => void }) {
  const { t } = useTranslation();
  const { phone } = usePhone();
  const [wanted, setWanted] = useState('');
  const input = useRef<HTMLInputElement>(null);
  // It was opened to type into.
  useEffect(() => input.current?.focus(), []);
  const colleagues = useColleagues(wanted);
  const transfer = (target: string) => {
    phone.transfer(callId, target);
    onDone();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (wanted.trim() !== '') transfer(wanted.trim());
  };
  return (
    <form className={classes.transfer} aria-label={t('phone.transfer.label')} onSubmit={submit}>
      <TextInput
        aria-label={t('phone.transfer.to')}
        placeholder={t('phone.transfer.to')}
        value={wanted}
        autoComplete="off"
        ref={input}
        onChange={(event) => setWanted(event.currentTarget.value)}
        onKeyDown={(event) => event.key === 'Escape' && onDone()}
      />
      {colleagues.map(({ name, extension }) => (
        <Button
          key={extension}
          variant="subtle"
          justify="space-between"
          rightSection={extension}
          onClick={() => transfer(extension)}
        >
          {name}
        </Button>
      ))}
      <div className={classes.actions}>
        <Button type="submit" disabled={wanted.trim() === ''}>
          {t('phone.transfer.send')}
        </Button>
        <Button variant="default" onClick={onDone}>
          {t('phone.transfer.cancel')}
        </Button>
      </div>
    </form>
  );
}

/** Everyone else with an extension, whom the typed text fits. */
function useColleagues(wanted: string): readonly { readonly name: string; readonly extension: string }[] {
  const people = useProject((project) => project.people);
  const owner = usePhoneState((state) => state.owner);
  const text = wanted.trim().toLowerCase();
  return Object.entries(people)
    .filter(([id, { extension }]) => extension !== '' && !(owner.kind === 'person' && owner.personId === id))
    .map(([, { name, extension }]) => ({ name, extension }))
    .filter(({ name, extension }) => name.toLowerCase().includes(text) || extension.startsWith(text))
    .sort((a, b) => a.extension.localeCompare(b.extension, undefined, { numeric: true }))
    .slice(0, SHOWN);
}
