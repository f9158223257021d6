import { ActionIcon, Menu, Tooltip, UnstyledButton } from '@mantine/core';
import { Check, ChevronDown, Copy, Ellipsis, FileInput, LayoutTemplate, ListTree, Plus, Trash2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { FlowId } from '../../../shared/flow/ids.ts';
import { useProject, useStores } from '../../store/react.tsx';
import classes from './designer.module.css';
import { useFlowListCommands } from './use-flow-list-commands.ts';

const NEW_FROM = [
  { tab: 'text', Icon: ListTree },
  { tab: 'samples', Icon: LayoutTemplate },
  { tab: 'import', Icon: FileInput },
] as const;

/** Which flow is open; to open another, to make, copy or remove one. */
export function FlowBar({ flowId }: { flowId: FlowId }) {
  const { t } = useTranslation();
  const { ui } = useStores();
  const flows = useProject((project) => project.flows);
  const numbers = useProject((project) => project.numbers);
  const commands = useFlowListCommands();
  const used = Object.values(numbers).filter((number) => number.useVoiceMenu && number.flowId === flowId);
  return (
    <div className={classes.bar}>
      <Menu position="bottom-start" width={260}>
        <Menu.Target>
          <UnstyledButton className={classes.flowName} aria-label={t('flow.choose')}>
            <h1>{flows[flowId]?.name}</h1>
            <ChevronDown size={14} aria-hidden />
          </UnstyledButton>
        </Menu.Target>
        <Menu.Dropdown>
          {Object.entries(flows).map(([id, flow]) => (
            <Menu.Item
              key={id}
              aria-current={id === flowId ? 'true' : undefined}
              rightSection={id === flowId ? <Check size={14} aria-hidden /> : null}
              onClick={() => ui.openFlow(id)}
            >
              {flow.name}
            </Menu.Item>
          ))}
          <Menu.Divider />
          <Menu.Item leftSection={<Plus size={14} aria-hidden />} onClick={commands.create}>
            {t('flow.create')}
          </Menu.Item>
          {NEW_FROM.map(({ tab, Icon }) => (
            <Menu.Item
              key={tab}
              leftSection={<Icon size={14} aria-hidden />}
              onClick={() => ui.setState({ newFlow: tab })}
            >
              {t(`flow.createFrom.${tab}`)}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      <span className={classes.numbers}>
        {used.length === 0 ? t('flow.noNumbersShort') : used.map((number) => number.number).join(', ')}
      </span>
      <Menu position="bottom-end" width={200}>
        <Menu.Target>
          <Tooltip label={t('flow.more')}>
            <ActionIcon aria-label={t('flow.more')}>
              <Ellipsis size={16} />
            </ActionIcon>
          </Tooltip>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<Copy size={14} aria-hidden />} onClick={() => commands.duplicate(flowId)}>
            {t('flow.duplicate')}
          </Menu.Item>
          <Menu.Item leftSection={<Trash2 size={14} aria-hidden />} onClick={() => commands.remove(flowId)}>
            {t('flow.remove')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </div>
  );
}
