import { MultiSelect, Select, Switch } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { MenuData } from '../../shared/flow/nodes/menu.ts';
import { useProject } from '../store/react.tsx';
import { NumberField, SecondsField, Section } from './fields.tsx';
import type { FormProps } from './form-props.ts';
import { OptionalSpeech } from './optional-speech.tsx';
import { peopleOptions } from './people-options.ts';

const MATCH_MODES = ['instant', 'first-match', 'wait-full'] as const satisfies readonly MenuData['matchMode'][];
const BARGE_INS = ['any', 'valid-only', 'none'] as const satisfies readonly MenuData['bargeIn'][];
const HASHES = ['key', 'terminator', 'ignored'] as const satisfies readonly MenuData['hash'][];
const DIRECT_DIALS = ['off', 'everyone', 'people'] as const satisfies readonly MenuData['directDial']['kind'][];

/** The finer points of a menu: when a key counts, extensions, and limits. */
export function MenuAdvanced({ node, change }: FormProps<'menu'>) {
  const { t } = useTranslation();
  const people = useProject((project) => project.people);
  const { data } = node;
  const { directDial } = data;
  const options = peopleOptions(people);
  return (
    <Section title={t('menu.advanced')}>
      <Select
        label={t('menu.bargeIn')}
        data={BARGE_INS.map((value) => ({ value, label: t(`menu.bargeIns.${value}`) }))}
        value={data.bargeIn}
        allowDeselect={false}
        onChange={(bargeIn) => bargeIn && change({ bargeIn })}
      />
      <Select
        label={t('menu.matchMode')}
        data={MATCH_MODES.map((value) => ({ value, label: t(`menu.matchModes.${value}`) }))}
        value={data.matchMode}
        allowDeselect={false}
        onChange={(matchMode) => matchMode && change({ matchMode })}
      />
      <SecondsField
        label={t('menu.interDigit')}
        description={t('menu.interDigitHint')}
        valueMs={data.interDigitTimeoutMs}
        minMs={500}
        maxMs={60_000}
        onChangeMs={(interDigitTimeoutMs) => change({ interDigitTimeoutMs }, 'inter-digit')}
      />
      <Select
        label={t('menu.hash')}
        data={HASHES.map((value) => ({ value, label: t(`menu.hashes.${value}`) }))}
        value={data.hash}
        allowDeselect={false}
        onChange={(hash) => hash && change({ hash })}
      />
      <Select
        label={t('menu.directDial')}
        description={t('menu.directDialHint')}
        data={DIRECT_DIALS.map((value) => ({
          value,
          label: t(`menu.directDials.${value}`),
          // A set of people needs someone to be in it.
          disabled: value === 'people' && options.length === 0,
        }))}
        value={directDial.kind}
        allowDeselect={false}
        onChange={(kind) => {
          const first = options[0]?.value;
          if (kind === 'off' || kind === 'everyone') change({ directDial: { kind } });
          else if (kind === 'people' && first !== undefined) change({ directDial: { kind, people: [first] } });
        }}
      />
      {directDial.kind === 'people' ? (
        <MultiSelect
          label={t('menu.directDialPeople')}
          data={options}
          value={directDial.people}
          searchable
          // The last one cannot be taken out: that would be "off".
          onChange={(list) => list.length > 0 && change({ directDial: { kind: 'people', people: list } })}
        />
      ) : null}
      <NumberField
        label={t('menu.totalAttempts')}
        description={t('menu.totalAttemptsHint')}
        value={data.totalAttempts}
        min={1}
        max={20}
        optional
        placeholder={t('menu.noLimit')}
        onChange={(totalAttempts) => change({ totalAttempts }, 'total-attempts')}
      />
      <OptionalSpeech
        label={t('menu.lastChancePrompt')}
        placeholder={t('menu.lastChancePlaceholder')}
        use={data.lastChancePrompt}
        onChange={(lastChancePrompt, part) => change({ lastChancePrompt }, `last-chance:${part}`)}
      />
      <Switch
        label={t('menu.replay')}
        checked={data.replayAfterError}
        onChange={(event) => change({ replayAfterError: event.currentTarget.checked })}
      />
    </Section>
  );
}
