import { Button, TextInput } from '@mantine/core';
import { PhoneCall } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './phone.module.css';
import { usePhone, useRegistration } from './phone-context.tsx';

/** A field to type a number and call it. */
export function Dialler() {
  const { t } = useTranslation();
  const session = usePhone();
  const registered = useRegistration((state) => state.status === 'registered');
  const [number, setNumber] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (number.trim() !== '') void session.call(number).then(() => setNumber(''));
  };
  return (
    <form className={classes.dialler} onSubmit={submit}>
      <TextInput
        flex={1}
        aria-label={t('phone.number')}
        placeholder={t('phone.number')}
        value={number}
        inputMode="tel"
        autoComplete="off"
        onChange={(event) => setNumber(event.currentTarget.value)}
      />
      <Button type="submit" variant="default" disabled={!registered} leftSection={<PhoneCall size={14} aria-hidden />}>
        {t('phone.dial')}
      </Button>
    </form>
  );
}
