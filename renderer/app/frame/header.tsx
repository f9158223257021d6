import { ActionIcon, SegmentedControl, Tooltip } from '@mantine/core';
import { PanelBottom, PanelRight, Phone, Redo2, Undo2, Workflow } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useShownFlow, useStores, useUi, useUndoState } from '../../store/react.tsx';
import type { Role, UiState } from '../../store/ui-store.ts';
import { ProjectMenu } from '../files/project-menu.tsx';
import { phoneSlots } from '../slots.ts';
import classes from './frame.module.css';
import { ProjectName } from './project-name.tsx';
import { PublishedChip } from './published-chip.tsx';
import { SettingsMenu } from './settings-menu.tsx';
import { SyncIndicator } from './sync-indicator.tsx';

/** Project and its state on the left; phone, role and settings on the right. */
export function Header() {
  const { t } = useTranslation();
  const { ui } = useStores();
  const role = useUi((state) => state.role);
  const flowId = useShownFlow();
  const { RegistrationLight, CallFlowButton } = phoneSlots;
  return (
    <header className={classes.header}>
      <span className={classes.brand}>
        <Workflow size={20} aria-hidden />
      </span>
      <ProjectName />
      {role === 'supervisor' ? <ProjectMenu /> : null}
      <SyncIndicator />
      {role === 'supervisor' ? <PublishedChip /> : null}
      {role === 'supervisor' ? <UndoButtons /> : null}
      <span className={classes.spacer} />
      {role === 'supervisor' && CallFlowButton && flowId !== null ? (
        <span className={classes.wideOnly}>
          <CallFlowButton flowId={flowId} />
        </span>
      ) : null}
      {RegistrationLight ? <RegistrationLight /> : null}
      {role === 'supervisor' ? <PanelSwitches /> : null}
      <SegmentedControl
        aria-label={t('header.role')}
        value={role}
        onChange={(value) => ui.setState({ role: value as Role })}
        data={[
          { value: 'supervisor', label: t('header.supervisor') },
          { value: 'operator', label: t('header.operator') },
        ]}
      />
      <SettingsMenu />
    </header>
  );
}

function UndoButtons() {
  const { t } = useTranslation();
  const { project } = useStores();
  const { canUndo, canRedo } = useUndoState();
  return (
    <span className={classes.wideOnly}>
      <span className={classes.divider} />
      <Tooltip label={`${t('header.undo')} (Ctrl Z)`}>
        <ActionIcon aria-label={t('header.undo')} disabled={!canUndo} onClick={project.undo} bg="transparent">
          <Undo2 size={16} />
        </ActionIcon>
      </Tooltip>
      <Tooltip label={`${t('header.redo')} (Ctrl ⇧ Z)`}>
        <ActionIcon aria-label={t('header.redo')} disabled={!canRedo} onClick={project.redo} bg="transparent">
          <Redo2 size={16} />
        </ActionIcon>
      </Tooltip>
    </span>
  );
}

function PanelSwitches() {
  const { t } = useTranslation();
  const page = useUi((state) => state.page);
  const designer = page === 'flows';
  return (
    <span className={classes.wideOnly}>
      {designer ? <PanelSwitch part="dockOpen" label={t('header.showDock')} icon={PanelBottom} /> : null}
      {designer ? <PanelSwitch part="inspectorOpen" label={t('header.showInspector')} icon={PanelRight} /> : null}
      {phoneSlots.PhonePanel ? <PanelSwitch part="phoneOpen" label={t('header.showPhone')} icon={Phone} /> : null}
      <span className={classes.divider} />
    </span>
  );
}

interface PanelSwitchProps {
  readonly part: 'dockOpen' | 'inspectorOpen' | 'phoneOpen';
  readonly label: string;
  readonly icon: typeof Phone;
}

function PanelSwitch({ part, label, icon: Icon }: PanelSwitchProps) {
  const { ui } = useStores();
  const open = useUi((state: UiState) => state[part]);
  return (
    <Tooltip label={label}>
      <ActionIcon
        aria-label={label}
        aria-pressed={open}
        color={open ? 'indigo' : 'gray'}
        onClick={() => ui.setState({ [part]: !open })}
      >
        <Icon size={16} />
      </ActionIcon>
    </Tooltip>
  );
}
