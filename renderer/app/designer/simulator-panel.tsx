import { ActionIcon, Button, SegmentedControl, Select, Switch, TextInput, Tooltip } from '@mantine/core';
import { PhoneOff, Play, RotateCcw, SkipForward } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { type FlowId, KEYS, type Key } from '../../../shared/flow/ids.ts';
import { instantsOf, localMsAt } from '../../../shared/lib/zoned-time.ts';
import { useProject, useSimulator, useStores } from '../../store/react.tsx';
import { zonesWith } from '../../ui/time-zones.ts';
import { CallAgainButton } from './call-again-button.tsx';
import classes from './designer.module.css';
import { SaveCallButton } from './save-call-button.tsx';
import { PEOPLE, QUEUES, SimulatorWorldButton } from './simulator-world.tsx';
import { useHearing } from './use-hearing.ts';

const SPEEDS = [0, 1, 5, 20] as const;

/** A call without a phone: who calls, when, what everyone does; keys, pace, a step on and a step back. */
export function SimulatorPanel({ flowId }: { flowId: FlowId }) {
  const { t, i18n } = useTranslation();
  const { simulator } = useStores();
  const status = useSimulator((state) => state.status);
  const saying = useSimulator((state) => state.saying);
  const atMs = useSimulator((state) => state.atMs);
  const speed = useSimulator((state) => state.speed);
  const hear = useSimulator((state) => state.hear);
  const isRunning = status === 'running';
  useHearing(hear && speed === 1 && isRunning ? saying : null);
  const seconds = (atMs / 1000).toLocaleString(i18n.language, { minimumFractionDigits: 1, maximumFractionDigits: 1 });

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys of the keyboard are a shortcut for the buttons below
    <div
      className={classes.simulator}
      onKeyDown={(event) => {
        const key = KEYS.find((one) => one === event.key);
        if (key === undefined || !isRunning || event.target instanceof HTMLInputElement) return;
        event.preventDefault();
        simulator.press(key);
      }}
    >
      <Setup disabled={isRunning} />
      <div className={classes.simulatorMain}>
        <div className={classes.simulatorBar}>
          {isRunning ? (
            <Button
              size="compact-sm"
              color="red"
              leftSection={<PhoneOff size={14} aria-hidden />}
              onClick={() => simulator.hangUp()}
            >
              {t('simulator.hangUp')}
            </Button>
          ) : (
            <Button
              size="compact-sm"
              leftSection={<Play size={14} aria-hidden />}
              onClick={() => void simulator.start(flowId)}
            >
              {t('simulator.start')}
            </Button>
          )}
          <SegmentedControl
            size="xs"
            aria-label={t('simulator.speed')}
            data={SPEEDS.map((value) => ({
              value: String(value),
              label: value === 0 ? t('simulator.paused') : `${value}×`,
            }))}
            value={String(speed)}
            onChange={(value) => simulator.setSpeed(Number(value))}
          />
          <Tooltip label={t('simulator.step')}>
            <ActionIcon aria-label={t('simulator.step')} disabled={!isRunning} onClick={() => simulator.step()}>
              <SkipForward size={16} />
            </ActionIcon>
          </Tooltip>
          <Tooltip label={t('simulator.rewind')}>
            <ActionIcon
              aria-label={t('simulator.rewind')}
              disabled={status === 'idle'}
              onClick={() => simulator.rewind()}
            >
              <RotateCcw size={16} />
            </ActionIcon>
          </Tooltip>
          {status === 'idle' ? null : <CallAgainButton traceOf={() => simulator.state.getState().trace} />}
          {status === 'over' ? <SaveCallButton flowId={flowId} label={t('simulator.saveAsTest')} /> : null}
          <Switch
            size="xs"
            label={t('simulator.hear')}
            checked={hear}
            onChange={(event) => simulator.setHear(event.currentTarget.checked)}
          />
          <span className={classes.time} role="timer">
            {t('simulator.seconds', { seconds })}
          </span>
        </div>
        <p className={classes.saying} aria-live="polite">
          {saying ? `“${saying.text}”` : t(`simulator.status.${status}`)}
        </p>
        <SimulatorKeys disabled={!isRunning} onKey={(key) => simulator.press(key)} />
      </div>
    </div>
  );
}

