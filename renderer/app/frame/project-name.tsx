import { useTranslation } from 'react-i18next';
import { useProject, useStores } from '../../store/react.tsx';
import { useDraft } from '../../ui/use-draft.ts';
import classes from './frame.module.css';

/** The project's name, renamed in place. An empty one is not taken. */
export function ProjectName() {
  const { t } = useTranslation();
  const { project } = useStores();
  const name = useProject((document) => document.name);
  const draft = useDraft(name, {
    isValid: (text) => text.trim() !== '' && text.length <= 100,
    commit: (text) =>
      project.edit(
        (document) => {
          document.name = text;
        },
        { coalesce: 'project-name' },
      ),
  });
  return (
    <input
      className={classes.projectName}
      aria-label={t('header.renameProject')}
      aria-invalid={!draft.valid}
      value={draft.text}
      maxLength={100}
      onChange={(event) => draft.change(event.currentTarget.value)}
      onBlur={draft.settle}
      onKeyDown={(event) => {
        if (event.key === 'Enter' || event.key === 'Escape') event.currentTarget.blur();
      }}
    />
  );
}
