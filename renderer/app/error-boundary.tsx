import { Alert, Button, Center, Text } from '@mantine/core';
import { Component, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

interface State {
  readonly error: Error | null;
}

/** Shows a way on instead of an empty window when drawing fails. */
export class ErrorBoundary extends Component<{ readonly children: ReactNode }, State> {
  override state: State = { error: null };

  static getDerivedStateFromError(error: Error): State {
    return { error };
  }

  override render(): ReactNode {
    return this.state.error === null ? this.props.children : <Crash message={this.state.error.message} />;
  }
}

function Crash({ message }: { message: string }) {
  const { t } = useTranslation();
  return (
    <Center h="100%" p="xl" role="alert">
      <Alert color="red" title={t('app.crashed')} maw={520}>
        <Text size="sm">{t('app.crashedHint')}</Text>
        <Text size="sm" ff="monospace" my="sm">
          {message}
        </Text>
        <Button onClick={() => window.location.reload()}>{t('app.reload')}</Button>
      </Alert>
    </Center>
  );
}
