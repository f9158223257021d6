import { useTranslation } from 'react-i18next';
import { type FlowNode, outputsOf } from '../../shared/flow/catalogue.ts';
import type { FlowId, NodeId } from '../../shared/flow/ids.ts';
import { Section } from './fields.tsx';
import classes from './inspector.module.css';
import { TargetSelect } from './target-select.tsx';

interface OutputsSectionProps {
  readonly flowId: FlowId;
  readonly nodeId: NodeId;
  readonly node: FlowNode;
}

/** Where each output of a node leads. Keys of a menu are in its own form, beside the key pad. */
export function OutputsSection({ flowId, nodeId, node }: OutputsSectionProps) {
  const { t } = useTranslation();
  const outputs = outputsOf(node).filter((output) => output.kind !== 'key');
  if (outputs.length === 0) return null;
  const hasOptional = outputs.some((output) => output.need === 'optional');
  return (
    <Section title={t('inspector.outputs')} {...(hasOptional ? { hint: t('inspector.optionalHint') } : {})}>
      <div className={classes.targets}>
        {outputs.map((output) => (
          <TargetSelect key={output.id} flowId={flowId} nodeId={nodeId} node={node} output={output} />
        ))}
      </div>
    </Section>
  );
}
