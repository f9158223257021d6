import { ActionIcon, Tabs } from '@mantine/core';
import { X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { FlowId } from '../../../shared/flow/ids.ts';
import { useProblems, useStores, useTests, useUi } from '../../store/react.tsx';
import type { DockTab } from '../../store/ui-store.ts';
import { ResizeHandle } from '../frame/resize-handle.tsx';
import classes from './designer.module.css';
import { ProblemsList } from './problems-list.tsx';
import { ProofSection } from './proof-section.tsx';
import { SimulatorPanel } from './simulator-panel.tsx';
import { TestsPanel } from './tests-panel.tsx';
import { TraceList } from './trace-list.tsx';

/** The panel below the canvas. */
export function Dock({ flowId }: { flowId: FlowId }) {
  const { t } = useTranslation();
  const { ui } = useStores();
  const open = useUi((state) => state.dockOpen);
  const heightPx = useUi((state) => state.dockHeightPx);
  const tab = useUi((state) => state.dockTab);
  // What is only good to know stands in the list, but is not counted.
  const problems = useProblems((state) => state.problems).filter(({ severity }) => severity !== 'info');
  const failing = useTests((state) => state.results.filter(({ passed }) => !passed).length);
  if (!open) return null;
  const worst = problems.some((problem) => problem.severity === 'error') ? 'error' : 'warning';
  return (
    <section className={classes.dock} style={{ height: heightPx }} aria-label={t('dock.label')}>
      <ResizeHandle
        label={t('dock.resize')}
        edge="top"
        sizePx={heightPx}
        minPx={96}
        maxPx={480}
        onResize={(dockHeightPx) => ui.setState({ dockHeightPx })}
      />
      <Tabs
        value={tab}
        onChange={(value) => value && ui.setState({ dockTab: value as DockTab })}
        display="flex"
        style={{ flexDirection: 'column', flex: 1, minHeight: 0 }}
      >
        <Tabs.List>
          <Tabs.Tab
            value="problems"
            aria-label={t('dock.problemsCount', { count: problems.length })}
            rightSection={
              problems.length === 0 ? null : (
                <span className={classes.tabCount} data-severity={worst}>
                  {problems.length}
                </span>
              )
            }
          >
            {t('dock.problems')}
          </Tabs.Tab>
          <Tabs.Tab value="simulator">{t('dock.simulator')}</Tabs.Tab>
          <Tabs.Tab
            value="tests"
            aria-label={t('dock.testsCount', { count: failing })}
            rightSection={
              failing === 0 ? null : (
                <span className={classes.tabCount} data-severity="error">
                  {failing}
                </span>
              )
            }
          >
            {t('dock.tests')}
          </Tabs.Tab>
          <Tabs.Tab value="trace">{t('dock.trace')}</Tabs.Tab>
        </Tabs.List>
        {/* Beside the tabs, not among them: a tab list holds nothing but tabs. */}
        <ActionIcon
          className={classes.dockClose ?? ''}
          size={24}
          aria-label={t('dock.close')}
          onClick={() => ui.setState({ dockOpen: false })}
        >
          <X size={14} />
        </ActionIcon>
        <Tabs.Panel value="problems" className={classes.dockBody ?? ''} tabIndex={0}>
          <ProofSection />
          <ProblemsList />
        </Tabs.Panel>
        <Tabs.Panel value="simulator" className={classes.dockBody ?? ''} tabIndex={0}>
          <SimulatorPanel flowId={flowId} />
        </Tabs.Panel>
        <Tabs.Panel value="tests" className={classes.dockBody ?? ''} tabIndex={0}>
          <TestsPanel flowId={flowId} />
        </Tabs.Panel>
        <Tabs.Panel value="trace" className={classes.dockBody ?? ''} tabIndex={0}>
          <TraceList flowId={flowId} />
        </Tabs.Panel>
      </Tabs>
    </section>
  );
}
