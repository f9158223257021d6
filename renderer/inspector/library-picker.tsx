import { Button, Menu } from '@mantine/core';
import { Library } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { PromptId } from '../../shared/flow/ids.ts';
import { useProject } from '../store/react.tsx';

/** Chooses a prompt of the library in place of a text; not there while the library is empty. */
export function LibraryPicker({ label, onPick }: { label: string; onPick: (promptId: PromptId) => void }) {
  const { t } = useTranslation();
  const prompts = useProject((project) => project.prompts);
  const entries = Object.entries(prompts);
  if (entries.length === 0) return null;
  return (
    <Menu position="bottom-start">
      <Menu.Target>
        <Button
          size="compact-xs"
          variant="subtle"
          color="gray"
          mt={4}
          leftSection={<Library size={14} aria-hidden />}
          aria-label={t('prompts.fromLibraryFor', { label })}
        >
          {t('prompts.fromLibrary')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown mah={320} style={{ overflowY: 'auto' }}>
        {entries.map(([id, { name }]) => (
          <Menu.Item key={id} onClick={() => onPick(id)}>
            {name}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
