import { NativeSelect, Switch, Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { PHONE_COMMANDS, type PhoneCommand } from '../../../shared/bridge/desktop.ts';
import { type DeskOptions, NOTICES } from '../../store/desk-options.ts';
import { useStores, useUi } from '../../store/react.tsx';
import { useHasDesktop } from '../../store/use-has-desktop.ts';
import { notifyFailure } from '../../ui/notify.ts';
import { HotkeyField } from './hotkey-field.tsx';
import { useRefusedHotkeys } from './use-desktop-phone.ts';

/** How the desk tells of calls, answers them by itself, and takes keys of every program. */
export function DeskOptionsForm() {
  const { t } = useTranslation();
  const { ui } = useStores();
  const has = useHasDesktop();
  const options = useUi((state) => state.deskOptions);
  const change = (part: Partial<DeskOptions>) => ui.setState({ deskOptions: { ...options, ...part } });
  const notices = NOTICES.filter((notice) => has || notice !== 'window');
  return (
    <>
      <NativeSelect
        label={t('desk.desktop.notice')}
        description={t('desk.desktop.noticeHint')}
        data={notices.map((value) => ({ value, label: t(`desk.desktop.notices.${value}`) }))}
        value={options.notice}
        onChange={(event) => {
          const notice = NOTICES.find((known) => known === event.currentTarget.value);
          if (notice) change({ notice });
        }}
      />
      <Switch
        label={t('desk.desktop.autoAnswer')}
        description={t('desk.desktop.autoAnswerHint')}
        checked={options.autoAnswer}
        onChange={(event) => change({ autoAnswer: event.currentTarget.checked })}
      />
      {has ? <Hotkeys options={options} onChange={change} /> : null}
      {has ? <LinksSwitch /> : null}
    </>
  );
}

interface HotkeysProps {
  readonly options: DeskOptions;
  readonly onChange: (part: Partial<DeskOptions>) => void;
}

function Hotkeys({ options, onChange }: HotkeysProps) {
  const { t } = useTranslation();
  const refused = useRefusedHotkeys();
  const set = (command: PhoneCommand, keys: string) => {
    const { [command]: _, ...others } = options.hotkeys;
    onChange({ hotkeys: keys === '' ? others : { ...others, [command]: keys } });
  };
  return (
    <fieldset style={{ all: 'unset', display: 'grid', gap: 8 }}>
      <Text component="legend" fw={600}>
        {t('desk.desktop.hotkeys')}
      </Text>
      {PHONE_COMMANDS.map((command) => (
        <HotkeyField
          key={command}
          label={t(`desk.desktop.commands.${command}`)}
          value={options.hotkeys[command] ?? ''}
          error={refused.includes(command) ? t('desk.desktop.refused') : null}
          onChange={(keys) => set(command, keys)}
        />
      ))}
    </fieldset>
  );
}

/** The system keeps it, not the window. */
function LinksSwitch() {
  const { t } = useTranslation();
  const { bridge } = useStores();
  const [isOn, setOn] = useState(false);
  useEffect(() => {
    let isOver = false;
    void bridge.call('desktop.links', { open: null }).then(
      ({ open }) => isOver || setOn(open),
      () => {},
    );
    return () => {
      isOver = true;
    };
  }, [bridge]);
  const change = (open: boolean) =>
    void bridge.call('desktop.links', { open }).then((answer) => setOn(answer.open), notifyFailure);
  return (
    <Switch
      label={t('desk.desktop.links')}
      description={t('desk.desktop.linksHint')}
      checked={isOn}
      onChange={(event) => change(event.currentTarget.checked)}
    />
  );
}
