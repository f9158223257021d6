import { Menu } from '@mantine/core';
import { FileText, Image } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { FlowId } from '../../../shared/flow/ids.ts';
import type { ExportFormat } from '../../canvas/export/export-flow.ts';
import { useStores } from '../../store/react.tsx';
import { notify } from '../../ui/notify.ts';

const ICONS = { png: Image, svg: Image, html: FileText } as const satisfies Record<ExportFormat, typeof Image>;

/** Menu items that save the flow as a picture or as its description. What draws is loaded when it is used. */
export function ExportItems({ flowId }: { flowId: FlowId }) {
  const { t, i18n } = useTranslation();
  const { project } = useStores();
  async function run(format: ExportFormat): Promise<void> {
    try {
      const { exportFlow } = await import('../../canvas/export/export-flow.ts');
      await exportFlow(project.state.getState().project, flowId, format, { t, language: i18n.language });
    } catch {
      notify({ color: 'red', message: t('flow.exportFailed') });
    }
  }
  return (
    <>
      <Menu.Divider />
      {(Object.entries(ICONS) as [ExportFormat, typeof Image][]).map(([format, Icon]) => (
        <Menu.Item key={format} leftSection={<Icon size={14} aria-hidden />} onClick={() => void run(format)}>
          {t(`flow.export.${format}`)}
        </Menu.Item>
      ))}
    </>
  );
}
