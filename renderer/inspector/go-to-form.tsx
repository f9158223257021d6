import { Anchor, Select } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useProject, useStores } from '../store/react.tsx';
import { Section } from './fields.tsx';
import type { FormProps } from './form-props.ts';
import { useFieldProblem } from './use-problem-text.ts';

const KINDS = ['node', 'back', 'repeat'] as const;
/** How many nodes an open list shows; typing narrows them down. */
const MOST_SHOWN = 100;

/** Where the call goes on: a node of this flow, or a menu that the caller has been in (S10, S12). */
export function GoToForm({ flowId, nodeId, node, change }: FormProps<'go-to'>) {
  const { t } = useTranslation();
  const { ui } = useStores();
  const flow = useProject((project) => project.flows[flowId]);
  const problem = useFieldProblem(flowId, nodeId, 'flow/no-target');
  const [opened, setOpened] = useState(false);
  const { target } = node.data;
  const chosen = target.kind === 'node' ? target.nodeId : undefined;
  // A closed list holds what it shows, and no more: large flows have thousands of nodes.
  const nodes = Object.entries(flow?.nodes ?? {})
    .filter(([id, { type }]) => (opened ? id !== nodeId && type !== 'start' : id === chosen))
    .map(([value, other]) => ({ value, label: other.name || t(`node.${other.type}.name`) }));
  return (
    <Section title={t('goTo.title')} hint={t('goTo.hint')}>
      <Select
        label={t('goTo.kind')}
        data={KINDS.map((value) => ({ value, label: t(`goTo.kinds.${value}`) }))}
        value={target.kind}
        allowDeselect={false}
        onChange={(kind) => kind && change({ target: { kind } })}
      />
      {target.kind === 'node' ? (
        <Select
          label={t('goTo.node')}
          placeholder={t('goTo.choose')}
          data={nodes}
          value={chosen ?? null}
          allowDeselect={false}
          searchable
          limit={MOST_SHOWN}
          error={problem}
          onDropdownOpen={() => setOpened(true)}
          onDropdownClose={() => setOpened(false)}
          onChange={(id) => id !== null && change({ target: { kind: 'node', nodeId: id } })}
        />
      ) : null}
      {chosen !== undefined && flow?.nodes[chosen] !== undefined ? (
        <Anchor component="button" type="button" size="sm" ta="left" onClick={() => ui.revealNode(flowId, chosen)}>
          {t('goTo.show')}
        </Anchor>
      ) : null}
    </Section>
  );
}
