import { ActionIcon, Tooltip, UnstyledButton } from '@mantine/core';
import { useReactFlow, useStore } from '@xyflow/react';
import { Flame, Map as MapIcon, Maximize, Minus, Plus, StickyNote, WandSparkles } from 'lucide-react';
import type { MouseEventHandler } from 'react';
import { useTranslation } from 'react-i18next';
import { useStores, useUi } from '../store/react.tsx';
import classes from './canvas.module.css';
import { useZoomSteps, ZOOM_MS } from './use-view.ts';

interface ToolbarProps {
  readonly arranging: boolean;
  readonly onArrange: () => void;
  readonly onFit: () => void;
  readonly onNote: () => void;
}

/** Zoom, fit, arrange, minimap and counts of calls, at the canvas's lower edge. */
export function Toolbar({ arranging, onArrange, onFit, onNote }: ToolbarProps) {
  const { t } = useTranslation();
  const { zoomTo } = useReactFlow();
  const { zoomIn, zoomOut } = useZoomSteps();
  const zoom = useStore((state) => Math.round(state.transform[2] * 100));
  const { ui } = useStores();
  const minimap = useUi((state) => state.minimap);
  const heat = useUi((state) => state.heat);
  return (
    <div className={classes.toolbar} role="toolbar" aria-label={t('canvas.view')}>
      <Tool label={t('canvas.zoomOut')} onClick={zoomOut} icon={Minus} />
      <Tooltip label={t('canvas.zoomReset')}>
        <UnstyledButton className={classes.zoom} onClick={() => void zoomTo(1, { duration: ZOOM_MS })}>
          {zoom}%
        </UnstyledButton>
      </Tooltip>
      <Tool label={t('canvas.zoomIn')} onClick={zoomIn} icon={Plus} />
      <span className={classes.toolDivider} />
      <Tool label={`${t('canvas.fit')} (Shift 1)`} onClick={onFit} icon={Maximize} />
      <Tool label={t('canvas.arrange')} onClick={onArrange} loading={arranging} icon={WandSparkles} />
      <Tool label={t('note.add')} onClick={onNote} icon={StickyNote} />
      <Tool
        label={t('canvas.minimap')}
        onClick={() => ui.setState({ minimap: !minimap })}
        pressed={minimap}
        icon={MapIcon}
      />
      <Tool label={t('calls.heat.show')} onClick={() => ui.setState({ heat: !heat })} pressed={heat} icon={Flame} />
    </div>
  );
}

interface ToolProps {
  readonly label: string;
  readonly icon: typeof Plus;
  readonly onClick: MouseEventHandler;
  readonly pressed?: boolean;
  readonly loading?: boolean;
}

/** A button with an icon, and its name as a tooltip. */
export function Tool({ label, icon: Icon, onClick, pressed, loading }: ToolProps) {
  return (
    <Tooltip label={label}>
      <ActionIcon
        aria-label={label}
        aria-pressed={pressed}
        color={pressed ? 'indigo' : 'gray'}
        variant={pressed ? 'light' : 'subtle'}
        loading={loading ?? false}
        onClick={onClick}
      >
        <Icon size={16} />
      </ActionIcon>
    </Tooltip>
  );
}
