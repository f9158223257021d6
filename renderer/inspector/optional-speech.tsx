import { Switch } from '@mantine/core';
import type { SpeechUse } from '../../shared/flow/speech.ts';
import { SpeechEditor } from './speech-editor.tsx';

interface OptionalSpeechProps {
  readonly label: string;
  readonly placeholder: string;
  readonly use: SpeechUse | undefined;
  readonly error?: string | undefined;
  readonly onChange: (use: SpeechUse | undefined, part: string) => void;
}

/** A prompt that may be there or not. */
export function OptionalSpeech({ label, placeholder, use, error, onChange }: OptionalSpeechProps) {
  return (
    <div>
      <Switch
        label={label}
        checked={use !== undefined}
        mb={use === undefined ? 0 : 6}
        onChange={(event) =>
          onChange(event.currentTarget.checked ? { kind: 'text', text: placeholder } : undefined, 'on')
        }
      />
      {use === undefined ? null : (
        <SpeechEditor label={label} labelHidden use={use} placeholder={placeholder} error={error} onChange={onChange} />
      )}
    </div>
  );
}
