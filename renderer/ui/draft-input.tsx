import { TextInput, type TextInputProps } from '@mantine/core';
import { useDraft } from './use-draft.ts';

interface DraftInputProps extends Omit<TextInputProps, 'value' | 'onChange' | 'error'> {
  readonly value: string;
  /** What is wrong with the value as it is in the document. */
  readonly problem?: string | undefined;
  /** What is wrong with a text, or undefined when it can be taken. */
  readonly check: (text: string) => string | undefined;
  readonly commit: (text: string) => void;
}

/** A text field whose bad values are marked and stay out of the document (see `useDraft`). */
export function DraftInput({ value, problem, check, commit, ...rest }: DraftInputProps) {
  const draft = useDraft(value, { isValid: (text) => check(text) === undefined, commit });
  return (
    <TextInput
      {...rest}
      value={draft.text}
      error={check(draft.text) ?? problem}
      onChange={(event) => draft.change(event.currentTarget.value)}
      onBlur={draft.settle}
    />
  );
}
