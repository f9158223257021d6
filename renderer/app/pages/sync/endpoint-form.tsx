import { Alert, Button, Group, Input, SegmentedControl, Select, Text, TextInput } from '@mantine/core';
import { CircleAlert, CircleCheck } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { SYNC_AUTHS, type SyncSettings, type SyncTest } from '../../../../shared/bridge/sync.ts';
import { type ErrorDetail, toErrorDetail } from '../../../../shared/lib/errors.ts';
import { useRemote, useStores } from '../../../store/react.tsx';
import { RemoteError } from '../../../sync/remote-error.tsx';
import { notify } from '../../../ui/notify.ts';
import classes from '../page.module.css';
import { credentialsOf, draftOf, type EndpointDraft, isReadableByOthers, settingsOf } from './endpoint-draft.ts';
import { CertificateFields, SecretFields } from './secret-fields.tsx';

type Answer = { readonly kind: 'found'; readonly test: SyncTest } | { readonly kind: 'failed'; error: ErrorDetail };

/** Which endpoint the project is kept in step with: tried first, then connected. */
export function EndpointForm({ settings: kept }: { readonly settings: SyncSettings | null }) {
  const { t } = useTranslation();
  const { bridge, sync } = useStores();
  const hasCredentials = useRemote((state) => state.hasCredentials);
  const [draft, setDraft] = useState<EndpointDraft>(() => draftOf(kept));
  const [busy, setBusy] = useState<'test' | 'connect' | null>(null);
  const [answer, setAnswer] = useState<Answer | null>(null);
  const [isTried, setTried] = useState(false);
  const settings = settingsOf(draft);
  const change = (part: Partial<EndpointDraft>) => {
    setDraft((before) => ({ ...before, ...part }));
    setAnswer(null);
  };

  async function ask(what: 'test' | 'connect', takeRemote = false): Promise<void> {
    setTried(true);
    if (settings === null) return;
    const credentials = credentialsOf(draft);
    const given = credentials === undefined ? {} : { credentials };
    setBusy(what);
    setAnswer(null);
    try {
      await sync.flush();
      const test = await bridge.call('sync.test', { settings, ...given });
      if (what === 'test' || (test.found === 'other-project' && !takeRemote)) {
        setAnswer({ kind: 'found', test });
        return;
      }
      const { error } = await bridge.call('sync.connect', { settings, ...given, takeRemote });
      // What is wrong stands above, with the state.
      if (error === null) notify({ message: t('remote.connected') });
    } catch (error) {
      setAnswer({ kind: 'failed', error: toErrorDetail(error) });
    } finally {
      setBusy(null);
    }
  }

  return (
    <form
      className={classes.item}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void ask('connect');
      }}
    >
      <TextInput
        className={classes.full ?? ''}
        label={t('remote.url')}
        description={t('remote.urlHint')}
        inputMode="url"
        autoComplete="off"
        spellCheck={false}
        value={draft.url}
        error={isTried && settings === null ? t('remote.badUrl') : undefined}
        onChange={(event) => change({ url: event.currentTarget.value })}
      />
      <div>
        <Input.Label labelElement="div" display="block">
          {t('remote.serverKind')}
        </Input.Label>
        <SegmentedControl
          aria-label={t('remote.serverKind')}
          data={[
            { value: 'webdav' as const, label: t('remote.kinds.webdav') },
            { value: 'http' as const, label: t('remote.kinds.http') },
          ]}
          value={draft.kind}
          onChange={(kind) => change({ kind })}
        />
        <Text size="sm" c="dimmed" mt={4}>
          {t('remote.kindHint')}
        </Text>
      </div>
      <Select
        label={t('remote.auth')}
        data={SYNC_AUTHS.map((value) => ({ value, label: t(`remote.auths.${value}`) }))}
        value={draft.auth}
        allowDeselect={false}
        onChange={(auth) => auth && change({ auth })}
      />
      <SecretFields draft={draft} isKept={hasCredentials} onChange={change} />
      <CertificateFields draft={draft} isKept={hasCredentials} onChange={change} />
      {isReadableByOthers(draft.url) ? (
        <Text className={classes.full ?? ''} size="sm" c="var(--dt-warning)">
          {t('remote.plainWarning')}
        </Text>
      ) : null}
      {answer === null ? null : <AnswerText answer={answer} url={draft.url} onTake={() => void ask('connect', true)} />}
      <Group className={classes.full ?? ''} gap="sm">
        <Button type="submit" loading={busy === 'connect'} disabled={busy === 'test'}>
          {t(kept === null ? 'remote.connect' : 'remote.change')}
        </Button>
        <Button
          variant="default"
          loading={busy === 'test'}
          disabled={busy === 'connect'}
          onClick={() => void ask('test')}
        >
          {t('remote.test')}
        </Button>
      </Group>
    </form>
  );
}

interface AnswerTextProps {
  readonly answer: Answer;
  readonly url: string;
  readonly onTake: () => void;
}

function AnswerText({ answer, url, onTake }: AnswerTextProps) {
  const { t } = useTranslation();
  if (answer.kind === 'failed') {
    return (
      <Alert className={classes.full ?? ''} color="red" variant="light" icon={<CircleAlert aria-hidden />} role="alert">
        <RemoteError error={answer.error} url={url} />
      </Alert>
    );
  }
  const { found, name } = answer.test;
  return (
    <Alert
      className={classes.full ?? ''}
      color={found === 'other-project' ? 'orange' : 'green'}
      variant="light"
      icon={<CircleCheck aria-hidden />}
      role="status"
    >
      <Text size="sm">{t(`remote.found.${found}`, { name: name ?? '' })}</Text>
      {found === 'other-project' ? (
        <>
          <Text size="sm" mt="xs">
            {t('remote.takeRemoteHint')}
          </Text>
          <Button mt="sm" variant="default" onClick={onTake}>
            {t('remote.takeRemote', { name: name ?? '' })}
          </Button>
        </>
      ) : null}
    </Alert>
  );
}
