import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import '../ui/tokens.css';
import { localStorageColorSchemeManager, MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { invariant } from '../../shared/lib/invariant.ts';
import { keptLanguage, preferredLanguage, startI18n } from '../i18n/index.ts';
import { browserClock } from '../ui/browser-clock.ts';
import { PopupHost } from '../ui/popup-host.tsx';
import { COLOR_SCHEME_KEY, cssVariablesResolver, theme } from '../ui/theme.ts';
import { Boot } from './boot.tsx';
import { connectBridge } from './bridge.ts';

const language = preferredLanguage(keptLanguage(localStorage), navigator.languages);
startI18n(language);
document.documentElement.lang = language;

// An address with a new token, typed into this tab, changes only what is behind the #: take it by loading anew.
window.addEventListener('hashchange', () => {
  if (window.location.hash.includes('token=')) window.location.reload();
});

const root = document.getElementById('root');
invariant(root, 'index.html has a #root');

createRoot(root).render(
  <StrictMode>
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariablesResolver}
      colorSchemeManager={localStorageColorSchemeManager({ key: COLOR_SCHEME_KEY })}
      defaultColorScheme="auto"
    >
      <Notifications position="bottom-center" limit={3} autoClose={6000} />
      <PopupHost />
      <Boot connect={() => connectBridge(browserClock)} clock={browserClock} storage={localStorage} />
    </MantineProvider>
  </StrictMode>,
);
