import { Button, Input, RangeSlider } from '@mantine/core';
import { Scissors } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AudioSource } from '../../../../shared/flow/speech.ts';
import { useStores } from '../../../store/react.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { notifyFailure } from '../../../ui/notify.ts';
import { PartPlayer } from './part-player.tsx';
import classes from './prompts.module.css';
import { soundingPart } from './sounding-part.ts';
import { Waveform } from './waveform.tsx';

interface TrimButtonProps {
  readonly source: AudioSource;
  /** What is cut, for screen readers. */
  readonly label: string;
  readonly onTrimmed: (source: AudioSource) => void;
}

/** Cuts off what is before and after the words. The recording as it was comes back by undo. */
export function TrimButton({ source, label, onTrimmed }: TrimButtonProps) {
  const { t } = useTranslation();
  const [opened, setOpened] = useState(false);
  return (
    <>
      <Button
        variant="default"
        aria-label={label}
        leftSection={<Scissors size={14} aria-hidden />}
        onClick={() => setOpened(true)}
      >
        {t('prompts.trim')}
      </Button>
      <Dialog
        title={t('prompts.trimTitle', { file: source.fileName })}
        size={640}
        opened={opened}
        onClose={() => setOpened(false)}
      >
        <Trimmer
          key={source.sha256}
          source={source}
          onCancel={() => setOpened(false)}
          onTrimmed={(trimmed) => {
            setOpened(false);
            onTrimmed(trimmed);
          }}
        />
      </Dialog>
    </>
  );
}

interface TrimmerProps {
  readonly source: AudioSource;
  readonly onCancel: () => void;
  readonly onTrimmed: (source: AudioSource) => void;
}

function Trimmer({ source, onCancel, onTrimmed }: TrimmerProps) {
  const { t, i18n } = useTranslation();
  const { bridge } = useStores();
  const { sha256, fileName, durationMs } = source;
  const [part, setPart] = useState<readonly [fromMs: number, toMs: number]>([0, durationMs]);
  const [busy, setBusy] = useState(false);
  const [fromMs, toMs] = part;
  const shown = (ms: number) =>
    (ms / 1000).toLocaleString(i18n.language, { minimumFractionDigits: 2, maximumFractionDigits: 2 });

  async function trim(): Promise<void> {
    setBusy(true);
    try {
      const taken = await bridge.call('media.trim', { sha256, fileName, fromMs, toMs });
      onTrimmed({ kind: 'audio', sha256: taken.sha256, durationMs: taken.durationMs, fileName: taken.fileName });
    } catch (error) {
      notifyFailure(error, t('prompts.notTrimmed'));
    } finally {
      setBusy(false);
    }
  }

  return (
    <div className={classes.trimmer}>
      <div className={classes.trimmed}>
        <Waveform sha256={sha256} label={t('prompts.waveform', { file: fileName })} />
        <span className={classes.cutOff} style={{ left: 0, width: `${(fromMs / durationMs) * 100}%` }} />
        <span className={classes.cutOff} style={{ right: 0, width: `${(1 - toMs / durationMs) * 100}%` }} />
      </div>
      <RangeSlider
        aria-label={t('prompts.trimRange')}
        thumbFromLabel={t('prompts.trimFrom')}
        thumbToLabel={t('prompts.trimTo')}
        min={0}
        max={durationMs}
        step={10}
        minRange={Math.min(100, durationMs)}
        value={[fromMs, toMs]}
        label={(ms) => t('prompts.seconds', { seconds: shown(ms) })}
        onChange={setPart}
      />
      <Input.Description>
        {t('prompts.trimmedTo', { from: shown(fromMs), to: shown(toMs), seconds: shown(toMs - fromMs) })}
      </Input.Description>
      <div className={classes.trimActions}>
        <PartPlayer sha256={sha256} fromMs={fromMs} toMs={toMs} />
        <Button
          variant="default"
          onClick={() =>
            void bridge
              .call('media.peaks', { sha256, count: 1000 })
              .then(({ peaks }) => setPart(soundingPart(peaks, durationMs)))
              .catch((error) => notifyFailure(error))
          }
        >
          {t('prompts.trimSilence')}
        </Button>
        <span className={classes.grow} />
        <Button variant="default" onClick={onCancel}>
          {t('files.cancel')}
        </Button>
        <Button loading={busy} disabled={fromMs === 0 && toMs === durationMs} onClick={() => void trim()}>
          {t('prompts.trimNow')}
        </Button>
      </div>
    </div>
  );
}
