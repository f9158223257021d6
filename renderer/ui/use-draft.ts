import { useState } from 'react';

export interface Draft {
  /** What the field shows. */
  readonly text: string;
  readonly valid: boolean;
  readonly change: (text: string) => void;
  /** On leaving the field: what cannot be taken gives way to the value that holds. */
  readonly settle: () => void;
}

interface DraftOptions {
  readonly isValid: (text: string) => boolean;
  readonly commit: (text: string) => void;
}

/**
 * A text field over a value of the document: valid text goes into the document at once, as it is typed; invalid text
 * stays in the field, where it is marked, and never reaches the document.
 */
export function useDraft(value: string, { isValid, commit }: DraftOptions): Draft {
  const [pending, setPending] = useState<{ readonly text: string; readonly over: string } | null>(null);
  // A value that changed under the draft (undo, another window) wins over it.
  const text = pending !== null && pending.over === value ? pending.text : value;
  return {
    text,
    valid: isValid(text),
    change: (next) => {
      if (isValid(next)) {
        setPending(null);
        if (next !== value) commit(next);
      } else {
        setPending({ text: next, over: value });
      }
    },
    settle: () => setPending(null),
  };
}
