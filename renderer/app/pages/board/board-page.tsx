import { useTranslation } from 'react-i18next';
import { useStores } from '../../../store/react.tsx';
import pageClasses from '../page.module.css';
import { PageSection } from '../page.tsx';
import classes from './board.module.css';
import { BoardClock } from './elapsed.tsx';
import { OperatorBoard } from './operator-board.tsx';
import { QueueBoard } from './queue-board.tsx';
import { useSettled } from './use-settled.ts';

/** The supervisor's wallboard: queues and operators as they are now. */
export function BoardPage() {
  const { t } = useTranslation();
  const { desk } = useStores();
  const operators = useSettled(desk, (state) => state.operators, {});
  return (
    <div className={pageClasses.page}>
      <div className={classes.content}>
        <h1 className={pageClasses.title}>{t('board.title')}</h1>
        <p className={pageClasses.hint}>{t('board.hint')}</p>
        <BoardClock>
          <PageSection title={t('board.queues')}>
            <QueueBoard operators={operators} />
          </PageSection>
          <PageSection title={t('board.operators')}>
            <OperatorBoard operators={operators} />
          </PageSection>
        </BoardClock>
      </div>
    </div>
  );
}
