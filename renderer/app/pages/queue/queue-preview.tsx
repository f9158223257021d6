import { SegmentedControl } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PersonId } from '../../../../shared/flow/ids.ts';
import type { Queue } from '../../../../shared/flow/project.ts';
import { type PreviewCall, type PreviewScenario, previewQueue } from '../../../../shared/queue/preview.ts';
import { useProject } from '../../../store/react.tsx';
import classes from './queue.module.css';

/** A busy hour in small, and the case that nobody picks up. */
const SCENARIOS = {
  busy: { calls: 5, everyMs: 60_000, talkMs: 150_000, answerAfterMs: 4000 },
  nobody: { calls: 1, everyMs: 60_000, talkMs: 0, answerAfterMs: null },
} as const satisfies Record<string, PreviewScenario>;
type ScenarioName = keyof typeof SCENARIOS;

/** What the queue would do with a few calls, told by the queue that takes real ones. */
export function QueuePreview({ queue }: { readonly queue: Queue }) {
  const { t } = useTranslation();
  const ringMs = useProject((document) => document.settings.ringMs);
  const [scenario, setScenario] = useState<ScenarioName>('busy');
  const calls = useMemo(() => previewQueue(queue, ringMs, SCENARIOS[scenario], dice()), [queue, ringMs, scenario]);
  if (queue.members.length === 0) return null;
  return (
    <section className={classes.preview} aria-label={t('team.preview.title', { name: queue.name })}>
      <div className={classes.previewHead}>
        <span className={classes.previewTitle}>{t('team.preview.heading')}</span>
        <SegmentedControl
          aria-label={t('team.preview.scenario')}
          size="xs"
          value={scenario}
          onChange={(value) => setScenario(value as ScenarioName)}
          data={[
            { value: 'busy', label: t('team.preview.busy') },
            { value: 'nobody', label: t('team.preview.nobody') },
          ]}
        />
      </div>
      <p className={classes.previewHint}>{t(`team.preview.hints.${scenario}`)}</p>
      <ol className={classes.calls}>
        {scenario === 'busy'
          ? calls.map((call) => <BusyCall key={call.arrivedMs} call={call} />)
          : calls[0]?.rings.map(({ atMs, people }) => <Rung key={atMs} atMs={atMs} people={people} />)}
      </ol>
    </section>
  );
}

function BusyCall({ call: { arrivedMs, rings, answer } }: { readonly call: PreviewCall }) {
  const { t } = useTranslation();
  const names = useNames();
  const [first] = rings;
  const waitedS = Math.round(((first?.atMs ?? arrivedMs) - arrivedMs) / 1000);
  const who = first === undefined ? '' : names(first.people);
  const by = answer === null ? '' : names([answer.personId]);
  let text: string = t('team.preview.rings', { who });
  if (answer === null) text = t('team.preview.unanswered');
  else if (first !== undefined && first.people.length > 1) text = t('team.preview.ringsSeveral', { who, by });
  return (
    <li>
      <span className={classes.time}>{minutes(arrivedMs)}</span>
      {waitedS > 0 && answer !== null ? `${t('team.preview.waits', { seconds: waitedS })} ` : ''}
      {text}
    </li>
  );
}

function Rung({ atMs, people }: { readonly atMs: number; readonly people: readonly PersonId[] }) {
  const { t } = useTranslation();
  const names = useNames();
  return (
    <li>
      <span className={classes.time}>{minutes(atMs)}</span>
      {t('team.preview.rings', { who: names(people) })}
    </li>
  );
}

function useNames(): (people: readonly PersonId[]) => string {
  const { t, i18n } = useTranslation();
  const all = useProject((document) => document.people);
  const list = new Intl.ListFormat(i18n.language, { type: 'conjunction' });
  return (people) => list.format(people.map((id) => all[id]?.name ?? t('summary.unknownPerson')));
}

/** `2:05` */
function minutes(ms: number): string {
  const seconds = Math.round(ms / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

/** Chance that is the same each time: what is shown must not jump about while one types. */
function dice(): () => number {
  let seed = 7;
  return () => {
    seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
    return seed / 2 ** 31;
  };
}
