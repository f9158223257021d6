import { Button, Textarea, TextInput } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { flowFromOutline } from '../../../shared/import/outline/flow-from-outline.ts';
import { type OutlineMenu, parseOutline } from '../../../shared/import/outline/parse-outline.ts';
import { freeNameAmong } from '../../store/flow-list-edits.ts';
import { SeverityIcon } from '../../ui/severity-icon.tsx';
import { ImportNotes } from './import-notes.tsx';
import classes from './start.module.css';
import { useNewFlow } from './use-new-flow.ts';

/** An indented text becomes a flow; what it means is shown while it is written. */
export function FromText() {
  const { t, i18n } = useTranslation();
  const { startName, newId, take, document } = useNewFlow();
  const [name, setName] = useState(() => freeNameAmong(document().flows, t('flow.newName')));
  const [text, setText] = useState('');
  // Which params a sentence has is the core's to say.
  const say = t as (key: string, params: object) => string;
  const language = i18n.language === 'pl' ? 'pl' : 'en';
  const { menu } = useMemo(() => parseOutline(text), [text]);
  const { problems, imported } = useMemo(
    () => flowFromOutline(document(), text, { name, startName, newId, language }),
    [document, text, name, startName, newId, language],
  );
  const isEmpty = text.trim() === '';
  return (
    <>
      <div className={classes.columns}>
        <div className={classes.column}>
          <TextInput
            label={t('start.text.name')}
            maxLength={90}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <Textarea
            label={t('start.text.label')}
            placeholder={t('start.text.example')}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
            rows={16}
            spellCheck={false}
            classNames={{ input: classes.outline ?? '' }}
            data-own-undo
          />
        </div>
        <section className={classes.column} aria-label={t('start.text.preview')}>
          <h3 className={classes.heading}>{t('start.text.preview')}</h3>
          {isEmpty ? <p className={classes.hint}>{t('start.text.help')}</p> : null}
          {problems.length > 0 ? (
            <div role="alert">
              <ul className={classes.notes}>
                {problems.map(({ line, code, params }) => (
                  <li key={`${line} ${code}`} className={classes.note}>
                    <SeverityIcon severity="error" />
                    <span>
                      {t('start.text.line', { line })} {say(`start.text.problem.${code}`, params)}
                    </span>
                  </li>
                ))}
              </ul>
            </div>
          ) : null}
          {isEmpty ? null : <MenuTree menu={menu} />}
          {imported && !isEmpty ? <ImportNotes notes={imported.notes} /> : null}
        </section>
      </div>
      <div className={classes.actions}>
        <Button
          disabled={isEmpty || imported === null || name.trim() === ''}
          onClick={() => imported && take(imported)}
        >
          {t('start.text.make')}
        </Button>
      </div>
    </>
  );
}

/** What was understood: the text, then each key with where it leads. */
function MenuTree({ menu }: { menu: OutlineMenu }) {
  const { t } = useTranslation();
  return (
    <>
      {menu.text === '' ? null : <p className={classes.said}>{menu.text}</p>}
      <ul className={classes.tree}>
        {menu.entries.map(({ on, label, target, text, menu: below, line }) => (
          <li key={line}>
            {on === 'no-input' || on === 'invalid' ? (
              <span className={classes.outcome}>{t(`output.${on}`)}</span>
            ) : (
              <kbd className={classes.key}>{on}</kbd>
            )}{' '}
            <span>{on === 'no-input' || on === 'invalid' ? '' : label}</span>
            {target === null ? null : <span className={classes.target}> → {target}</span>}
            {text === '' ? null : <p className={classes.said}>{text}</p>}
            {below ? <MenuTree menu={below} /> : null}
          </li>
        ))}
      </ul>
    </>
  );
}
