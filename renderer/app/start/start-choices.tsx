import { UnstyledButton } from '@mantine/core';
import { FileInput, LayoutTemplate, ListTree, Plus } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useStores } from '../../store/react.tsx';
import { useFlowListCommands } from '../designer/use-flow-list-commands.ts';
import classes from './start.module.css';

/** What a project without any flow offers: four ways to begin. */
export function StartChoices() {
  const { t } = useTranslation();
  const { ui } = useStores();
  const { create } = useFlowListCommands();
  const choices = [
    { id: 'empty', Icon: Plus, go: create },
    { id: 'samples', Icon: LayoutTemplate, go: () => ui.setState({ newFlow: 'samples' }) },
    { id: 'text', Icon: ListTree, go: () => ui.setState({ newFlow: 'text' }) },
    { id: 'import', Icon: FileInput, go: () => ui.setState({ newFlow: 'import' }) },
  ] as const;
  return (
    <div className={classes.start}>
      <h1 className={classes.startTitle}>{t('flow.none')}</h1>
      <p className={classes.hint}>{t('flow.noneHint')}</p>
      <div className={classes.choices}>
        {choices.map(({ id, Icon, go }) => (
          <UnstyledButton key={id} className={classes.choice} onClick={go}>
            <Icon size={20} aria-hidden />
            <span className={classes.heading}>{t(`start.choice.${id}.title`)}</span>
            <span className={classes.about}>{t(`start.choice.${id}.text`)}</span>
          </UnstyledButton>
        ))}
      </div>
    </div>
  );
}
