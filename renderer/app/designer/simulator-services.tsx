import { Select, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { NodeId } from '../../../shared/flow/ids.ts';
import type { Project } from '../../../shared/flow/project.ts';
import { NumberField, SecondsField, Section } from '../../inspector/fields.tsx';
import { GROWING } from '../../inspector/growing.ts';
import { useProject } from '../../store/react.tsx';
import type { SimulatorExceptions } from '../../store/simulator-world.ts';
import classes from './designer.module.css';
import { useException } from './simulator-world.tsx';

const RESULTS = ['response', 'timeout', 'network-error'] as const;
type Answer = SimulatorExceptions['requests'][string];

/** What web services answer in simulated calls: nothing is sent to the real ones. */
export function SimulatedServices() {
  const { t } = useTranslation();
  const flows = useProject((project) => project.flows);
  const nodes = requestNodes(flows);
  return (
    <Section title={t('simulator.world.services')} hint={t('simulator.world.servicesHint')}>
      {nodes.map(({ nodeId, name, flowName }) => (
        <ServiceRow key={nodeId} nodeId={nodeId} name={`${flowName} › ${name || t('node.request.name')}`} />
      ))}
      {nodes.length === 0 ? <p className={classes.calm}>{t('simulator.world.noServices')}</p> : null}
    </Section>
  );
}

function requestNodes(flows: Project['flows']) {
  return Object.values(flows).flatMap((flow) =>
    Object.entries(flow.nodes).flatMap(([nodeId, { type, name }]) =>
      type === 'request' ? [{ nodeId, name, flowName: flow.name }] : [],
    ),
  );
}

function ServiceRow({ nodeId, name }: { readonly nodeId: NodeId; readonly name: string }) {
  const { t } = useTranslation();
  const [answer, set] = useException('requests', nodeId);
  const result = answer?.result;
  return (
    <div className={classes.worldRow}>
      <Select
        size="xs"
        label={name}
        data={[
          { value: '', label: t('simulator.world.emptyAnswer') },
          ...RESULTS.map((value) => ({ value, label: t(`simulator.world.result.${value}`) })),
        ]}
        value={result?.kind ?? ''}
        allowDeselect={false}
        onChange={(kind) => set(answerOf(kind))}
      />
      {answer && result?.kind === 'response' ? (
        <>
          <NumberField
            label={t('simulator.world.status')}
            value={result.status}
            min={100}
            max={599}
            onChange={(status = 200) => set({ ...answer, result: { ...result, status } })}
          />
          <SecondsField
            label={t('simulator.world.after')}
            valueMs={answer.afterMs}
            minMs={0}
            maxMs={60_000}
            onChangeMs={(afterMs) => set({ ...answer, afterMs })}
          />
          <BodyField body={result.body} onChange={(body) => set({ ...answer, result: { ...result, body } })} />
        </>
      ) : null}
    </div>
  );
}

function answerOf(kind: string | null): Answer | undefined {
  switch (kind) {
    case 'response':
      return { result: { kind, status: 200, body: {} }, afterMs: 300 };
    case 'timeout':
      return { result: { kind } };
    case 'network-error':
      return { result: { kind, reason: 'mocked' } };
    default:
      return undefined;
  }
}

type Json = Extract<Answer['result'], { kind: 'response' }>['body'];

/** JSON as text, as it was typed; what is none is marked and stays out of the simulation. */
function BodyField({ body, onChange }: { readonly body: Json; readonly onChange: (body: Json) => void }) {
  const { t } = useTranslation();
  const [text, setText] = useState(() => JSON.stringify(body, null, 2));
  return (
    <Textarea
      className={classes.worldWide ?? ''}
      size="xs"
      label={t('simulator.world.body')}
      rows={3}
      spellCheck={false}
      classNames={GROWING}
      value={text}
      error={parsed(text) === undefined ? t('simulator.world.notJson') : undefined}
      onChange={(event) => {
        const typed = event.currentTarget.value;
        setText(typed);
        const json = parsed(typed);
        if (json !== undefined) onChange(json);
      }}
    />
  );
}

function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}
