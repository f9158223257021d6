import { Tabs } from '@mantine/core';
import { FileInput, LayoutTemplate, ListTree } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useStores, useUi } from '../../store/react.tsx';
import { NEW_FLOW_TABS, type NewFlowTab } from '../../store/ui-store.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { FromText } from './from-text.tsx';
import { ImportFile } from './import-file.tsx';
import { SampleFlows } from './sample-flows.tsx';
import classes from './start.module.css';

const ICONS = { text: ListTree, samples: LayoutTemplate, import: FileInput } as const;
const PANELS = { text: FromText, samples: SampleFlows, import: ImportFile } as const;

/** Makes a flow from something: an indented text, a sample, what another program exported. */
export function NewFlowDialog() {
  const { t } = useTranslation();
  const { ui } = useStores();
  const tab = useUi((state) => state.newFlow);
  const close = () => ui.setState({ newFlow: null });
  return (
    <Dialog title={t('start.title')} opened={tab !== null} onClose={close} size={860}>
      <Tabs
        value={tab ?? 'text'}
        onChange={(value) => ui.setState({ newFlow: value as NewFlowTab })}
        keepMounted={false}
      >
        <Tabs.List>
          {NEW_FLOW_TABS.map((name) => {
            const Icon = ICONS[name];
            return (
              <Tabs.Tab key={name} value={name} leftSection={<Icon size={14} aria-hidden />}>
                {t(`start.${name}.title`)}
              </Tabs.Tab>
            );
          })}
        </Tabs.List>
        {NEW_FLOW_TABS.map((name) => {
          const Panel = PANELS[name];
          return (
            <Tabs.Panel key={name} value={name} className={classes.panel ?? ''}>
              <p className={classes.hint}>{t(`start.${name}.hint`)}</p>
              <Panel />
            </Tabs.Panel>
          );
        })}
      </Tabs>
    </Dialog>
  );
}
