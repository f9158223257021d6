import { ActionIcon, TextInput } from '@mantine/core';
import { X } from 'lucide-react';
import type { KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { accelerator } from './accelerator.ts';

interface HotkeyFieldProps {
  readonly label: string;
  /** As Electron writes keys; '' is none. */
  readonly value: string;
  readonly error: string | null;
  readonly onChange: (value: string) => void;
}

/** A field that takes the keys that are pressed in it. */
export function HotkeyField({ label, value, error, onChange }: HotkeyFieldProps) {
  const { t } = useTranslation();
  const handleKey = (event: KeyboardEvent) => {
    // Out of the field by the keyboard, too.
    if (event.key === 'Tab' || event.key === 'Escape') return;
    event.preventDefault();
    if (event.key === 'Backspace' || event.key === 'Delete') return onChange('');
    const keys = accelerator(event.nativeEvent);
    if (keys !== null) onChange(keys);
  };
  return (
    <TextInput
      label={label}
      placeholder={t('desk.desktop.noKeys')}
      value={value.replaceAll('+', ' + ')}
      error={error}
      readOnly
      onKeyDown={handleKey}
      data-own-undo
      rightSection={
        value === '' ? null : (
          <ActionIcon
            variant="subtle"
            aria-label={t('desk.desktop.clearKeys', { name: label })}
            onClick={() => onChange('')}
          >
            <X size={14} />
          </ActionIcon>
        )
      }
    />
  );
}
