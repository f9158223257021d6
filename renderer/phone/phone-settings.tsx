import { ActionIcon, Button, Group, NativeSelect, Popover, Stack, TextInput, Tooltip } from '@mantine/core';
import { Settings2 } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { usePhone, usePhoneState } from './phone-context.tsx';

/** Sound devices, each apart, and the number that test calls show. @param children More of the window that has it. */
export function PhoneSettings({ children }: { readonly children?: ReactNode }) {
  const { t } = useTranslation();
  const session = usePhone();
  const isTester = usePhoneState((state) => state.owner.kind === 'tester');
  const callerNumber = usePhoneState((state) => state.callerNumber);
  const { inputs, outputs, choice } = useStore(session.devices);
  const [open, setOpen] = useState(false);
  const options = (devices: readonly MediaDeviceInfo[]) => [
    { value: '', label: t('phone.settings.systemDefault') },
    ...devices.map((device) => ({ value: device.deviceId, label: device.label || device.deviceId.slice(0, 8) })),
  ];
  return (
    <Popover opened={open} onChange={setOpen} position="bottom-end" width={280} trapFocus withRoles>
      <Popover.Target>
        <Tooltip label={t('phone.settings.title')}>
          <ActionIcon aria-label={t('phone.settings.title')} onClick={() => setOpen((now) => !now)}>
            <Settings2 size={16} />
          </ActionIcon>
        </Tooltip>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('phone.settings.title')} mah="75vh" style={{ overflowY: 'auto' }}>
        <Stack gap="8px">
          {isTester ? (
            <TextInput
              label={t('phone.settings.caller')}
              description={t('phone.settings.callerHint')}
              value={callerNumber}
              inputMode="tel"
              onChange={(event) => session.setCallerNumber(event.currentTarget.value.replace(/[^0-9+]/g, ''))}
            />
          ) : null}
          <NativeSelect
            label={t('phone.settings.microphone')}
            data={options(inputs)}
            value={choice.microphoneId}
            onChange={(event) => session.devices.choose({ microphoneId: event.currentTarget.value })}
          />
          <NativeSelect
            label={t('phone.settings.speaker')}
            data={options(outputs)}
            value={choice.speakerId}
            onChange={(event) => session.devices.choose({ speakerId: event.currentTarget.value })}
          />
          <Group align="end" gap="8px" wrap="nowrap">
            <NativeSelect
              flex={1}
              label={t('phone.settings.ringer')}
              data={options(outputs)}
              value={choice.ringerId}
              onChange={(event) => session.devices.choose({ ringerId: event.currentTarget.value })}
            />
            <Button variant="default" onClick={() => session.ringer.test()}>
              {t('phone.settings.testRing')}
            </Button>
          </Group>
          {children}
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}
