import { useTranslation } from 'react-i18next';
import { MAX_BUNDLE_BYTES } from '../../../shared/bridge/files.ts';
import { DialtreeError } from '../../../shared/lib/errors.ts';
import { useStores } from '../../store/react.tsx';
import { notify, notifyFailure } from '../../ui/notify.ts';
import { base64Of, download } from './download.ts';

/** What can be done with projects as files. What is unsaved here is saved first; what goes wrong is told. */
export function useFiles() {
  const { bridge, sync, ui } = useStores();
  const { t } = useTranslation();

  async function run(title: string, work: () => Promise<void>): Promise<boolean> {
    try {
      await sync.flush();
      await work();
      return true;
    } catch (error) {
      notifyFailure(error, title);
      return false;
    }
  }

  /** Another project is open: this window shows it, from its first flow on. */
  async function show(): Promise<void> {
    await sync.refresh();
    ui.setState({ flowId: null, selectedNodes: [], selectedEdges: [], page: 'flows', newFlow: null, comparison: null });
  }

  const missingText = (missing: number) => (missing > 0 ? t('files.missing', { count: missing }) : undefined);

  const open = (path: string) =>
    run(t('files.notOpened'), async () => {
      await bridge.call('project.open', { path });
      await show();
    });

  return {
    open,
    /** By the system's dialog. False: there is none here, so that the path is to be typed. */
    chooseAndOpen: async (): Promise<boolean> => {
      try {
        const { path } = await bridge.call('files.chooseFolder', {});
        if (path !== null) await open(path);
      } catch (error) {
        if (error instanceof DialtreeError && error.code === 'files/no-dialog') return false;
        notifyFailure(error, t('files.notOpened'));
      }
      return true;
    },
    create: (name: string, language: string) =>
      run(t('files.notCreated'), async () => {
        await bridge.call('files.create', { name, language });
        await show();
      }),
    exportBundle: () =>
      run(t('files.notExported'), async () => {
        const { fileName, zipBase64, missing } = await bridge.call('files.export', {});
        download(fileName, zipBase64, 'application/zip');
        const message = missingText(missing);
        if (message) notify({ color: 'orange', title: fileName, message });
      }),
    importBundle: (file: Blob) =>
      run(t('files.notImported'), async () => {
        if (file.size > MAX_BUNDLE_BYTES) {
          throw new DialtreeError({
            code: 'bundle/too-large',
            message: t('files.tooLarge', { max: MAX_BUNDLE_BYTES / 1024 / 1024 }),
          });
        }
        const { missing } = await bridge.call('files.import', { zipBase64: await base64Of(file) });
        await show();
        const message = missingText(missing);
        notify({ message: message ?? t('files.imported'), ...(message ? { color: 'orange' as const } : {}) });
      }),
  };
}
