import { Input, NumberInput, Slider, Text } from '@mantine/core';
import { type ReactNode, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './inspector.module.css';

/** A titled part of a form. */
export function Section({ title, hint, children }: { title: string; hint?: string; children: ReactNode }) {
  const id = useId();
  return (
    <section className={classes.section} aria-labelledby={id}>
      <h3 className={classes.sectionTitle} id={id}>
        {title}
      </h3>
      {hint === undefined ? null : <Text className={classes.hint}>{hint}</Text>}
      {children}
    </section>
  );
}

interface NumberFieldProps {
  readonly label: string;
  /** The label is drawn elsewhere; it is still what a screen reader says. */
  readonly labelHidden?: boolean;
  readonly description?: string;
  readonly value: number | undefined;
  readonly min: number;
  readonly max: number;
  readonly step?: number;
  readonly decimals?: number;
  readonly suffix?: string;
  /** An empty field is taken as "not set". */
  readonly optional?: boolean;
  readonly placeholder?: string;
  readonly onChange: (value: number | undefined) => void;
}

/** A number within limits. What is outside stays in the field, marked, and never reaches the document. */
export function NumberField(props: NumberFieldProps) {
  const { label, labelHidden = false, description, value, min, max } = props;
  const { step = 1, decimals = 0, suffix, optional, placeholder } = props;
  const { t, i18n } = useTranslation();
  const [pending, setPending] = useState<{ readonly text: string | number; readonly over: number | undefined } | null>(
    null,
  );
  // A value that changed under the draft (undo, another window) wins over it.
  const draft = pending && pending.over === value ? pending : null;
  return (
    <NumberInput
      {...(labelHidden ? { 'aria-label': label } : { label })}
      description={description}
      value={draft ? draft.text : (value ?? '')}
      min={min}
      max={max}
      step={step}
      decimalScale={decimals}
      decimalSeparator={i18n.language === 'pl' ? ',' : '.'}
      allowedDecimalSeparators={['.', ',']}
      suffix={suffix === undefined ? '' : ` ${suffix}`}
      placeholder={placeholder}
      clampBehavior="none"
      error={draft ? t('field.between', { min, max }) : undefined}
      onBlur={() => setPending(null)}
      onChange={(next) => {
        const taken = next === '' && optional ? undefined : next;
        if (taken === undefined || (typeof taken === 'number' && taken >= min && taken <= max)) {
          setPending(null);
          if (taken !== value) props.onChange(taken);
        } else {
          setPending({ text: next, over: value });
        }
      }}
    />
  );
}

interface SecondsFieldProps extends Omit<NumberFieldProps, 'value' | 'min' | 'max' | 'onChange'> {
  readonly valueMs: number | undefined;
  readonly minMs: number;
  readonly maxMs: number;
  readonly onChangeMs: (valueMs: number | undefined) => void;
}

/** A time, kept in milliseconds, shown in seconds. */
export function SecondsField({ valueMs, minMs, maxMs, onChangeMs, ...rest }: SecondsFieldProps) {
  return (
    <NumberField
      step={0.5}
      decimals={1}
      suffix="s"
      {...rest}
      value={valueMs === undefined ? undefined : valueMs / 1000}
      min={minMs / 1000}
      max={maxMs / 1000}
      onChange={(seconds) => onChangeMs(seconds === undefined ? undefined : Math.round(seconds * 1000))}
    />
  );
}

interface FactorFieldProps {
  readonly label: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly onChange: (value: number) => void;
}

/** A factor around 1, e.g. speed: a slider with its value beside the label. */
export function FactorField({ label, value, min, max, onChange }: FactorFieldProps) {
  const { i18n } = useTranslation();
  const text = `${value.toLocaleString(i18n.language, { maximumFractionDigits: 2 })}×`;
  return (
    <Input.Wrapper label={`${label}: ${text}`} labelElement="div">
      <Slider
        size="sm"
        min={min}
        max={max}
        step={0.05}
        value={value}
        label={null}
        thumbLabel={label}
        marks={[{ value: 1 }]}
        onChange={(next) => onChange(Math.round(next * 100) / 100)}
      />
    </Input.Wrapper>
  );
}
