import { ActionIcon, TextInput, Tooltip } from '@mantine/core';
import { Copy, Trash2 } from 'lucide-react';
import { type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { DiagnosticCode } from '../../shared/engine/lower/index.ts';
import type { FlowNode } from '../../shared/flow/catalogue.ts';
import type { FlowId, NodeId } from '../../shared/flow/ids.ts';
import type { Problem } from '../store/problems-store.ts';
import { useRemote, useStores, useUi } from '../store/react.tsx';
import { nodeOf } from '../store/remote-store.ts';
import { ConflictItem } from '../sync/conflict-item.tsx';
import syncClasses from '../sync/sync.module.css';
import { KindTile } from '../ui/nodes/node-looks.tsx';
import { useProblemText } from '../ui/nodes/problem-text.ts';
import { SeverityIcon } from '../ui/severity-icon.tsx';
import { Section } from './fields.tsx';
import type { FormProps } from './form-props.ts';
import { FORMS } from './forms.tsx';
import classes from './inspector.module.css';
import { OutputsSection } from './outputs-section.tsx';
import { useNodeEdits } from './use-node-edits.ts';
import { useNodeProblems } from './use-problem-text.ts';

interface NodeInspectorProps {
  readonly flowId: FlowId;
  readonly nodeId: NodeId;
  readonly node: FlowNode;
  readonly onDuplicate: () => void;
  readonly onRemove: () => void;
}

/** Name, problems, settings and outputs of the selected node. */
export function NodeInspector({ flowId, nodeId, node, onDuplicate, onRemove }: NodeInspectorProps) {
  const { t } = useTranslation();
  const { ui } = useStores();
  const edits = useNodeEdits(flowId, nodeId);
  const nameRef = useRef<HTMLInputElement>(null);
  const focusSeq = useUi((state) => state.focusInspectorSeq);
  const focused = useRef(ui.getState().focusInspectorSeq);
  // Each form takes the settings of its own type; which one it is, the catalogue and this table agree on.
  const Form = FORMS[node.type] as (props: FormProps) => ReactNode;
  const kind = t(`node.${node.type}.name`);

  useEffect(() => {
    if (focusSeq === focused.current) return;
    focused.current = focusSeq;
    nameRef.current?.focus();
    nameRef.current?.select();
  }, [focusSeq]);

  return (
    <>
      <div className={classes.head}>
        <KindTile type={node.type} size={28} />
        <div className={classes.headText}>
          <h2 className={classes.title}>{kind}</h2>
        </div>
        {node.type === 'start' ? null : (
          <>
            <Tooltip label={`${t('inspector.duplicate')} (Ctrl D)`}>
              <ActionIcon aria-label={t('inspector.duplicate')} onClick={onDuplicate}>
                <Copy size={16} />
              </ActionIcon>
            </Tooltip>
            <Tooltip label={`${t('inspector.remove')} (Del)`}>
              <ActionIcon aria-label={t('inspector.remove')} onClick={onRemove}>
                <Trash2 size={16} />
              </ActionIcon>
            </Tooltip>
          </>
        )}
      </div>
      <div className={classes.scroll}>
        <NodeConflicts flowId={flowId} nodeId={nodeId} />
        <NodeProblems flowId={flowId} nodeId={nodeId} />
        <TextInput
          ref={nameRef}
          label={t('inspector.name')}
          description={node.type === 'start' ? t('node.start.hint') : undefined}
          placeholder={kind}
          value={node.name}
          maxLength={100}
          mb="md"
          onChange={(event) => edits.rename(event.currentTarget.value)}
        />
        <Form flowId={flowId} nodeId={nodeId} node={node} change={edits.change} />
        {node.type === 'menu' ? null : <OutputsSection flowId={flowId} nodeId={nodeId} node={node} />}
        <NodeHints flowId={flowId} nodeId={nodeId} />
      </div>
    </>
  );
}

/** Problems that the forms show at the field that they are about, of the node types that have such a field. */
const AT_FIELD: readonly string[] = [
  'flow/open-output',
  'flow/no-people',
  'flow/no-queue',
  'flow/no-schedule',
  'flow/no-address',
  'flow/bad-address',
  'flow/no-weight',
  'flow/no-sub-flow',
  'flow/no-target',
  'flow/no-number',
] satisfies readonly DiagnosticCode[];

function isAtField({ code, params, output }: Problem): boolean {
  if (code === 'flow/no-variable') return output === null;
  return AT_FIELD.includes(code) || (code === 'flow/empty-prompt' && params.field === 'prompt');
}

/** What was changed in this node here and remotely: chosen where it is seen. */
function NodeConflicts({ flowId, nodeId }: { flowId: FlowId; nodeId: NodeId }) {
  const { t } = useTranslation();
  const all = useRemote((state) => state.conflicts);
  const conflicts = all.filter((conflict) => {
    const node = nodeOf(conflict);
    return node?.flowId === flowId && node.nodeId === nodeId;
  });
  if (conflicts.length === 0) return null;
  return (
    <section className={classes.section} aria-label={t('remote.onNode', { count: conflicts.length })}>
      <ul className={syncClasses.conflicts}>
        {conflicts.map((conflict) => (
          <ConflictItem key={conflict.id} conflict={conflict} />
        ))}
      </ul>
    </section>
  );
}

function NodeProblems({ flowId, nodeId }: { flowId: FlowId; nodeId: NodeId }) {
  const problems = useNodeProblems(flowId, nodeId).filter(
    (problem) => problem.severity !== 'info' && !isAtField(problem),
  );
  return problems.length === 0 ? null : <ProblemList problems={problems} />;
}

/** What is good to know, below the form: it comes and goes while one types, and must not push fields about. */
function NodeHints({ flowId, nodeId }: { flowId: FlowId; nodeId: NodeId }) {
  const { t } = useTranslation();
  const hints = useNodeProblems(flowId, nodeId).filter((problem) => problem.severity === 'info' && !isAtField(problem));
  if (hints.length === 0) return null;
  return (
    <Section title={t('inspector.hints', { count: hints.length })}>
      <ProblemList problems={hints} />
    </Section>
  );
}

function ProblemList({ problems }: { problems: readonly Problem[] }) {
  const text = useProblemText();
  return (
    <ul className={classes.problems}>
      {problems.map((problem) => (
        <li key={`${problem.code} ${text(problem)}`} className={classes.problem} data-severity={problem.severity}>
          <SeverityIcon severity={problem.severity} />
          <span>{text(problem)}</span>
        </li>
      ))}
    </ul>
  );
}
