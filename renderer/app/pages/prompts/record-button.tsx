import { Button } from '@mantine/core';
import { Mic, Square } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { notifyFailure } from '../../../ui/notify.ts';
import { type Recording, startRecording } from './recorder.ts';

interface RecordButtonProps {
  readonly label: string;
  /** Without its ending. */
  readonly fileName: string;
  readonly onRecorded: (file: File) => void;
}

/** Records by the microphone; a second click ends it. Leaving the page throws it away. */
export function RecordButton({ label, fileName, onRecorded }: RecordButtonProps) {
  const { t } = useTranslation();
  const [state, setState] = useState<'idle' | 'opening' | 'recording'>('idle');
  const recording = useRef<Recording | null>(null);
  const gone = useRef(false);

  useEffect(() => {
    gone.current = false;
    return () => {
      gone.current = true;
      recording.current?.cancel();
      recording.current = null;
    };
  }, []);

  async function toggle(): Promise<void> {
    const running = recording.current;
    recording.current = null;
    try {
      if (running) {
        setState('idle');
        return onRecorded(await running.finish(`${fileName}.wav`));
      }
      setState('opening');
      const started = await startRecording();
      // The page was left while the browser asked for the microphone.
      if (gone.current) return started.cancel();
      recording.current = started;
      setState('recording');
    } catch (error) {
      setState('idle');
      notifyFailure(error, t('prompts.notRecorded'));
    }
  }

  return (
    <Button
      size="compact-xs"
      variant={state === 'recording' ? 'filled' : 'default'}
      {...(state === 'recording' ? { color: 'red' } : {})}
      loading={state === 'opening'}
      aria-label={state === 'recording' ? t('prompts.stopRecording') : label}
      leftSection={state === 'recording' ? <Square size={14} aria-hidden /> : <Mic size={14} aria-hidden />}
      onClick={() => void toggle()}
    >
      {t(state === 'recording' ? 'prompts.stopRecording' : 'prompts.record')}
    </Button>
  );
}
