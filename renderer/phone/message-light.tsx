import { Button, Tooltip, VisuallyHidden } from '@mantine/core';
import { Voicemail } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import classes from './phone.module.css';
import { useLights } from './phone-context.tsx';

/** Tells that messages wait, and how many; opens where they can be heard. Nothing while the mailbox is empty. */
export function MessageLight({ onOpen }: { readonly onOpen: () => void }) {
  const { t } = useTranslation();
  const messages = useLights((state) => state.messages);
  const fresh = messages?.fresh ?? 0;
  const all = fresh + (messages?.heard ?? 0);
  const text = t('phone.messages.waiting', { count: fresh });
  return (
    <>
      {/* Told when it changes; a button's name is not. */}
      <VisuallyHidden role="status">{fresh > 0 ? text : ''}</VisuallyHidden>
      {all > 0 ? (
        <Tooltip label={t('phone.messages.hint')}>
          <Button
            variant={fresh > 0 ? 'light' : 'subtle'}
            color={fresh > 0 ? 'indigo' : 'gray'}
            leftSection={<Voicemail size={16} aria-hidden />}
            px="8px"
            className={classes.messages ?? ''}
            aria-label={fresh > 0 ? text : t('phone.messages.none')}
            onClick={onOpen}
          >
            {fresh > 0 ? String(fresh) : '0'}
          </Button>
        </Tooltip>
      ) : null}
    </>
  );
}
