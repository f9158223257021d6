import { X } from 'lucide-react';
import { type KeyboardEvent, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { FlowId } from '../../../shared/flow/ids.ts';
import { useStores } from '../../store/react.tsx';
import classes from './flow-tabs.module.css';

interface FlowTabsProps {
  readonly flowId: FlowId;
  readonly tabs: readonly { readonly id: FlowId; readonly name: string }[];
}

/** The flows that are open, to go from one to another: arrows go along, Delete or the middle button closes one. */
export function FlowTabs({ flowId, tabs }: FlowTabsProps) {
  const { t } = useTranslation();
  const { ui } = useStores();
  const list = useRef<HTMLDivElement>(null);

  function go(id: FlowId | undefined): void {
    if (id === undefined) return;
    ui.openFlow(id);
    list.current?.querySelector<HTMLElement>(`[data-tab="${CSS.escape(id)}"]`)?.focus();
  }

  function handleKey(event: KeyboardEvent, index: number): void {
    const last = tabs.length - 1;
    if (event.key === 'ArrowRight') go(tabs[index === last ? 0 : index + 1]?.id);
    else if (event.key === 'ArrowLeft') go(tabs[index === 0 ? last : index - 1]?.id);
    else if (event.key === 'Home') go(tabs[0]?.id);
    else if (event.key === 'End') go(tabs[last]?.id);
    else if (event.key === 'Delete') ui.closeFlow(tabs[index]?.id ?? '');
    else return;
    event.preventDefault();
  }

  return (
    <div ref={list} className={classes.tabs}>
      <div className={classes.list} role="tablist" aria-label={t('flow.open')}>
        {tabs.map(({ id, name }, index) => (
          <button
            key={id}
            type="button"
            role="tab"
            data-tab={id}
            className={classes.tab}
            aria-selected={id === flowId}
            tabIndex={id === flowId ? 0 : -1}
            onClick={() => ui.openFlow(id)}
            onAuxClick={({ button }) => (button === 1 ? ui.closeFlow(id) : undefined)}
            onKeyDown={(event) => handleKey(event, index)}
          >
            {name}
          </button>
        ))}
      </div>
      <button
        type="button"
        className={classes.close}
        aria-label={t('flow.close')}
        title={t('flow.close')}
        onClick={() => ui.closeFlow(flowId)}
      >
        <X size={13} aria-hidden />
      </button>
    </div>
  );
}
