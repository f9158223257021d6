import { Button, Loader } from '@mantine/core';
import { Workflow } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Noun } from '../../../../shared/analyze/diff/meeting.ts';
import type { StructuralChange } from '../../../../shared/analyze/diff/structure.ts';
import type { BehaviourChange, ProjectDiff } from '../../../../shared/analyze/diff.ts';
import type { Project } from '../../../../shared/flow/project.ts';
import { useProject, useStores } from '../../../store/react.tsx';
import type { Versions } from './use-versions.ts';
import classes from './versions.module.css';

/** Pairs of states that are compared; beyond them it says so. */
const MAX_PAIRS = 20_000;

interface VersionChangesProps {
  readonly id: string;
  readonly versions: Pick<Versions, 'get'>;
  /** What the version is called where it is compared with. */
  readonly label: string;
}

/** What changed since a version: for callers first, then in the drawing. */
export function VersionChanges({ id, versions, label }: VersionChangesProps) {
  const { t } = useTranslation();
  const { ui } = useStores();
  const present = useProject((project) => project);
  const [diff, setDiff] = useState<ProjectDiff | null>(null);
  const [before, setBefore] = useState<Project | null>(null);

  // biome-ignore lint/correctness/useExhaustiveDependencies: `versions` is made anew each time; its `get` is always the same
  useEffect(() => {
    let isCurrent = true;
    void (async () => {
      // Comparing walks both projects' calls: loaded when it is asked for.
      const [old, { diffProjects }] = await Promise.all([
        versions.get(id),
        import('../../../../shared/analyze/diff.ts'),
      ]);
      if (!old || !isCurrent) return;
      setBefore(old);
      setDiff(diffProjects(old, present, { maxPairs: MAX_PAIRS }));
    })();
    return () => {
      isCurrent = false;
    };
  }, [id, present]);

  if (!diff) return <Loader size="sm" aria-label={t('versions.comparing')} />;
  const { behaviour, structure, complete } = diff;
  if (behaviour.length === 0 && structure.length === 0) return <p className={classes.same}>{t('versions.same')}</p>;
  return (
    <div className={classes.changes}>
      <section aria-label={t('versions.forCallers')}>
        <h3 className={classes.heading}>{t('versions.forCallers')}</h3>
        {behaviour.length === 0 ? <p className={classes.same}>{t('versions.callersSame')}</p> : null}
        <ul className={classes.list}>
          {behaviour.map((change) => (
            <li key={change.sentence}>
              <CallersChange change={change} />
            </li>
          ))}
        </ul>
        {complete ? null : <p className={classes.same}>{t('versions.notAll')}</p>}
      </section>
      <section aria-label={t('versions.inDrawing')}>
        <h3 className={classes.heading}>{t('versions.inDrawing')}</h3>
        {before && structure.some(({ what }) => what === 'node' || what === 'flow') ? (
          <Button
            variant="default"
            leftSection={<Workflow size={14} aria-hidden />}
            onClick={() => {
              const first = structure.find(({ what, flowId }) => what === 'node' && flowId !== null)?.flowId;
              ui.setState({ page: 'flows', comparison: { label, before } });
              if (first !== null && first !== undefined && present.flows[first]) ui.openFlow(first);
            }}
          >
            {t('compare.show')}
          </Button>
        ) : null}
        <ul className={classes.list}>
          {structure.map((change) => (
            <li key={`${change.what} ${change.how} ${change.flowId} ${change.id}`} data-how={change.how}>
              <ThingChange change={change} />
            </li>
          ))}
        </ul>
      </section>
    </div>
  );
}

const CAUSES = ['normal', 'busy', 'rejected', 'failure'] as const;

function CallersChange({ change: { keys, kind, nouns } }: { change: BehaviourChange }) {
  const { t } = useTranslation();
  // Causes of an end are words of the program; all other texts are the project's own.
  const noun = (one: Noun) => {
    const cause = CAUSES.find((known) => one.kind === 'end' && known === one.text);
    const text = 'text' in one ? one.text : '';
    return t(`versions.noun.${one.kind}`, { text: cause === undefined ? text : t(`trace.cause.${cause}`) });
  };
  return (
    <>
      {keys.map((key, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the same key may be pressed twice
        <kbd key={index} className={classes.key}>
          {key}
        </kbd>
      ))}{' '}
      {t(`versions.${kind}`, { before: noun(nouns.before), after: noun(nouns.after) })}
    </>
  );
}

function ThingChange({ change: { what, how, name } }: { change: StructuralChange }) {
  const { t } = useTranslation();
  if (what === 'settings') return t('versions.settingsChanged');
  return t(`versions.thing.${how}`, { what: t(`versions.what.${what}`), name });
}
