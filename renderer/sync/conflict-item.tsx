import { Button } from '@mantine/core';
import { Check } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { SyncConflict } from '../../shared/bridge/sync.ts';
import { useProject, useStores } from '../store/react.tsx';
import { notifyFailure } from '../ui/notify.ts';
import { placeText, valueText } from './place-text.ts';
import classes from './sync.module.css';

/** A place that was changed here and there: both values side by side, and the choice. */
export function ConflictItem({ conflict }: { readonly conflict: SyncConflict }) {
  const { t } = useTranslation();
  const place = useProject((project) => placeText(conflict, project, t));
  return (
    <li className={classes.conflict}>
      <p className={classes.place}>{place}</p>
      <p className={classes.kind}>{t(`remote.kind.${conflict.kind}`)}</p>
      <div className={classes.sides}>
        <Side conflict={conflict} side="ours" place={place} />
        <Side conflict={conflict} side="theirs" place={place} />
      </div>
    </li>
  );
}

interface SideProps {
  readonly conflict: SyncConflict;
  readonly side: 'ours' | 'theirs';
  readonly place: string;
}

function Side({ conflict, side, place }: SideProps) {
  const { t } = useTranslation();
  const { bridge, sync } = useStores();
  const value = valueText(conflict[side]);
  const taken = conflict.taken === side;

  async function choose(): Promise<void> {
    try {
      // What is unsaved here belongs to what is chosen from.
      await sync.flush();
      await bridge.call('sync.resolve', { id: conflict.id, pick: side });
    } catch (error) {
      notifyFailure(error, t('remote.notChosen'));
    }
  }

  return (
    <div className={classes.side} data-taken={taken}>
      <span className={classes.sideName}>
        {t(`remote.${side}`)}
        {taken ? (
          <span className={classes.taken}>
            <Check size={12} aria-hidden /> {t('remote.inDocument')}
          </span>
        ) : null}
      </span>
      {value === null ? (
        <span className={classes.nothing}>{t('remote.nothing')}</span>
      ) : (
        // Long values scroll: the keyboard must get there.
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling part without anything in it to focus
        <pre className={classes.value} tabIndex={0}>
          {value}
        </pre>
      )}
      <Button
        variant={taken ? 'default' : 'light'}
        className={classes.choose ?? ''}
        aria-label={t(side === 'ours' ? 'remote.takeOurs' : 'remote.takeTheirs', { place })}
        onClick={() => void choose()}
      >
        {t(taken ? 'remote.keep' : 'remote.take')}
      </Button>
    </div>
  );
}
