import { ActionIcon, Menu, Tooltip, useMantineColorScheme } from '@mantine/core';
import { Check, Monitor, Moon, Pin, SlidersHorizontal, Sun } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { LANGUAGES, switchLanguage } from '../../i18n/index.ts';
import { useStores, useUi } from '../../store/react.tsx';
import { useHasDesktop } from '../../store/use-has-desktop.ts';

const SCHEMES = [
  { value: 'auto', icon: Monitor, label: 'header.themeAuto' },
  { value: 'light', icon: Sun, label: 'header.themeLight' },
  { value: 'dark', icon: Moon, label: 'header.themeDark' },
] as const;

/** Each language is called by its own name, for whoever cannot read the present one. */
const LANGUAGE_NAMES = { en: 'English', pl: 'Polski' } as const;

/** Language, theme and place of the window, kept in this browser profile. */
export function SettingsMenu() {
  const { t, i18n } = useTranslation();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const { ui } = useStores();
  const canKeepOnTop = useHasDesktop();
  const onTop = useUi((state) => state.onTop);
  return (
    <Menu position="bottom-end" width={200}>
      <Menu.Target>
        <Tooltip label={t('header.menu')}>
          <ActionIcon aria-label={t('header.menu')}>
            <SlidersHorizontal size={16} />
          </ActionIcon>
        </Tooltip>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('header.language')}</Menu.Label>
        {LANGUAGES.map((language) => (
          <Menu.Item
            key={language}
            lang={language}
            aria-current={i18n.language === language ? 'true' : undefined}
            rightSection={i18n.language === language ? <Check size={14} aria-hidden /> : null}
            onClick={() => switchLanguage(language, localStorage)}
          >
            {LANGUAGE_NAMES[language]}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Label>{t('header.theme')}</Menu.Label>
        {SCHEMES.map(({ value, icon: Icon, label }) => (
          <Menu.Item
            key={value}
            leftSection={<Icon size={14} aria-hidden />}
            aria-current={colorScheme === value ? 'true' : undefined}
            rightSection={colorScheme === value ? <Check size={14} aria-hidden /> : null}
            onClick={() => setColorScheme(value)}
          >
            {t(label)}
          </Menu.Item>
        ))}
        {canKeepOnTop ? (
          <>
            <Menu.Divider />
            <Menu.Item
              leftSection={<Pin size={14} aria-hidden />}
              aria-current={onTop ? 'true' : undefined}
              rightSection={onTop ? <Check size={14} aria-hidden /> : null}
              onClick={() => ui.setState({ onTop: !onTop })}
            >
              {t('header.onTop')}
            </Menu.Item>
          </>
        ) : null}
      </Menu.Dropdown>
    </Menu>
  );
}
