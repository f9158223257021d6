import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AudioSource } from '../../../../shared/flow/speech.ts';
import { type ErrorDetail, toErrorDetail } from '../../../../shared/lib/errors.ts';
import { useStores } from '../../../store/react.tsx';
import { notifyFailure } from '../../../ui/notify.ts';
import { base64Of } from '../../files/download.ts';
import { decodedFile } from './decode-file.ts';

/** A file that did not pass, and that can be converted. */
export interface Refused {
  readonly file: File;
  readonly error: ErrorDetail;
}

export interface Importing {
  readonly busy: boolean;
  readonly refused: Refused | null;
  take(file: File): Promise<void>;
  /** Takes what was recorded here, converted without asking. */
  takeRecorded(file: File): Promise<void>;
  convert(): Promise<void>;
  dismiss(): void;
}

/** Takes files into the project by the rule of S2; what does not pass is offered for conversion. */
export function useImport(onTaken: (audio: AudioSource) => void): Importing {
  const { t } = useTranslation();
  const { bridge } = useStores();
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<Refused | null>(null);

  async function take(file: File, convert: boolean): Promise<void> {
    setBusy(true);
    setRefused(null);
    try {
      const input = { fileName: file.name, base64: await base64Of(file), convert };
      const { sha256, durationMs, fileName } = await bridge.call('media.import', input);
      onTaken({ kind: 'audio', sha256, durationMs, fileName });
    } catch (error) {
      const detail = toErrorDetail(error);
      const decoded = detail.code === 'audio/not-supported' && !convert ? await decodedFile(file) : null;
      if (decoded) setRefused({ file: decoded, error: { ...detail, code: 'audio/not-mp3' } });
      else if (detail.params?.convertible === 1) setRefused({ file, error: detail });
      else notifyFailure(error, t('prompts.notTaken', { file: file.name }));
    } finally {
      setBusy(false);
    }
  }

  return {
    busy,
    refused,
    take: (file) => take(file, false),
    takeRecorded: (file) => take(file, true),
    convert: async () => {
      if (refused) await take(refused.file, true);
    },
    dismiss: () => setRefused(null),
  };
}
