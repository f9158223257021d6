import { ActionIcon, Menu, Tooltip } from '@mantine/core';
import { ChevronDown, Download, FilePlus, Folder, FolderOpen, Upload } from 'lucide-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RecentProject } from '../../../shared/bridge/files.ts';
import { useStores } from '../../store/react.tsx';
import classes from './files.module.css';
import { NewProjectDialog } from './new-project-dialog.tsx';
import { OpenProjectDialog } from './open-project-dialog.tsx';
import { useFiles } from './use-files.ts';

/** How many of the projects that were open are offered at once. */
const RECENT = 6;

/** Projects as files: those that were open, a new one, one from elsewhere, this one to send around. */
export function ProjectMenu() {
  const { t } = useTranslation();
  const { bridge } = useStores();
  const files = useFiles();
  const [recent, setRecent] = useState<readonly RecentProject[]>([]);
  const [dialog, setDialog] = useState<'new' | 'open' | null>(null);
  const fileInput = useRef<HTMLInputElement>(null);

  function ask(): void {
    // The menu works without the list.
    bridge.call('files.recent', {}).then(setRecent, () => setRecent([]));
  }

  async function openFolder(): Promise<void> {
    if (!(await files.chooseAndOpen())) setDialog('open');
  }

  return (
    <>
      <Menu position="bottom-start" width={280} onOpen={ask}>
        <Menu.Target>
          <Tooltip label={t('files.menu')}>
            <ActionIcon aria-label={t('files.menu')} bg="transparent">
              <ChevronDown size={16} />
            </ActionIcon>
          </Tooltip>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<FilePlus size={14} aria-hidden />} onClick={() => setDialog('new')}>
            {t('files.new')}
          </Menu.Item>
          <Menu.Item leftSection={<FolderOpen size={14} aria-hidden />} onClick={() => void openFolder()}>
            {t('files.open')}
          </Menu.Item>
          <Menu.Divider />
          <Menu.Item leftSection={<Download size={14} aria-hidden />} onClick={() => void files.exportBundle()}>
            {t('files.export')}
          </Menu.Item>
          <Menu.Item leftSection={<Upload size={14} aria-hidden />} onClick={() => fileInput.current?.click()}>
            {t('files.import')}
          </Menu.Item>
          {recent.length > 1 ? (
            <>
              <Menu.Divider />
              <Menu.Label>{t('files.recent')}</Menu.Label>
            </>
          ) : null}
          {recent.slice(1, RECENT + 1).map(({ path, name }) => (
            <Menu.Item key={path} leftSection={<Folder size={14} aria-hidden />} onClick={() => void files.open(path)}>
              {name}
              <span className={classes.path}>{path}</span>
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      <input
        ref={fileInput}
        type="file"
        accept=".dialtree"
        hidden
        aria-label={t('files.import')}
        onChange={(event) => {
          const [file] = event.currentTarget.files ?? [];
          event.currentTarget.value = '';
          if (file) void files.importBundle(file);
        }}
      />
      <NewProjectDialog opened={dialog === 'new'} onClose={() => setDialog(null)} create={files.create} />
      <OpenProjectDialog opened={dialog === 'open'} onClose={() => setDialog(null)} open={files.open} />
    </>
  );
}
