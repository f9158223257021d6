import { NativeSelect, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DEFAULT_REACH, type Reach, ReachSchema } from '../../shared/bridge/reach.ts';
import type { PersonId } from '../../shared/flow/ids.ts';
import { useDesk, useStores } from '../store/react.tsx';
import { notifyFailure } from '../ui/notify.ts';

const AFTER_S = [5, 10, 15, 20, 30, 45, 60];
const TARGETS = ['always', 'busy', 'noAnswer'] as const;

/** Where the calls go that name the person, and when. A field is taken when it is left, or by Enter. */
export function Forwarding({ personId }: { readonly personId: PersonId }) {
  const { t } = useTranslation();
  const { bridge } = useStores();
  const reach = useDesk((state) => state.operators[personId]?.reach ?? DEFAULT_REACH);
  const change = (part: Partial<Reach>) =>
    void bridge.call('desk.setReach', { personId, reach: { ...reach, ...part } }).catch(notifyFailure);
  return (
    <fieldset style={{ all: 'unset', display: 'grid', gap: 8 }}>
      <Text component="legend" fw={600}>
        {t('desk.reach.forward')}
      </Text>
      <Text size="xs" c="dimmed">
        {t('desk.reach.hint')}
      </Text>
      {TARGETS.map((target) => (
        <Target
          key={`${target} ${reach[target]}`}
          label={t(`desk.reach.${target}`)}
          value={reach[target]}
          onChange={(value) => change({ [target]: value })}
        />
      ))}
      {reach.noAnswer === '' ? null : (
        <NativeSelect
          label={t('desk.reach.after')}
          data={[...new Set([...AFTER_S, reach.noAnswerMs / 1000])].sort((a, b) => a - b).map(String)}
          value={String(reach.noAnswerMs / 1000)}
          onChange={(event) => change({ noAnswerMs: Number(event.currentTarget.value) * 1000 })}
        />
      )}
    </fieldset>
  );
}

interface TargetProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

function Target({ label, value, onChange }: TargetProps) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState(value);
  const number = typed.replace(/[\s().\-/]/g, '');
  const isRight = ReachSchema.shape.always.safeParse(number).success;
  const take = () => {
    if (isRight && number !== value) onChange(number);
  };
  return (
    <TextInput
      label={label}
      placeholder={t('desk.reach.nobody')}
      inputMode="tel"
      autoComplete="off"
      value={typed}
      error={isRight ? null : t('desk.reach.bad')}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onBlur={take}
      onKeyDown={(event) => event.key === 'Enter' && take()}
      data-own-undo
    />
  );
}
