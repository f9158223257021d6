import type { TFunction } from 'i18next';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { ProjectNotice } from '../../../shared/bridge/notices.ts';
import { useStores } from '../../store/react.tsx';
import { notify } from '../../ui/notify.ts';

/** Tells what happened to the project's files, also while no window was there. */
export function useProjectNotices(): void {
  const { bridge } = useStores();
  const { t } = useTranslation();
  useEffect(() => {
    const tell = async () => {
      for (const notice of await bridge.call('project.notices', {})) notify(textOf(notice, t));
    };
    // Without a connection there is a banner already; notices wait until they are asked for again.
    const ask = () => void tell().catch(() => {});
    ask();
    return bridge.on('project.noticed', ask);
  }, [bridge, t]);
}

function textOf(notice: ProjectNotice, t: TFunction): Parameters<typeof notify>[0] {
  switch (notice.code) {
    case 'project/recovered': {
      const clean = notice.params.conflicts === 0;
      return {
        title: t('files.recovered'),
        message: t(clean ? 'files.recoveredText' : 'files.recoveredConflicts'),
        ...(clean ? {} : { color: 'orange' }),
      };
    }
    case 'project/changed-outside':
      return { title: t('files.changedOutside'), message: t('files.changedOutsideText', notice.params) };
    case 'project/outside-refused':
      return { title: t('files.refused'), message: t('files.refusedText', notice.params), color: 'red' };
    case 'project/moved':
      return { title: t('files.moved'), message: t('files.movedText', notice.params) };
  }
}
