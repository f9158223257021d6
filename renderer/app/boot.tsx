import { Alert, Button, Group, Loader, Stack, Text } from '@mantine/core';
import { TriangleAlert } from 'lucide-react';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { StateStorage } from 'zustand/middleware';
import type { Clock } from '../../shared/lib/clock.ts';
import { type ErrorDetail, toErrorDetail } from '../../shared/lib/errors.ts';
import { errorText } from '../i18n/error-text.ts';
import { StoresProvider } from '../store/react.tsx';
import { createStores, type Stores } from '../store/stores.ts';
import { App } from './app.tsx';
import type { ConnectedBridge } from './bridge.ts';
import { ConnectionProvider } from './connection.tsx';

type Phase =
  | { readonly kind: 'connecting' | 'loading' }
  | { readonly kind: 'failed'; readonly error: ErrorDetail; readonly bridge: ConnectedBridge | null }
  | { readonly kind: 'ready'; readonly bridge: ConnectedBridge; readonly stores: Stores };

interface BootProps {
  readonly connect: () => Promise<ConnectedBridge>;
  readonly clock: Clock;
  readonly storage: StateStorage;
}

/** Connects, loads the project, and then shows the app; says what is wrong when it cannot. */
export function Boot({ connect, clock, storage }: BootProps) {
  const { t, i18n } = useTranslation();
  const [phase, setPhase] = useState<Phase>({ kind: 'connecting' });
  const started = useRef(false);

  const load = useCallback(
    async (known: ConnectedBridge | null, sample?: 'en' | 'pl') => {
      let bridge = known;
      try {
        setPhase({ kind: bridge ? 'loading' : 'connecting' });
        bridge ??= await connect();
        setPhase({ kind: 'loading' });
        const saved = sample
          ? await bridge.call('project.createSample', { language: sample })
          : await bridge.call('project.current', {});
        setPhase({ kind: 'ready', bridge, stores: createStores({ bridge, clock, storage, saved }) });
      } catch (error) {
        setPhase({ kind: 'failed', error: toErrorDetail(error), bridge });
      }
    },
    [connect, clock, storage],
  );

  useEffect(() => {
    // React's strict mode runs effects twice; a second connection would be a second window to the host.
    if (started.current) return;
    started.current = true;
    void load(null);
  }, [load]);

  if (phase.kind === 'ready') {
    return (
      <ConnectionProvider source={phase.bridge.connection}>
        <StoresProvider stores={phase.stores}>
          <App />
        </StoresProvider>
      </ConnectionProvider>
    );
  }
  return (
    <Stack component="main" h="100%" align="center" justify="center" p="xl">
      {phase.kind === 'failed' ? (
        <Alert
          color="red"
          variant="light"
          maw={520}
          icon={<TriangleAlert aria-hidden />}
          title={phase.bridge ? t('app.cannotOpen') : t('app.cannotConnect')}
        >
          <Text size="sm">{errorText(phase.error, i18n)}</Text>
          <Text size="xs" c="dimmed" mt="xs" ff="monospace">
            {phase.error.code}
          </Text>
          <Group mt="md">
            <Button onClick={() => void load(phase.bridge)}>{t('app.tryAgain')}</Button>
            {phase.bridge ? (
              <Button variant="default" onClick={() => void load(phase.bridge, i18n.language === 'pl' ? 'pl' : 'en')}>
                {t('app.createSample')}
              </Button>
            ) : null}
          </Group>
        </Alert>
      ) : (
        <Group role="status">
          <Loader size="sm" />
          <Text c="dimmed">{t(phase.kind === 'connecting' ? 'app.connecting' : 'app.loading')}</Text>
        </Group>
      )}
    </Stack>
  );
}
