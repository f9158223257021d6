import { ActionIcon, Anchor, Button, Select, Switch, Tooltip } from '@mantine/core';
import { Plus, Trash2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { NumberId } from '../../../shared/flow/ids.ts';
import { NumberSchema, type PhoneNumber } from '../../../shared/flow/project.ts';
import { emptyFlow, freeNameAmong } from '../../store/flow-list-edits.ts';
import { newId } from '../../store/new-id.ts';
import { useProject, useStores } from '../../store/react.tsx';
import { addNumber, removeNumber } from '../../store/team-edits.ts';
import { DraftInput } from '../../ui/draft-input.tsx';
import { HandlingSelect } from './handling-select.tsx';
import classes from './page.module.css';
import { Page, PageSection } from './page.tsx';

/** Of the choice that makes a flow; ids have no colon. */
const NEW_FLOW = ':new';

/** The numbers that callers dial, and what happens to their calls (S1). */
export function NumbersPage() {
  const { t } = useTranslation();
  const { project } = useStores();
  const numbers = useProject((document) => document.numbers);
  const add = (
    <Button
      leftSection={<Plus size={14} aria-hidden />}
      onClick={() => project.replace(addNumber(project.state.getState().project))}
    >
      {t('numbers.add')}
    </Button>
  );
  const entries = Object.entries(numbers);
  return (
    <Page title={t('numbers.title')} hint={t('numbers.hint')}>
      <PageSection title={t('numbers.list', { count: entries.length })} action={add}>
        {entries.length === 0 ? <p className={classes.empty}>{t('numbers.none')}</p> : null}
        <div className={classes.list}>
          {entries.map(([id, number]) => (
            <NumberItem key={id} id={id} number={number} />
          ))}
        </div>
      </PageSection>
    </Page>
  );
}

function NumberItem({ id, number }: { id: NumberId; number: PhoneNumber }) {
  const { t } = useTranslation();
  const { project, ui } = useStores();
  const flows = useProject((document) => document.flows);
  const numbers = useProject((document) => document.numbers);

  function change(patch: Partial<PhoneNumber>, typing?: string): void {
    project.edit(
      (document) => {
        document.numbers[id] = { ...number, ...patch };
      },
      typing === undefined ? {} : { coalesce: `number:${id}:${typing}` },
    );
  }

  /** An empty flow for this number's callers, and the number leads into it: one undo step. */
  function leadIntoNewFlow(): void {
    const flowId = newId('f');
    project.edit((document) => {
      const name = number.name === '' ? t('flow.newName') : number.name;
      document.flows[flowId] = emptyFlow(freeNameAmong(document.flows, name), t('node.start.name'));
      document.numbers[id] = { ...number, useVoiceMenu: true, flowId };
    });
  }

  function checkNumber(text: string): string | undefined {
    if (!NumberSchema.shape.number.safeParse(text).success) return t('numbers.badNumber');
    const twin = Object.entries(numbers).some(([other, { number: taken }]) => other !== id && taken === text);
    return twin ? t('numbers.taken') : undefined;
  }

  const flowOptions = Object.entries(flows).map(([value, flow]) => ({ value, label: flow.name }));
  const firstFlow = flowOptions[0]?.value;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a <fieldset> would need a visible legend
    <div className={classes.item} role="group" aria-label={number.number}>
      <div className={classes.narrow}>
        <DraftInput
          label={t('numbers.number')}
          value={number.number}
          check={checkNumber}
          commit={(text) => change({ number: text }, 'number')}
        />
      </div>
      <DraftInput
        label={t('numbers.name')}
        placeholder={t('numbers.namePlaceholder')}
        value={number.name}
        check={(text) => (text.length > 100 ? t('field.tooLong', { max: 100 }) : undefined)}
        commit={(text) => change({ name: text }, 'name')}
      />
      <div className={classes.pair}>
        <Switch
          label={t('numbers.useVoiceMenu')}
          checked={number.useVoiceMenu}
          onChange={(event) => {
            const useVoiceMenu = event.currentTarget.checked;
            const flowId = number.flowId ?? firstFlow;
            if (useVoiceMenu && flowId === undefined) leadIntoNewFlow();
            else change({ useVoiceMenu, ...(useVoiceMenu && flowId !== undefined ? { flowId } : {}) });
          }}
        />
        <Select
          aria-label={t('numbers.flow')}
          data={[...flowOptions, { value: NEW_FLOW, label: t('numbers.newFlow') }]}
          value={number.flowId ?? null}
          disabled={!number.useVoiceMenu}
          placeholder={t('numbers.noFlow')}
          allowDeselect={false}
          onChange={(flowId) => {
            if (flowId === NEW_FLOW) leadIntoNewFlow();
            else if (flowId !== null) change({ flowId });
          }}
        />
        {number.useVoiceMenu && number.flowId !== undefined && flows[number.flowId] ? (
          <Anchor
            component="button"
            type="button"
            size="xs"
            ta="left"
            onClick={() => number.flowId !== undefined && ui.openFlow(number.flowId)}
          >
            {t('numbers.openFlow')}
          </Anchor>
        ) : null}
      </div>
      <HandlingSelect
        label={t(number.useVoiceMenu ? 'numbers.afterMenu' : 'numbers.handling')}
        value={number.defaultHandling}
        onChange={(defaultHandling) => change({ defaultHandling })}
      />
      <Tooltip label={t('numbers.remove')}>
        <ActionIcon
          className={classes.end ?? ''}
          aria-label={t('numbers.removeNumber', { number: number.number })}
          onClick={() => project.replace(removeNumber(project.state.getState().project, id))}
        >
          <Trash2 size={16} />
        </ActionIcon>
      </Tooltip>
    </div>
  );
}
