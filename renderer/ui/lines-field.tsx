import { Textarea } from '@mantine/core';
import { useState } from 'react';

interface LinesFieldProps {
  readonly label: string;
  readonly description?: string;
  readonly placeholder?: string;
  readonly lines: readonly string[];
  readonly maxLines: number;
  readonly maxLength: number;
  readonly onChange: (lines: string[]) => void;
}

/** A short list as text, one thing per line. Empty lines and repeated ones stay out of the document. */
export function LinesField({ label, description, placeholder, lines, maxLines, maxLength, onChange }: LinesFieldProps) {
  const [draft, setDraft] = useState<string | null>(null);
  // What is typed keeps its empty lines as long as it means what the document says.
  const isDraft = draft !== null && same(linesOf(draft, maxLines, maxLength), lines);
  return (
    <Textarea
      label={label}
      description={description}
      placeholder={placeholder}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      autosize
      minRows={2}
      maxRows={8}
      value={isDraft ? draft : lines.join('\n')}
      onChange={(event) => {
        const text = event.currentTarget.value;
        const next = linesOf(text, maxLines, maxLength);
        setDraft(text);
        if (!same(next, lines)) onChange(next);
      }}
      onBlur={() => setDraft(null)}
    />
  );
}

function linesOf(text: string, maxLines: number, maxLength: number): string[] {
  const lines = text.split('\n').map((line) => line.trim().slice(0, maxLength));
  return [...new Set(lines.filter((line) => line !== ''))].slice(0, maxLines);
}

function same(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((line, index) => line === other[index]);
}
