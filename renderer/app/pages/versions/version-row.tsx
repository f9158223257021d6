import { ActionIcon, Badge, Button, Menu, TextInput } from '@mantine/core';
import { CircleCheck, CircleOff, Ellipsis, GitCompareArrows, Trash2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Version } from '../../../../shared/bridge/versions.ts';
import { RestoreButton } from './restore-button.tsx';
import type { Versions } from './use-versions.ts';
import { VersionChanges } from './version-changes.tsx';
import classes from './versions.module.css';

interface VersionRowProps {
  readonly version: Version;
  readonly versions: Versions;
  readonly isOpen: boolean;
  readonly onToggle: () => void;
}

/** A version: when, whose, why; what changed since; and having it back. */
export function VersionRow({ version, versions, isOpen, onToggle }: VersionRowProps) {
  const { t, i18n } = useTranslation();
  const { id, savedAtMs, author, kind, message, published } = version;
  const when = new Intl.DateTimeFormat(i18n.language, { dateStyle: 'medium', timeStyle: 'medium' }).format(savedAtMs);

  function rename(text: string): void {
    if (text.trim() !== message && text.trim() !== '') void versions.rename(id, text.trim());
  }

  return (
    <li className={classes.row} aria-label={when}>
      <div className={classes.head}>
        <div className={classes.facts}>
          <span className={classes.when}>{when}</span>
          {author === '' ? null : <span className={classes.author}>{author}</span>}
          {kind === 'named' ? null : (
            <Badge variant="default" size="sm">
              {t(`versions.kind.${kind}`)}
            </Badge>
          )}
          {published ? <Badge size="sm">{t('versions.published')}</Badge> : null}
        </div>
        <Button
          variant="subtle"
          leftSection={<GitCompareArrows size={14} aria-hidden />}
          aria-expanded={isOpen}
          onClick={onToggle}
        >
          {t('versions.compare')}
        </Button>
        <RestoreButton when={when} restore={() => versions.restore(id)} />
        <Menu position="bottom-end">
          <Menu.Target>
            <ActionIcon aria-label={t('versions.more', { when })}>
              <Ellipsis size={16} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item
              leftSection={published ? <CircleOff size={14} aria-hidden /> : <CircleCheck size={14} aria-hidden />}
              onClick={() => void versions.markPublished(published ? null : id)}
            >
              {t(published ? 'versions.unmark' : 'versions.mark')}
            </Menu.Item>
            <Menu.Item
              leftSection={<Trash2 size={14} aria-hidden />}
              disabled={published}
              onClick={() => void versions.remove(id)}
            >
              {t('versions.remove')}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </div>
      <TextInput
        key={message}
        aria-label={t('versions.messageOf', { when })}
        placeholder={t('versions.noMessage')}
        maxLength={500}
        defaultValue={message}
        onBlur={(event) => rename(event.currentTarget.value)}
        onKeyDown={(event) => event.key === 'Enter' && event.currentTarget.blur()}
        data-own-undo
      />
      {isOpen ? <VersionChanges id={id} versions={versions} label={message || when} /> : null}
    </li>
  );
}