/** The keys in one row: the dock is low. */
function SimulatorKeys({ disabled, onKey }: { disabled: boolean; onKey: (key: Key) => void }) {
  const { t } = useTranslation();
  return (
    <fieldset className={classes.simulatorKeys} aria-label={t('simulator.keys')}>
      {[...KEYS].sort(byPhone).map((key) => (
        <Button
          key={key}
          size="compact-sm"
          variant="default"
          aria-label={t('simulator.key', { key })}
          disabled={disabled}
          onClick={() => onKey(key)}
        >
          {key}
        </Button>
      ))}
    </fieldset>
  );
}

const ROW = '1234567890*#';
function byPhone(one: Key, other: Key): number {
  return ROW.indexOf(one) - ROW.indexOf(other);
}

function Setup({ disabled }: { disabled: boolean }) {
  const { t } = useTranslation();
  const { simulator } = useStores();
  const setup = useSimulator((state) => state.setup);
  const numbers = useProject((project) => project.numbers);
  const projectZone = useProject((project) => project.settings.timeZone);
  const timeZone = setup.timeZone ?? projectZone;
  return (
    <div className={classes.simulatorSetup}>
      <TextInput
        size="xs"
        label={t('simulator.caller')}
        placeholder={t('live.withheld')}
        value={setup.caller}
        maxLength={32}
        disabled={disabled}
        onChange={(event) => simulator.change({ caller: event.currentTarget.value })}
      />
      <Select
        size="xs"
        label={t('simulator.dialled')}
        data={[
          { value: '', label: t('simulator.thisFlow') },
          ...Object.entries(numbers).map(([value, { number, name }]) => ({ value, label: `${number} ${name}`.trim() })),
        ]}
        value={setup.numberId ?? ''}
        allowDeselect={false}
        disabled={disabled}
        onChange={(numberId) => simulator.change({ numberId: numberId || null })}
      />
      <TextInput
        size="xs"
        type="datetime-local"
        label={t('simulator.when')}
        value={localText(setup.startedAtMs, timeZone)}
        disabled={disabled}
        onChange={(event) => {
          const localMs = Date.parse(`${event.currentTarget.value}:00Z`);
          const [instant] = Number.isNaN(localMs) ? [] : instantsOf(localMs, timeZone);
          if (instant !== undefined) simulator.change({ startedAtMs: instant });
        }}
      />
      <Select
        size="xs"
        label={t('simulator.zone')}
        data={zonesWith(timeZone)}
        value={timeZone}
        searchable
        allowDeselect={false}
        disabled={disabled}
        onChange={(zone) => zone && simulator.change({ timeZone: zone === projectZone ? null : zone })}
      />
      <Select
        size="xs"
        label={t('simulator.people')}
        data={PEOPLE.map((value) => ({ value, label: t(`simulator.outcomes.${value}`) }))}
        value={setup.people}
        allowDeselect={false}
        disabled={disabled}
        onChange={(people) => people && simulator.change({ people })}
      />
      <Select
        size="xs"
        label={t('simulator.queues')}
        data={QUEUES.map((value) => ({ value, label: t(`simulator.outcomes.${value}`) }))}
        value={setup.queues}
        allowDeselect={false}
        disabled={disabled}
        onChange={(queues) => queues && simulator.change({ queues })}
      />
      <SimulatorWorldButton disabled={disabled} />
    </div>
  );
}

/** As a field for date and time wants it: `2026-01-05T09:00`. */
function localText(instantMs: number, timeZone: string): string {
  return new Date(localMsAt(instantMs, timeZone) ?? instantMs).toISOString().slice(0, 16);
}
