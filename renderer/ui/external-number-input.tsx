import { useTranslation } from 'react-i18next';
import { ExternalNumberSchema, withoutPunctuation } from '../../shared/flow/external-number.ts';
import { DraftInput } from './draft-input.tsx';

interface ExternalNumberInputProps {
  readonly label: string;
  readonly value: string;
  /** What is wrong with the value as it is in the document. */
  readonly problem?: string | undefined;
  readonly commit: (number: string) => void;
}

/** A number outside; spaces and the like may be typed and are left out. */
export function ExternalNumberInput({ label, value, problem, commit }: ExternalNumberInputProps) {
  const { t } = useTranslation();
  const isNumber = (text: string) => ExternalNumberSchema.safeParse(withoutPunctuation(text)).success;
  return (
    <DraftInput
      label={label}
      placeholder="+48 22 123 45 67"
      value={value}
      maxLength={40}
      check={(text) => (isNumber(text) ? undefined : t('external.badNumber'))}
      problem={problem}
      commit={(text) => commit(withoutPunctuation(text))}
    />
  );
}
