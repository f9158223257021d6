import { Button, Checkbox, Group, Modal, ScrollArea, Stack, Text, TextInput, UnstyledButton } from '@mantine/core';
import { useDeferredValue, useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useProject, useShownFlow, useStores } from '../../store/react.tsx';
import { findTexts, replacedText, replaceTexts, type TextHit } from '../../store/text-search.ts';
import { notify } from '../../ui/notify.ts';
import classes from './search.module.css';

/** So many places are listed; what is not listed is replaced as well, as long as all are chosen. */
const MOST_SHOWN = 200;

/** Finds words in everything callers hear, across the project, shows what they would become, and replaces them. */
export function ReplaceDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const { project: store, ui } = useStores();
  const project = useProject((all) => all);
  const openFlow = useShownFlow();
  const [find, setFind] = useState('');
  const [replacement, setReplacement] = useState('');
  const [matchCase, setMatchCase] = useState(false);
  const [wholeWords, setWholeWords] = useState(false);
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const query = useDeferredValue(find);
  const hits = useMemo(
    () => findTexts(project, { find: query, matchCase, wholeWords }),
    [project, query, matchCase, wholeWords],
  );
  const chosen = hits.filter(({ id }) => !left.has(id));

  // The canvas shows where they are.
  useEffect(() => {
    const nodes = hits.flatMap(({ place }) => (place.kind === 'node' && place.flowId === openFlow ? place.nodeId : []));
    ui.setState({ foundNodes: nodes });
    return () => ui.setState({ foundNodes: [] });
  }, [hits, openFlow, ui]);

  function nameOf({ place }: TextHit): string {
    if (place.kind === 'prompt') {
      return `${t('search.prompt')}: ${project.prompts[place.promptId]?.name ?? ''} (${place.language})`;
    }
    if (place.kind === 'queue') {
      return `${t('node.queue.name')}: ${project.queues[place.queueId]?.name ?? ''} (${t(`fields.${place.member}`)})`;
    }
    const flow = project.flows[place.flowId];
    const node = flow?.nodes[place.nodeId];
    return `${flow?.name ?? ''} › ${node ? node.name || t(`node.${node.type}.name`) : ''}`;
  }

  function replace(): void {
    store.edit((draft) => replaceTexts(draft, chosen, replacement));
    notify({ message: t('search.replaced', { count: chosen.length }) });
    onClose();
  }

  return (
    // Put together by hand: the ready-made one has a header that is a landmark of the page.
    <Modal.Root opened onClose={onClose} size="lg">
      <Modal.Overlay />
      <Modal.Content aria-label={t('search.replaceTitle')}>
        <Modal.Body>
          <h2 className={classes.title}>{t('search.replaceTitle')}</h2>
          <Stack gap="sm" data-own-undo>
            <Group grow align="end">
              <TextInput
                data-autofocus
                label={t('search.find')}
                value={find}
                onChange={(event) => setFind(event.currentTarget.value)}
              />
              <TextInput
                label={t('search.replaceBy')}
                value={replacement}
                onChange={(event) => setReplacement(event.currentTarget.value)}
              />
            </Group>
            <Group>
              <Checkbox
                label={t('search.matchCase')}
                checked={matchCase}
                onChange={(event) => setMatchCase(event.currentTarget.checked)}
              />
              <Checkbox
                label={t('search.wholeWords')}
                checked={wholeWords}
                onChange={(event) => setWholeWords(event.currentTarget.checked)}
              />
            </Group>
            <Text size="sm" role="status">
              {query === '' ? t('search.replaceHint') : t('search.places', { count: hits.length })}
            </Text>
            <ScrollArea.Autosize mah={320}>
              <ul className={classes.hits}>
                {hits.slice(0, MOST_SHOWN).map((hit) => (
                  <li key={hit.id} className={classes.hit}>
                    <Checkbox
                      aria-label={t('search.replaceHere', { place: nameOf(hit) })}
                      checked={!left.has(hit.id)}
                      onChange={(event) => setLeft(toggled(left, hit.id, !event.currentTarget.checked))}
                    />
                    <div className={classes.hitTexts}>
                      <PlaceName hit={hit} name={nameOf(hit)} onClose={onClose} />
                      <del className={classes.before}>{hit.text}</del>
                      <ins className={classes.after}>{replacedText(hit, replacement)}</ins>
                    </div>
                  </li>
                ))}
              </ul>
            </ScrollArea.Autosize>
            <Group justify="end">
              <Button variant="default" onClick={onClose}>
                {t('search.cancel')}
              </Button>
              <Button disabled={chosen.length === 0} onClick={replace}>
                {t('search.replace', { count: chosen.length })}
              </Button>
            </Group>
          </Stack>
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}

/** Goes to the node, or to the queues, when clicked. */
function PlaceName({ hit: { place }, name, onClose }: { hit: TextHit; name: string; onClose: () => void }) {
  const { ui } = useStores();
  if (place.kind === 'prompt') return <span className={classes.place}>{name}</span>;
  return (
    <UnstyledButton
      className={classes.place}
      onClick={() => {
        if (place.kind === 'queue') ui.setState({ page: 'team' });
        else ui.revealNode(place.flowId, place.nodeId);
        onClose();
      }}
    >
      {name}
    </UnstyledButton>
  );
}

function toggled(set: ReadonlySet<string>, id: string, on: boolean): ReadonlySet<string> {
  const next = new Set(set);
  if (on) next.add(id);
  else next.delete(id);
  return next;
}
