import {
  Alert,
  Button,
  Group,
  Input,
  PasswordInput,
  SegmentedControl,
  Switch,
  Textarea,
  TextInput,
} from '@mantine/core';
import { CircleAlert } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TrunkSettings } from '../../../../shared/bridge/trunk.ts';
import { type ErrorDetail, toErrorDetail } from '../../../../shared/lib/errors.ts';
import { lineEn } from '../../../i18n/line-en.ts';
import { NumberField } from '../../../inspector/fields.tsx';
import { useLine, useStores } from '../../../store/react.tsx';
import { notify } from '../../../ui/notify.ts';
import classes from '../page.module.css';
import { PageSection } from '../page.tsx';
import { LimitFields } from './limit-fields.tsx';
import { type LineDraft, type LineField, lineDraftOf, readLineDraft, usualPort } from './line-draft.ts';
import { NumberFields } from './number-fields.tsx';

type KnownError = keyof typeof lineEn.error;
const isKnown = (code: string): code is KnownError => Object.hasOwn(lineEn.error, code);

/** How the line is set. Nothing of it is saved before the button is pressed: a change ends calls that go on. */
export function LineForm({ settings: kept }: { readonly settings: TrunkSettings | null }) {
  const { t } = useTranslation();
  const { line } = useStores();
  const hasPassword = useLine((view) => view.hasPassword);
  const [draft, setDraft] = useState<LineDraft>(() => lineDraftOf(kept));
  const [isTried, setTried] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<ErrorDetail | null>(null);
  const read = readLineDraft(draft);
  const change = (part: Partial<LineDraft>) => {
    setDraft((before) => ({ ...before, ...part }));
    setError(null);
  };
  const errorOf = (field: LineField) =>
    isTried && 'wrong' in read && read.wrong.has(field) ? t(`line.wrong.${field}`) : undefined;

  async function save(): Promise<void> {
    setTried(true);
    if ('wrong' in read) return;
    setBusy(true);
    setError(null);
    try {
      const { password } = draft;
      await line.save({ settings: read.settings, ...(password === '' ? {} : { password }) });
      change({ password: '' });
      notify({ message: t('line.saved') });
    } catch (problem) {
      setError(toErrorDetail(problem));
    } finally {
      setBusy(false);
    }
  }

  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <PageSection title={t('line.provider')}>
        <div className={classes.item}>
          <Switch
            className={classes.full ?? ''}
            label={t('line.enabled')}
            checked={draft.enabled}
            onChange={(event) => change({ enabled: event.currentTarget.checked })}
          />
          <div className={classes.full}>
            <SegmentedControl
              aria-label={t('line.mode')}
              data={[
                { value: 'register' as const, label: t('line.modes.register') },
                { value: 'ip' as const, label: t('line.modes.ip') },
              ]}
              value={draft.mode}
              onChange={(mode) => change({ mode })}
            />
          </div>
          <TextInput
            className={classes.wide ?? ''}
            label={t('line.host')}
            description={t('line.hostHint')}
            autoComplete="off"
            spellCheck={false}
            value={draft.host}
            error={errorOf('host')}
            onChange={(event) => change({ host: event.currentTarget.value })}
          />
          <NumberField
            label={t('line.port')}
            description={t('line.portHint')}
            min={1}
            max={65_535}
            value={draft.port}
            onChange={(port) => port !== undefined && change({ port })}
          />
          <Input.Wrapper label={t('line.transport')} description={t('line.transportHint')} labelElement="div">
            <SegmentedControl
              aria-label={t('line.transport')}
              data={[
                { value: 'udp' as const, label: 'UDP' },
                { value: 'tcp' as const, label: 'TCP' },
                { value: 'tls' as const, label: 'TLS' },
              ]}
              value={draft.transport}
              onChange={(transport) => change({ transport, ...usualPort(draft, transport) })}
            />
          </Input.Wrapper>
          {draft.transport === 'tls' ? (
            <Textarea
              className={classes.full ?? ''}
              label={t('line.authority')}
              description={t('line.authorityHint')}
              placeholder="-----BEGIN CERTIFICATE-----"
              autosize
              minRows={2}
              maxRows={6}
              spellCheck={false}
              value={draft.authority ?? ''}
              error={errorOf('authority')}
              onChange={(event) => change({ authority: event.currentTarget.value })}
            />
          ) : null}
          {draft.mode === 'ip' ? (
            <NumberField
              label={t('line.localPort')}
              description={t('line.localPortHint')}
              min={0}
              max={65_535}
              value={draft.localPort}
              onChange={(localPort) => localPort !== undefined && change({ localPort })}
            />
          ) : null}
          <TextInput
            label={t('line.user')}
            description={t(draft.mode === 'ip' ? 'line.userHintIp' : 'line.userHint')}
            autoComplete="off"
            spellCheck={false}
            value={draft.user}
            error={errorOf('user')}
            onChange={(event) => change({ user: event.currentTarget.value })}
          />
          <PasswordInput
            label={t('line.password')}
            description={t('line.passwordHint')}
            placeholder={hasPassword ? t('line.kept') : ''}
            autoComplete="off"
            value={draft.password}
            onChange={(event) => change({ password: event.currentTarget.value })}
          />
        </div>
      </PageSection>
      <NumberFields draft={draft} errorOf={errorOf} onChange={change} />
      <LimitFields draft={draft} errorOf={errorOf} onChange={change} />
      {error === null ? null : (
        <Alert color="red" variant="light" icon={<CircleAlert aria-hidden />} role="alert" mb="md">
          {isKnown(error.code) ? t(`line.error.${error.code}`) : error.message}
        </Alert>
      )}
      <Group gap="sm">
        <Button type="submit" loading={isBusy}>
          {t('line.save')}
        </Button>
      </Group>
    </form>
  );
}
