import { Center, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { phoneSlots } from '../slots.ts';
import classes from './frame.module.css';

/** The operator's small window: the desk and nothing else. */
export function OperatorLayout() {
  const { t } = useTranslation();
  const { Desk } = phoneSlots;
  return (
    <main className={classes.desk}>
      {Desk ? (
        <Desk />
      ) : (
        <Center h="100%" p="lg">
          <Text c="dimmed">{t('phone.noDesk')}</Text>
        </Center>
      )}
    </main>
  );
}
